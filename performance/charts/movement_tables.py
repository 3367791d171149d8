"""How trusts moved between bands, as tables: between which, and who."""

from collections.abc import Callable, Iterable, Sequence

from performance.charts.figure import Column, Row, Table
from performance.releases.movement import Move, YearPair
from performance.releases.rating_rows import RatingRow
from performance.wording import short_name, written_number, written_probability


def ways_table(pairs: Sequence[YearPair]) -> Table:
    """Behind the figure: a row for each way that anyone went, the best band first."""
    columns = [
        Column("years", "Years"),
        Column("from_band", "From", show=lambda row: row["from_in_words"]),
        Column("to_band", "To", show=lambda row: row["to_in_words"]),
        Column("trusts", "Trusts", numeric=True),
    ]
    return Table(columns, [row for pair in pairs for row in _ways(pair)])


def _ways(pair: YearPair) -> list[Row]:
    before_words = words_of(move.before for move in pair.rated_in_both)
    after_words = words_of(move.after for move in pair.rated_in_both)
    return [
        {
            "years": str(pair),
            "from_band": before,
            "from_in_words": before_words[before],
            "to_band": after,
            "to_in_words": after_words[after],
            "trusts": number,
        }
        for (before, after), number in sorted(pair.transitions.items(), reverse=True)
    ]


def words_of(rows: Iterable[RatingRow | None]) -> dict[int, str]:
    """The words of their frameworks for every band, the lowest first."""
    return dict(sorted((band, text) for row in rows if row for band, text in row.words.items()))


def transition_table(pair: YearPair) -> Table:
    """From which band, down the side, to which, across: numbers of trusts. Who stayed lies on the
    diagonal."""
    words = words_of(move.after for move in pair.rated_in_both)
    bands = sorted(words, reverse=True)
    moved = pair.transitions
    columns = [
        Column("from", f"{pair.before}, down; {pair.after}, across"),
        *(Column(str(band), words[band], numeric=True) for band in bands),
        Column("all", "All", numeric=True),
    ]
    rows = [
        {"from": words[before]}
        | {str(after): moved.get((before, after), 0) for after in bands}
        | {"all": sum(moved.get((before, after), 0) for after in bands)}
        for before in bands
    ]
    return Table(columns, rows)


def movers_table(pairs: Sequence[YearPair], address: Callable[[str], str]) -> Table:
    """Who changed band, the latest years first, with how sure both bands are; `address` is of a
    trust's page."""
    columns = [
        Column(
            "organisation_name",
            "Trust",
            show=lambda row: short_name(row["organisation_name"]),
            link=lambda row: address(row["organisation"]),
        ),
        Column("years", "Years"),
        Column("movement", "Movement", show=lambda row: row["movement"].label),
        Column(
            "band_before",
            "From",
            show=lambda row: row["before"],
            note=lambda row: _likely(row["probability_of_band_before"]),
        ),
        Column(
            "band", "To", show=lambda row: row["after"], note=lambda row: _likely(row["probability_of_band"])
        ),
        Column(
            "score_change",
            "Change of score",
            numeric=True,
            show=lambda row: _signed(row["score_change"]),
        ),
    ]
    return Table(columns, [raw_move(move, pair) for pair in reversed(pairs) for move in pair.changed])


def raw_move(move: Move, pair: YearPair) -> Row:
    """As files have it, also of those who stayed or can't be told."""
    before, after = move.before, move.after
    return {
        "organisation": after.organisation,
        "organisation_name": after.organisation_name,
        "years": str(pair),
        "movement": move.direction,
        "before": before.written if before else "Not rated",
        "band_before": before.band if before else None,
        "probability_of_band_before": before.chance if before else None,
        "score_before": before.score if before else None,
        "after": after.written,
        "band": after.band,
        "probability_of_band": after.chance,
        "score": after.score,
        "score_change": _difference(before, after),
    }


def _likely(chance: float | None) -> str:
    return "" if chance is None else f"{written_probability(chance)} likely"


def _difference(before: RatingRow | None, after: RatingRow) -> float | None:
    if before is None or before.score is None or after.score is None:
        return None
    return after.score - before.score


def _signed(value: float | None) -> str:
    if value is None:
        return ""
    return f"+{written_number(value, 2)}" if value > 0 else written_number(value, 2)
