"""Refusing what a person may not do."""


class NotAllowed(Exception):
    """The action may not be done. Its text says why, for the person who tried."""
