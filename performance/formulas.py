"""Texts that a spreadsheet would take for formulas: made safe as they leave, and as they were meant again
when they come back."""

from typing import Any

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
MADE_SAFE = tuple(f"'{sign}" for sign in BEGINS_A_FORMULA)


def safe(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front, which the spreadsheet
    takes as 'this is text'. Numbers stay numbers, also below zero."""
    return f"'{value}" if isinstance(value, str) and value.startswith(BEGINS_A_FORMULA) else value


def as_meant(text: str) -> str:
    """Without that apostrophe."""
    return text[1:] if text.startswith(MADE_SAFE) else text
