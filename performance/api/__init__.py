"""The queries of the pages, for programs."""
