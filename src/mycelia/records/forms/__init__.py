"""What can be asked and entered about the records."""
