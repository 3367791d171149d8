"""Case extracts: from dated case events to the numerators and denominators of a return."""
