"""What each page and the brief shows: frozen dataclasses, the whole context of their templates."""
