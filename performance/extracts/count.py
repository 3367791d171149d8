"""From the files of an extract to everything that its rules count, and all that is odd about it."""

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from performance.extracts.clocks import AnyRule
from performance.extracts.counting import Asked, Tally, added, count
from performance.extracts.days import month_number, number_of
from performance.extracts.reading import Extract, Known, OddRows, read_events
from performance.periods import Period
from performance.returns.found import Found

# More would not be faster, as the arithmetic waits for memory, and each takes some 60 MB.
MOST_THREADS = 2


@dataclass(frozen=True)
class Count:
    """rows: that were read, odd ones too. found: about whole files."""

    tally: Tally
    odd_rows: OddRows
    found: list[Found]
    rows: int


def count_files(
    files: Sequence[tuple[Path, str]], rules: Mapping[str, AnyRule], known: Known, period: Period
) -> Count:
    """files: with the name of each as it was sent; rules: by measure; period: whole months. Raises
    CannotRead."""
    extract = read_events(files, known)
    months = (month_number(period.start), month_number(period.end))
    tally = _counted(extract, Asked(rules, number_of(known.taken), months))
    return Count(tally, extract.odd, extract.found, extract.rows)


def _counted(extract: Extract, asked: Asked) -> Tally:
    def of_parts(_: int) -> Tally:
        return added(_tallies(extract, asked))

    threads = min(os.cpu_count() or 1, MOST_THREADS)
    with ThreadPoolExecutor(threads) as pool:
        return added(pool.map(of_parts, range(threads)))


def _tallies(extract: Extract, asked: Asked) -> Iterator[Tally]:
    while (part := extract.take_part()) is not None:
        yield count(part, asked)
