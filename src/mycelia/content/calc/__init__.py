"""Rules about course texts, free of Django and the database."""
