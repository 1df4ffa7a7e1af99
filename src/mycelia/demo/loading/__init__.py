"""Stores the invented company."""
