"""Django's PostgreSQL backend, starting the embedded cluster when it is first needed or has died."""
