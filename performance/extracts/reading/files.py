"""The events of any number of files as columns of small numbers, in as many parts as fit in memory."""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from performance.extracts.days import FIRST, LAST, MINUTES, NEVER, number_of
from performance.extracts.faults import Fault
from performance.extracts.reading.source import TABLES, Source, broken, empty, opened
from performance.extracts.rows import EVENTS, TIERS, EventRows
from performance.returns.files.parquet_file import quoted
from performance.returns.found import Found

# Vectors of 2,048 rows that are taken from the database at once.
VECTORS = 200
# Cases are divided into so many parts by what stands for them: one part after another is then counted,
# each in little memory and near to the processor.
PARTS = 8
EXAMPLES = 5
NO_CASE, NO_TRUST, NO_EVENT, NO_DATE, TOO_EARLY, NO_SUCH_TIER = 0, -1, 255, -2, -1, len(TIERS)


@dataclass(frozen=True)
class Known:
    """trusts: the slug of each, by every way in which it is written in small letters; taken: the day on
    which the extract was taken from the case system."""

    trusts: Mapping[str, str]
    taken: datetime.date

    @property
    def slugs(self) -> list[str]:
        return sorted(set(self.trusts.values()))


@dataclass
class OddRows:
    """How many rows of each trust ('' for none) are odd in each way, and cells that are examples."""

    counts: Counter[tuple[Fault, str]] = field(default_factory=Counter)
    examples: dict[Fault, Counter[str]] = field(default_factory=dict)


@dataclass
class Extract:
    """Everything that was read. pieces: of each part, the blocks of rows that it is made of; a case is in
    one part alone."""

    pieces: list[list[EventRows]]
    odd: OddRows
    found: list[Found]
    rows: int

    def take_part(self) -> EventRows | None:
        """One part, which is then no more held here; None where none is left. Several threads may ask."""
        try:
            pieces = self.pieces.pop()
        except IndexError:
            return None
        return EventRows.joined(pieces)


def read_events(files: Sequence[tuple[Path, str]], known: Known) -> Extract:
    """files: with the name of each as it was sent. Raises CannotRead where one of them can't be read as
    an extract: then none is."""
    pieces: list[list[EventRows]] = [[] for _ in range(PARTS)]
    odd, found, rows = OddRows(), [], 0
    for path, name in files:
        with opened(path, name) as source:
            before = rows
            for block in _blocks(source, known):
                rows += len(block)
                for part, piece in zip(pieces, _parted(_without_odd_rows(block, known, odd)), strict=True):
                    part.append(piece)
            _look_for_examples(source, known, odd)
            found += _found(source, rows - before)
    return Extract([part for part in pieces if part], odd, found, rows)


def _found(source: Source, rows: int) -> Iterator[Found]:
    yield from source.found
    if rows == 0:
        yield empty(source)
    if lines := source.broken_lines():
        yield broken(source, lines)


def _blocks(source: Source, known: Known) -> Iterator[EventRows]:
    reader = source.query(f"SELECT {', '.join(_expressions(source, known))}")
    slugs = {slug: place for place, slug in enumerate(known.slugs)}
    places = np.array([NO_TRUST, *(slugs[slug] for slug in known.trusts.values())], dtype=np.int16)
    while len(block := reader.fetch_df_chunk(VECTORS)):
        columns = {name: block[name].to_numpy() for name in block}
        yield EventRows(
            case=columns["case"],
            trust=places[columns["trust"]],
            tier=columns["tier"],
            event=columns["event"],
            moment=columns["moment"],
        )


def _expressions(source: Source, known: Known) -> list[str]:
    """The columns of EventRows in SQL. Words are looked up in lists, which is done once for each word of
    a column that is packed by words."""
    case, tier = (f"trim(CAST({source.columns[name]} AS VARCHAR))" for name in ("case", "tier"))
    words = {name: f"lower({_trimmed(source, name)})" for name in ("trust", "event")}
    event = f"replace(replace({words['event']}, ' ', '-'), '_', '-')"
    known_tier = f"coalesce(list_position({_list(TIERS[1:])}, {tier}), {NO_SUCH_TIER})"
    tiers = f"if(coalesce({tier}, '') = '', 0, {known_tier})"
    minutes = _minutes(source)
    # Of nothing and a number, DuckDB's least is the number.
    moment = f"if({minutes} IS NULL, {NO_DATE}, greatest({TOO_EARLY}, least({minutes}, {NEVER - 1})))"
    return [
        f"if(coalesce({case}, '') = '', {NO_CASE}, hash({case})) AS case",
        f"CAST(coalesce(list_position({_list(known.trusts)}, {words['trust']}), 0) AS USMALLINT) AS trust",
        f"CAST({tiers} AS UTINYINT) AS tier",
        f"CAST(coalesce(list_position({_list(EVENTS)}, {event}), {NO_EVENT + 1}) - 1 AS UTINYINT) AS event",
        f"CAST({moment} AS INTEGER) AS moment",
    ]


def _trimmed(source: Source, name: str) -> str:
    return f"trim(CAST({source.columns[name]} AS VARCHAR))"


def _list(words: Sequence[str] | Mapping[str, str]) -> str:
    return f"[{', '.join(quoted(str(word)) for word in words)}]"


def _minutes(source: Source) -> str:
    """Minutes since FIRST by the clock in England and Wales."""
    date, kind = source.columns["date"], source.types["date"]
    if kind == "DATE":
        return _of_day(date)
    if kind.startswith("TIMESTAMP WITH"):
        return _of_time(f"({date} AT TIME ZONE '{HERE}')")
    if kind.startswith("TIMESTAMP"):
        return _of_time(f"CAST({date} AS TIMESTAMP)")
    text = _trimmed(source, "date")
    day = f"coalesce(try_cast({text} AS DATE), CAST(try_strptime({text}, '%d/%m/%Y') AS DATE))"
    local = f"coalesce(try_cast({text} AS TIMESTAMP), try_strptime({text}, '%d/%m/%Y %H:%M'))"
    shifted = f"(try_cast({text} AS TIMESTAMPTZ) AT TIME ZONE '{HERE}')"
    return (
        f"CASE WHEN strlen({text}) <= 10 THEN {_of_day(day)} "
        f"WHEN {_has_offset(text)} THEN {_of_time(shifted)} ELSE {_of_time(local)} END"
    )


HERE = "Europe/London"


def _has_offset(text: str) -> str:
    return f"regexp_matches({text}, ':.*([Zz]|[+-][0-9]{{2}}(:?[0-9]{{2}})?)$')"


def _of_day(day: str) -> str:
    return f"date_diff('day', DATE '{FIRST}', {day}) * {MINUTES}"


def _of_time(time: str) -> str:
    return f"date_diff('minute', TIMESTAMP '{FIRST}', {time})"


def _without_odd_rows(block: EventRows, known: Known, odd: OddRows) -> EventRows:
    taken = (min(number_of(known.taken), number_of(LAST)) + 1) * MINUTES
    rules = {
        Fault.NO_CASE: block.case == NO_CASE,
        Fault.UNKNOWN_TRUST: block.trust == NO_TRUST,
        Fault.UNKNOWN_EVENT: block.event == NO_EVENT,
        Fault.NO_DATE: block.moment == NO_DATE,
        Fault.LONG_AGO: block.moment == TOO_EARLY,
        Fault.IN_THE_FUTURE: block.moment >= taken,
    }
    left = np.ones(len(block), dtype=bool)
    for fault, is_odd in rules.items():
        _count(odd, fault, block.trust[is_odd & left], known)
        left &= ~is_odd
    is_no_tier = block.tier == NO_SUCH_TIER
    _count(odd, Fault.UNKNOWN_TIER, block.trust[is_no_tier & left], known)
    if is_no_tier.any():
        block = replace(block, tier=np.where(is_no_tier, 0, block.tier).astype(np.uint8))
    return block if left.all() else block.taken(left)


def _count(odd: OddRows, fault: Fault, trusts: np.ndarray, known: Known) -> None:
    names = [*known.slugs, ""]
    for trust, number in zip(*np.unique(trusts, return_counts=True), strict=True):
        odd.counts[fault, names[trust]] += int(number)


def _parted(block: EventRows) -> list[EventRows]:
    """By the bits of what stands for a case that nothing else goes by."""
    part = (block.case % PARTS).astype(np.uint8)
    order = np.argsort(part, kind="stable")
    edges = np.searchsorted(part[order], np.arange(PARTS + 1))
    pieces = [order[start:end] for start, end in zip(edges[:-1], edges[1:], strict=True)]
    return [block.taken(piece) for piece in pieces]


# Which cells are examples of what is odd.
SHOWN = {
    Fault.UNKNOWN_TRUST: ("trust", "trust = 0"),
    Fault.UNKNOWN_EVENT: ("event", f"event = {NO_EVENT}"),
    Fault.NO_DATE: ("date", f"moment = {NO_DATE}"),
    Fault.LONG_AGO: ("date", f"moment = {TOO_EARLY}"),
    Fault.UNKNOWN_TIER: ("tier", f"tier = {NO_SUCH_TIER}"),
}


def _look_for_examples(source: Source, known: Known, odd: OddRows) -> None:
    """The cells that are odd most often; only in files that have any."""
    there = {fault for fault, _ in odd.counts}
    for fault in there & SHOWN.keys():
        column, condition = SHOWN[fault]
        cell = f"{_trimmed(source, column)} AS cell"
        inner = ", ".join([cell, *_expressions(source, known)])
        found = source.connection.execute(
            f"SELECT cell, count(*) FROM (SELECT {inner} FROM {TABLES[source.format]}) WHERE {condition} "  # noqa: S608
            f"AND cell <> '' GROUP BY cell ORDER BY count(*) DESC, cell LIMIT {EXAMPLES}",
            [source.pattern],
        ).fetchall()
        odd.examples.setdefault(fault, Counter()).update(dict(found))
