"""The demo company's complete business case, as values; every figure is invented."""
