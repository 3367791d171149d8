"""Pages about what trusts send: what is due, what was sent, and what became of it."""
