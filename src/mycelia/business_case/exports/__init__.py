"""What a stakeholder takes away: workbook, slides, briefs and tables, all made from one `Dossier`."""
