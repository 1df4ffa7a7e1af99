"""Five briefs from one dossier, each answering the questions of those who read it."""
