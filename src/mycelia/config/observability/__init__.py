"""What an operator sees of a running installation: logs, measures, health and the doctor's findings."""
