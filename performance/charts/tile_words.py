"""What a tile map says, in a sentence."""

from collections import Counter
from collections.abc import Mapping, Sequence

from performance.periods import Period
from performance.releases.tile_rows import MapFigure, Subject
from performance.wording import counted, counted_organisations


def finding(subject: Subject, period: Period, kind: str, figures: Sequence[MapFigure]) -> str:
    """Over what range, of how many, and where the ends are; of a rating, how many are in each band."""
    beginning = f"{subject.title}, {period}"
    known = [figure for figure in figures if figure.is_known]
    if not known:
        return f"{beginning}: no figure for any of {counted_organisations(len(figures), kind)}"
    of = _of(len(known), len(figures), kind)
    if words := bands_of(figures):
        return f"{beginning}: {_bands(known, words)}, of {of}"
    values = [figure.value for figure in known if figure.value is not None]
    low, high = min(values), max(values)
    if low == high:
        return f"{beginning}: {known[0].written} in each of {of}"
    return f"{beginning}: from {_end(known, low)} to {_end(known, high)}, of {of}"


def bands_of(figures: Sequence[MapFigure]) -> dict[int, str]:
    """The words for the bands of a rating, by their numbers; none for any other subject."""
    return {band: words for figure in figures for band, words in figure.bands.items()}


def _of(known: int, all_of_them: int, kind: str) -> str:
    of = counted_organisations(all_of_them, kind)
    return of if known == all_of_them else f"{known} with a figure out of {of}"


def _bands(known: Sequence[MapFigure], words: Mapping[int, str]) -> str:
    number = Counter(figure.band for figure in known)
    return ", ".join(f"{number[band]} {words[band]}" for band in sorted(words, reverse=True) if number[band])


def _end(known: Sequence[MapFigure], value: float) -> str:
    """'98% in London (479 of 489)', or who it is and how many others."""
    there = [figure for figure in known if figure.value == value]
    first = there[0]
    if len(there) > 1:
        return f"{first.written} in {first.short_name} and {counted(len(there) - 1, 'other')}"
    counts = f" ({first.counts})" if first.counts else ""
    return f"{first.written} in {first.short_name}{counts}"
