"""What cells of numbers hold, by whole columns: only cells that are no plain number are looked into."""

import math
import re
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from performance.returns.layouts.cells import WHY_NONE, Refused, different
from performance.vocabulary import Status
from performance.wording import listed

Numbers = npt.NDArray[np.float64]

# Far above any count of people; every whole number up to it is exact as a float.
LARGEST_COUNT = 10**15

PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
NOT_IN_A_NUMBER = re.compile(r"[^0-9.eE+-]")
THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", re.ASCII)
# What people write where there is no number, and what a workbook writes where a formula has none.
NO_NUMBER = re.compile(r"n/?a|\.+|-+|\*+|x|:|z|none|null|nan|#[a-z0-9/!?]+|missing|suppressed|not.applicable")
NOT_THERE = f"leave the cell empty and say why in status: {WHY_NONE}"
# What people put around and into a number, and what to put instead.
MARKS = (
    ("\N{MINUS SIGN}", "-", "with a hyphen for the minus"),
    ("%", "", "without a percent sign"),
    ("£", "", "without a pound sign"),
    (r"\s", "", "without spaces"),
)
A_NUMBER = "write a number such as 45 or 12.5"
# As long as a number that is meant may be.
LONGEST = 40


def read_numbers(texts: Sequence[str]) -> tuple[Numbers, list[Refused]]:
    """NaN where a cell is empty or no finite number."""
    values = _all_plain(texts)
    if values is None:
        unique, codes = different(texts)
        values = np.array([_plain(text) for text in unique])[codes]
    refused = np.flatnonzero(_are_filled(texts) & ~np.isfinite(values))
    values[refused] = np.nan
    return values, [Refused("not-a-number", refused, _advice)] if refused.size else []


def read_counts(texts: Sequence[str]) -> tuple[Numbers, list[Refused]]:
    """NaN where a cell is empty or no whole number that can be a count; 45.0 is whole."""
    values, refused = read_numbers(texts)
    for code, wrong, advice in (
        ("not-whole", values != np.rint(values), "write a whole number, as it is a count"),
        ("too-large", np.abs(values) > LARGEST_COUNT, f"write a count of at most {LARGEST_COUNT:,}"),
    ):
        places = np.flatnonzero(wrong & ~np.isnan(values))
        if places.size:
            values[places] = np.nan
            refused.append(Refused(code, places, _always(advice)))
    return values, refused


def _always(advice: str) -> Callable[[str], str]:
    return lambda text: advice


def _are_filled(texts: Sequence[str]) -> npt.NDArray[np.bool_]:
    return np.fromiter(map(bool, texts), np.bool_, len(texts))


def _all_plain(texts: Sequence[str]) -> Numbers | None:
    """None where a text isn't plain. Python reads more than people write: 1_000, nan, other digits."""
    if NOT_IN_A_NUMBER.search("".join(texts)):
        return None
    try:
        return np.array([float(text) if text else math.nan for text in texts])
    except ValueError:
        return None


def _plain(text: str) -> float:
    return float(text) if PLAIN.fullmatch(text) else math.nan


def _advice(text: str) -> str:
    text = text.casefold()
    if len(text) > LONGEST:
        return A_NUMBER
    if text in ("nil", "nil return"):
        return f"write 0, or leave the cell empty and write {Status.NIL} in status"
    return NOT_THERE if NO_NUMBER.fullmatch(text) else _mended(text)


def _mended(text: str) -> str:
    how = []
    for mark, instead, words in MARKS:
        text, times = re.subn(mark, instead, text)
        how += [words] if times else []
    if THOUSANDS.fullmatch(text):
        text, how = text.replace(",", ""), ["without a comma", *how]
    elif text.count(",") == 1 and "." not in text:
        text, how = text.replace(",", "."), ["with a point", *how]
    return f"write {text}, {listed(how)}" if how and PLAIN.fullmatch(text) else A_NUMBER
