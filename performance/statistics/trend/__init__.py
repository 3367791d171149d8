"""Trends over years: whether a series rises or falls, and by how much."""
