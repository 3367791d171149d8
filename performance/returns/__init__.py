"""What trusts send: read, check, store; the life cycle of a return."""
