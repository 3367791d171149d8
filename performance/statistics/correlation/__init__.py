"""How closely two figures of the same trusts go together, and how surely that can be told."""
