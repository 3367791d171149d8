"""Texts that a spreadsheet would take for formulas: made safe as they leave, and as they were meant again
when they come back."""

from typing import Any

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
MADE_SAFE = tuple(f"'{sign}" for sign in ("'", *BEGINS_A_FORMULA))
NEEDS_ONE = (*BEGINS_A_FORMULA, *MADE_SAFE)


def safe(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front, which the spreadsheet
    takes as 'this is text'; so does one that has such an apostrophe of its own, so that taking one off again
    always gives what was there. Numbers stay numbers, also below zero."""
    return f"'{value}" if isinstance(value, str) and value.startswith(NEEDS_ONE) else value


def as_meant(text: str) -> str:
    """Without that apostrophe."""
    return text[1:] if text.startswith(MADE_SAFE) else text
