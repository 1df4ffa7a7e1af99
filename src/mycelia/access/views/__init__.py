"""Answers about access."""
