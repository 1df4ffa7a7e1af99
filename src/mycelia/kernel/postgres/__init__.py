"""The embedded PostgreSQL: found, made, started on demand, shared by every process, stopped when unused."""
