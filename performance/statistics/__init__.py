"""Pure functions over arrays and data frames. Imports no Django."""
