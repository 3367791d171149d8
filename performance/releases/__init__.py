"""Publish and verify; and the queries that read one release."""
