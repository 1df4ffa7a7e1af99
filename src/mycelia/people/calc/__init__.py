"""Reading people files and planning what they change; pure, without database or clock."""
