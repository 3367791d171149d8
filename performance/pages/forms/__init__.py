"""Forms of pages: what is asked for, and what is said where the answer can't be used."""
