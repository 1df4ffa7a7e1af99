"""Answers about the records."""
