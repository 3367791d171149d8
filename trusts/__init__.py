"""Who is measured: organisations and their history; people and what they may do."""
