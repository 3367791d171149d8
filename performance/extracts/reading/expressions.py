"""The columns of an extract as small numbers, in the words of SQL.

Words are looked up in lists: in a column that is packed by words, once for each of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from performance.extracts.days import FIRST, MINUTES, NEVER
from performance.extracts.reading.source import Source
from performance.extracts.rows import EVENTS, TIERS
from performance.returns.files.parquet_file import quoted

# What stands for no case, no trust, event or tier that is known, no date, and one before FIRST.
NO_CASE, NO_TRUST, NO_EVENT, NO_TIER, NO_DATE, TOO_EARLY = 0, -1, 255, len(TIERS), -2, -1
# Added to the tier of a row whose time says how far from Greenwich it is, or says a time and not that.
WITH_OFFSET, WITHOUT_OFFSET = 8, 16
HERE = "Europe/London"
EPOCH = date(1970, 1, 1)
# The variable of the database that holds the key of the installation.
KEY = "getvariable('key')"


@dataclass(frozen=True)
class Known:
    """trusts: the slug of each, by every way in which it is written in small letters; taken: the day on
    which the extract was taken from the case system."""

    trusts: Mapping[str, str]
    taken: date

    @property
    def slugs(self) -> list[str]:
        """Trusts are told by their place in this list."""
        return sorted(set(self.trusts.values()))


def _text(source: Source, field: str) -> str:
    column = source.columns[field]
    return column if source.types[field] == "VARCHAR" else f"CAST({column} AS VARCHAR)"


def trimmed(source: Source, field: str) -> str:
    """A cell as text."""
    return f"trim({_text(source, field)})"


def columns(source: Source, known: Known, is_kept: bool) -> list[str]:
    """Of a Source those of EventRows, with the words above for what isn't there. is_kept: whether the
    cases are hashed so that nobody without the key can tell which they are; else it is fast."""
    return [
        f"{_case(source, is_kept)} AS case",
        f"CAST({_trust(source, known)} AS SMALLINT) AS trust",
        f"CAST({_tier(source)} + {_zone(source)} AS UTINYINT) AS tier",
        f"CAST({_event(source)} AS UTINYINT) AS event",
        f"CAST({_moment(source)} AS INTEGER) AS moment",
    ]


def pseudonym(case: str) -> str:
    """64 bits of a keyed hash: enough that among a million cases two are taken for one less than once
    in ten million times."""
    return f"CAST('0x' || left(sha256({KEY} || {case}), 16) AS UBIGINT)"


def _case(source: Source, is_kept: bool) -> str:
    case = trimmed(source, "case")
    return f"if(coalesce({case}, '') = '', {NO_CASE}, {pseudonym(case) if is_kept else f'hash({case})'})"


def _trust(source: Source, known: Known) -> str:
    slugs = {slug: place for place, slug in enumerate(known.slugs)}
    # As `written_alike` has it.
    spaced = f"replace(lower({trimmed(source, 'trust')}), '&', ' and ')"
    trust = f"regexp_replace({spaced}, '\\s+', ' ', 'g')"
    exact = _looked_up(_text(source, "trust"), slugs)
    written = {written: slugs[slug] for written, slug in known.trusts.items()}
    return f"coalesce({exact}, {_looked_up(trust, written)}, {NO_TRUST})"


def _tier(source: Source) -> str:
    tiers = {tier: place for place, tier in enumerate(TIERS)}
    text = trimmed(source, "tier")
    exact = _looked_up(_text(source, "tier"), tiers)
    return f"coalesce({exact}, {_looked_up(text, tiers)}, if({text} IS NULL, 0, {NO_TIER}))"


def _event(source: Source) -> str:
    events = {str(event): place for place, event in enumerate(EVENTS)}
    written = f"replace(replace(lower({trimmed(source, 'event')}), ' ', '-'), '_', '-')"
    exact = _looked_up(_text(source, "event"), events)
    return f"coalesce({exact}, {_looked_up(written, events)}, {NO_EVENT})"


def _looked_up(text: str, numbers: Mapping[str, int]) -> str:
    """The number of a text, NULL where it has none. Of a column that is packed by its words, DuckDB looks
    each up once, if nothing else is done with it before."""
    words = ", ".join(map(quoted, numbers))
    return f"[{', '.join(map(str, numbers.values()))}][list_position([{words}], {text})]"


def _moment(source: Source) -> str:
    minutes = _minutes(source)
    # Of nothing and a number, DuckDB's least is the number.
    return f"if({minutes} IS NULL, {NO_DATE}, greatest({TOO_EARLY}, least({minutes}, {NEVER - 1})))"


def _minutes(source: Source) -> str:
    """Since FIRST, by the clock in England and Wales."""
    date, kind = source.columns["date"], source.types["date"]
    if kind == "DATE":
        return _of_day(date)
    if kind.startswith("TIMESTAMP WITH"):
        return _of_time(f"({date} AT TIME ZONE '{HERE}')")
    if kind == "TIMESTAMP_NS":
        # Any other way the last instant of a day is rounded into the next.
        return f"(epoch_ns({date}) // 60_000_000_000 - {(FIRST - EPOCH).days * MINUTES})"
    if kind.startswith("TIMESTAMP"):
        return _of_time(f"CAST({date} AS TIMESTAMP)")
    text = trimmed(source, "date")
    day = f"coalesce(try_cast({text} AS DATE), CAST(try_strptime({text}, '%d/%m/%Y') AS DATE))"
    british = f"try_strptime({text}, ['%d/%m/%Y %H:%M', '%d/%m/%Y %H:%M:%S'])"
    # DuckDB would take a time with the name of a zone for one of ours.
    local = (
        f"coalesce(if(regexp_matches({text}, '[A-SU-Za-z]'), NULL, try_cast({text} AS TIMESTAMP)), {british})"
    )
    shifted = f"(try_cast({text} AS TIMESTAMPTZ) AT TIME ZONE '{HERE}')"
    return (
        f"CASE WHEN {_is_day(text)} THEN {_of_day(day)} "
        f"WHEN {_has_offset(text)} THEN {_of_time(shifted)} ELSE {_of_time(local)} END"
    )


def _zone(source: Source) -> str:
    if source.types["date"] != "VARCHAR":
        return "0"
    text = trimmed(source, "date")
    return f"if({_is_day(text)}, 0, if({_has_offset(text)}, {WITH_OFFSET}, {WITHOUT_OFFSET}))"


def _is_day(text: str) -> str:
    return f"strlen({text}) <= 10"


def _has_offset(text: str) -> str:
    return f"regexp_matches({text}, ':.*([Zz]|[+-][0-9]{{2}}(:?[0-9]{{2}})?)$')"


def _of_day(day: str) -> str:
    return f"date_diff('day', DATE '{FIRST}', {day}) * {MINUTES}"


def _of_time(time: str) -> str:
    return f"date_diff('minute', TIMESTAMP '{FIRST}', {time})"
