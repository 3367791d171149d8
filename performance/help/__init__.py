"""What pages explain: how figures are worked out, and what the words of the field mean."""
