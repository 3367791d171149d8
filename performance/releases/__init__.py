"""Publish, withdraw, verify; and the queries that read one release."""
