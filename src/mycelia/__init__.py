"""Mycelia: the corporate learning ecosystem that proves its own worth."""

__version__ = "0.1.0"
