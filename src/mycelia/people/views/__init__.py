"""Answers to requests about people."""
