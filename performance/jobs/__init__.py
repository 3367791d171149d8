"""Background runs of whatever kind: taking one, saying how it goes, looking after the lost."""
