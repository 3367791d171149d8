"""Each trust's rank on process beside its rank on outcome, joined by a line."""

from collections.abc import Callable, Sequence
from statistics import median

from performance.charts.divergence_tables import raw_divergence, trust_column
from performance.charts.figure import (
    DARK_BLUE,
    GRID,
    MID_GREY,
    ORANGE,
    Column,
    Figure,
    Layout,
    Row,
    Table,
    Trace,
    axis,
    in_lines,
    legend_above,
)
from performance.releases.divergence_rows import DivergenceRow, targets_of
from performance.wording import counted, short_name, written_number

# Pixels: of a row, and of what stands above and below all.
ROW, AROUND = 25, 110
LABEL_WIDTH = 20
# How far the intervals of a row lie from its middle, so that neither covers the other.
ASIDE = 0.18
# Name, symbol, colour and side of the row of each rank.
LOOKS = {
    "process_rank": ("Process", "circle", DARK_BLUE, -ASIDE),
    "outcome_rank": ("Outcome", "diamond", ORANGE, ASIDE),
}
RANKS = [f"{rank}{end}" for rank in LOOKS for end in ("", "_lower", "_upper")]
IN_FILES = ["organisation", "organisation_name", "region", "region_name", "framework", "process_kind"]


def rank_chart(
    rows: Sequence[DivergenceRow], *, own: str = "", address: Callable[[str], str] | None = None
) -> Figure | None:
    """Rows: the organisations of one year, framework and kind, or some of them; own: the slug of one to
    mark; address: of a trust's page. None where nobody has ranks."""
    ranked = [row for row in rows if all(getattr(row, name) is not None for name in RANKS)]
    if not ranked:
        return None
    ranked.sort(key=lambda row: (-places_apart(row), row.organisation_name))
    return Figure(
        slug="ranks",
        title=_title(ranked),
        caption=_caption(ranked, len(rows) - len(ranked)),
        description=(
            "A row for each trust: a circle at its rank on process and a diamond at its rank on outcome, "
            "joined by a line, with a faint bar for the interval of each. The best rank is on the left."
        ),
        data=_traces(ranked),
        layout=_layout(ranked, own),
        table=_table(ranked, own, address),
        height=AROUND + ROW * len(ranked),
        methods=("ranks", "divergence"),
    )


def places_apart(row: DivergenceRow) -> int:
    """How many places lower its outcome ranks than its process; below 0 where it ranks higher."""
    return (row.outcome_rank or 0) - (row.process_rank or 0)


def _title(rows: Sequence[DivergenceRow]) -> str:
    better = sum(_end(row, "process_rank_upper") < _end(row, "outcome_rank_lower") for row in rows)
    worse = sum(_end(row, "process_rank_lower") > _end(row, "outcome_rank_upper") for row in rows)
    sure = sum(_span(row, rank) == 0 for row in rows for rank in LOOKS)
    return (
        f"{better or 'None'} of {counted(len(rows), 'trust')} {'ranks' if better < 2 else 'rank'} clearly "
        f"better on process than on outcome and {worse or 'none'} clearly worse ({rows[0].period}); "
        f"{sure or 'none'} of {counted(2 * len(rows), 'rank')} {'is' if sure < 2 else 'are'} sure"
    )


def _caption(rows: Sequence[DivergenceRow], missing: int) -> str:
    usual = median(_span(row, rank) for row in rows for rank in LOOKS)
    return (
        f"{_of_all(rows)} with both ranks, {rows[0].period}, "
        f"{rows[0].framework}; 1 is the best. Process: cases done as asked, of those that "
        f"{targets_of(rows[0].kind)} ask for. Outcome: reoffending against prediction. Faint bars: the 95% "
        f"interval of each rank; the usual one reaches over {written_number(usual)} places. Clearly: the two "
        "intervals don’t overlap. Sure: the interval is that one place. At the top: best on process for its "
        f"outcome.{_left_out(missing)}"
    )


def _of_all(rows: Sequence[DivergenceRow]) -> str:
    """Ranks are among everyone, also where some are shown."""
    everyone = counted(rows[0].ranked, "trust")
    return everyone if len(rows) == rows[0].ranked else f"{len(rows)} of the {everyone}"


def _left_out(missing: int) -> str:
    if not missing:
        return ""
    return (
        f" {counted(missing, 'trust')} {'lacks' if missing == 1 else 'lack'} one side or both, and so ranks."
    )


def _end(row: DivergenceRow, name: str) -> int:
    return int(getattr(row, name))


def _span(row: DivergenceRow, rank: str) -> int:
    return _end(row, f"{rank}_upper") - _end(row, f"{rank}_lower")


def _traces(rows: Sequence[DivergenceRow]) -> list[Trace]:
    ends = [(row.process_rank, row.outcome_rank) for row in rows]
    return [
        *(_intervals(rows, rank) for rank in LOOKS),
        _lines(ends, 0.0) | {"line": {"color": MID_GREY, "width": 2}},
        *(_ranks(rows, rank) for rank in LOOKS),
    ]


def _intervals(rows: Sequence[DivergenceRow], rank: str) -> Trace:
    _, _, colour, aside = LOOKS[rank]
    ends = [(_end(row, f"{rank}_lower"), _end(row, f"{rank}_upper")) for row in rows]
    return _lines(ends, aside) | {"line": {"color": colour, "width": 4}, "opacity": 0.35}


def _lines(ends: Sequence[tuple[int | None, int | None]], aside: float) -> Trace:
    """A line a row, counted from 1; None lifts the pen."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for pair in ends for x in (*pair, None)],
        "y": [y for at in range(1, len(ends) + 1) for y in (at + aside, at + aside, None)],
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _ranks(rows: Sequence[DivergenceRow], rank: str) -> Trace:
    name, symbol, colour, _ = LOOKS[rank]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [_end(row, rank) for row in rows],
        "y": list(range(1, len(rows) + 1)),
        "marker": {"symbol": symbol, "size": 11, "color": colour},
        "hovertext": [_hover(row) for row in rows],
        "hoverinfo": "text",
    }


def _hover(row: DivergenceRow) -> str:
    sides = (f"{LOOKS[rank][0]}: rank {_end(row, rank)}, {_interval(row, rank)}" for rank in LOOKS)
    return "<br>".join([row.organisation_name, *sides])


def _interval(row: DivergenceRow, rank: str) -> str:
    lower, upper = _end(row, f"{rank}_lower"), _end(row, f"{rank}_upper")
    return f"{lower} to {upper}" if lower < upper else "sure"


def _layout(rows: Sequence[DivergenceRow], own: str) -> Layout:
    names = [in_lines(short_name(row.organisation_name), LABEL_WIDTH) for row in rows]
    places = list(range(1, len(rows) + 1))
    marked = [at for at, row in zip(places, rows, strict=True) if row.organisation == own]
    last = rows[0].ranked
    return {
        "showlegend": True,
        "legend": legend_above(),
        "xaxis": axis(
            "Rank, 1 the best", range=[0, last + 1], tickvals=[1, *range(5, last, 5), last], side="bottom"
        ),
        "yaxis": axis(
            "",
            range=[len(rows) + 0.6, 0.4],
            tickvals=places,
            ticktext=[f"▶ {n}" if at in marked else n for at, n in zip(places, names, strict=True)],
            tickfont={"size": 12},
            ticks="",
            showgrid=False,
        ),
        "shapes": [_band(at) for at in marked],
        "hovermode": "closest",
    }


def _band(at: int) -> dict[str, object]:
    """Behind the row of the own trust."""
    return {
        "type": "rect",
        "layer": "below",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": at - 0.5,
        "y1": at + 0.5,
        "fillcolor": GRID,
        "line": {"width": 0},
    }


def _table(rows: Sequence[DivergenceRow], own: str, address: Callable[[str], str] | None) -> Table:
    columns = [
        trust_column(address, own),
        *(_column(rank) for rank in LOOKS),
        Column("places_apart", "Places lower on outcome", numeric=True, show=_written_apart),
    ]
    return Table(columns, [_raw(row) for row in rows])


def _column(rank: str) -> Column:
    return Column(
        rank,
        f"{LOOKS[rank][0]} rank and its 95% interval",
        numeric=True,
        note=lambda row: _interval(row["result"], rank),
    )


def _written_apart(row: Row) -> str:
    return written_number(row["places_apart"])


def _raw(row: DivergenceRow) -> Row:
    """As files have it."""
    plain = raw_divergence(row)
    kept = [*IN_FILES, "period_start", "period_end", "ranked", *RANKS]
    return {name: plain[name] for name in kept} | {"places_apart": places_apart(row), "result": row}
