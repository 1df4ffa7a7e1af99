"""Writing to the record store."""
