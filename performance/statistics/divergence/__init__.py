"""Where process and outcome part: trusts that hit the target and miss the outcome."""
