"""The whole context of each page of people."""
