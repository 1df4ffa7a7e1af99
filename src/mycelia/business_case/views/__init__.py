"""Edges of the business case: parse, call `api`, render one page."""
