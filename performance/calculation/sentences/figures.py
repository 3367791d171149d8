"""How figures, and the lack of them, go into a sentence."""

import re
from collections.abc import Iterable

from performance.calculation.sentences.rows import National, Row, told
from performance.statistics.reoffending.verdicts import P_95
from performance.wording import NOUNS, counted, written_apart, written_number, written_p, written_share

Noun = tuple[str, str]

ORGANISATIONS: Noun = ("organisation", "organisations")

# Differences nearer to 0 than this are of rounding.
LEAST = 1e-6

_NO_REASON = "the figures that it takes aren't there"


def because(reason: str) -> str:
    """A reason as statistics give it, ready to follow 'because'."""
    return re.sub(r"\s+", " ", reason).strip().rstrip(".") or _NO_REASON


def noun_of(kinds: Iterable[str]) -> Noun:
    """What to call organisations of these kinds together."""
    found = set(kinds)
    return NOUNS.get(found.pop(), ORGANISATIONS) if len(found) == 1 else ORGANISATIONS


def how_many(number: float, noun: Noun) -> str:
    return counted(int(number), *noun) if number else f"no {noun[1]}"


def opening(text: str) -> str:
    """With a capital; names within keep theirs."""
    return text[:1].upper() + text[1:]


def some(number: float) -> str:
    """A count where its noun is clear: 12, or none."""
    return written_number(number) if number else "none"


def of_all(number: float, total: float, noun: Noun) -> str:
    """9 of 35 trusts, none of 35 trusts."""
    return f"{some(number)} of {how_many(total, noun)}"


def cases(number: float, of: float) -> str:
    """An expected number of cases, whole where it is large. Beside `of`, a count that it differs
    from, it isn't written as the same."""
    decimals = 0 if number >= 100 or number % 1 == 0 else 1
    while decimals < 6 and number != of and written_number(number, decimals) == written_number(of, decimals):
        decimals += 1
    return written_apart(number, decimals)


def percentage(value: float, decimals: int) -> str:
    """0% and 100% without decimals, as they are exact."""
    return written_share(value, 0 if value in (0, 100) else decimals)


def correlation(value: float) -> str:
    return written_apart(value, 2, (-1, 0, 1))


def size(value: float, decimals: int) -> str:
    """How large, whichever way: 0.57, or 0."""
    return written_apart(abs(value), decimals) if abs(value) >= LEAST else "0"


def difference(value: float, decimals: int, less: str, more: str) -> str:
    """0.57 points more, or no difference."""
    if abs(value) < LEAST:
        return "no difference"
    return f"{size(value, decimals)} points {less if value < 0 else more}"


def interval_of_difference(
    value: float, lower: float, upper: float, decimals: int, less: str, more: str
) -> str:
    """Without signs to misread: 95% interval 0.12 to 1.03, or from 0.25 less to 0.60 more."""
    if min(value, lower, upper) > 0 or max(value, lower, upper) < 0:
        near, far = sorted((abs(lower), abs(upper)))
        return f"95% interval {size(near, decimals)} to {size(far, decimals)}"
    ends = (_end(limit, decimals, less, more) for limit in (lower, upper))
    return "95% interval from {} to {}".format(*ends)


def _end(limit: float, decimals: int, less: str, more: str) -> str:
    number = size(limit, decimals)
    return number if number == "0" else f"{number} {less if limit < 0 else more}"


def in_brackets(*parts: str) -> str:
    """What there is of these, or nothing."""
    given = [part for part in parts if part]
    return f" ({', '.join(given)})" if given else ""


def interval_of_correlation(row: National) -> str:
    if not told(row.lower, row.upper):
        return ""
    return f"95% interval {correlation(row.lower)} to {correlation(row.upper)}"


def interval_of_number(row: National) -> str:
    if not told(row.lower, row.upper):
        return ""
    return f"95% interval {amount(row.lower)} to {amount(row.upper)}"


def amount(number: float) -> str:
    """An expected number of trusts: 6.2, and 7 where it is whole."""
    return written_apart(number, 0 if number % 1 == 0 else 1)


def p_value(p: float) -> str:
    return written_p(p) if told(p) else ""


def is_significant(p: float) -> bool:
    return told(p) and p <= P_95


def under(title: str, period: str) -> str:
    """Under PTRS 2010-11, or for 2017-18 under Service levels 2017-20."""
    if not title:
        return f"for {period}"
    return f"under {title}" if period in title else f"for {period} under {title}"


def within(row: Row) -> str:
    """in 2011-12, on 31 December 2007, from April 2010 to March 2013."""
    if row.period_start == row.period_end:
        return f"on {row.period}"
    return f"from {row.period}" if " to " in row.period else f"in {row.period}"
