"""What is measured and what came of it: returns, measures, calculation, releases, pages."""
