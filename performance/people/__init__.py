"""The people who use the dashboard: who invites them, and how they come to a password."""
