"""Every write of learning."""
