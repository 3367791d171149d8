"""What others have published: tidy tables with a source for each row, their checks, their loader."""
