"""Pure rules of statements: validation, comparison, extraction of what is indexed."""
