"""What is measured: definitions as content files, their schema, their loader."""
