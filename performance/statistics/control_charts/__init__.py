"""Control charts: which changes in time are more than the usual ups and downs."""
