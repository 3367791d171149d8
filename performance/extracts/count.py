"""From the files of an extract to everything that its rules count, and all that is odd about it."""

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from performance.extracts.counting import Asked, Tally, added, count
from performance.extracts.days import month_number, number_of
from performance.extracts.faults import Fault
from performance.extracts.reading import Divided, Division, Known, OddRows, divide, parts_for, read_part
from performance.frameworks.case_rules import AnyRule
from performance.periods import Period
from performance.returns.found import Found

# More aren't faster, as the arithmetic waits for memory, and each takes some 150 MB.
THREADS = 2


@dataclass
class Count:
    """rows: that were read, odd ones too; odd_rows: how many of each trust; cells: odd cells that are
    examples; found: about whole files."""

    tally: Tally = field(default_factory=Tally)
    odd_rows: OddRows = field(default_factory=Counter)
    cells: dict[Fault, Counter[str]] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)
    rows: int = 0


def asked_of(rules: Mapping[str, AnyRule], known: Known, period: Period) -> Asked:
    """period: whole months."""
    months = (month_number(period.start), month_number(period.end))
    return Asked(rules, number_of(known.taken), months)


def count_files(
    files: Sequence[tuple[Path, str]],
    rules: Mapping[str, AnyRule],
    known: Known,
    period: Period,
    threads: int = THREADS,
) -> Count:
    """All of it in this process. files: with the name of each as it was sent; rules: by measure; period:
    whole months. Raises CannotRead."""
    with tempfile.TemporaryDirectory(prefix="extract-") as directory:
        division = Division(Path(directory), parts_for(path for path, _ in files))
        divided = [divide(path, name, number, known, division) for number, (path, name) in enumerate(files)]
        asked = asked_of(rules, known, period)
        with ThreadPoolExecutor(threads) as pool:
            counts = pool.map(lambda part: count_part(division, part, known, asked), range(division.parts))
            return together(divided, counts)


def count_part(division: Division, part: int, known: Known, asked: Asked) -> Count:
    read = read_part(division.place, part, known)
    return Count(count(read.rows, asked), read.odd)


def together(divided: Iterable[Divided], parts: Iterable[Count]) -> Count:
    """Everything about the extract, of which the parts are looked at one after the other."""
    whole = Count()

    def tallies() -> Iterator[Tally]:
        for part in parts:
            whole.odd_rows.update(part.odd_rows)
            yield part.tally

    whole.tally = added(tallies())
    whole.odd_rows = _without_marks(whole.odd_rows)
    for file in divided:
        whole.rows += file.rows
        whole.found += file.found
        for fault, cells in file.cells.items():
            whole.cells.setdefault(fault, Counter()).update(cells)
    return whole


def _without_marks(odd_rows: OddRows) -> OddRows:
    """A time that doesn't say its offset is odd only where others do."""
    some_say_it = any(fault == Fault.WITH_OFFSET for fault, _ in odd_rows)
    left_out = {Fault.WITH_OFFSET} if some_say_it else {Fault.WITH_OFFSET, Fault.WITHOUT_OFFSET}
    return Counter({key: number for key, number in odd_rows.items() if key[0] not in left_out})
