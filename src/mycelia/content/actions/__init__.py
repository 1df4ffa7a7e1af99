"""Every write of content that does not go through the studio."""
