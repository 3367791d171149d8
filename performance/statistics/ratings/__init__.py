"""Ratings: from measures by domains to a band, and how far that band can be trusted."""
