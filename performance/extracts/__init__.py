"""Case extracts: from the dated events of cases to the numerators and denominators of measures."""
