"""How trusts moved between bands from year to year: as many in each band as stand in its square, as many
on each way as stand beside its line."""

from collections import Counter
from collections.abc import Sequence

from performance.charts.figure import (
    DARK_BLUE,
    INK,
    MID_GREY,
    ORANGE,
    Figure,
    Layout,
    Trace,
    axis,
    in_lines,
    legend_above,
)
from performance.charts.movement_tables import ways_table, words_of
from performance.periods import Period
from performance.releases.movement import Direction, YearPair, direction_of
from performance.wording import counted, listed

# Colour and dash of the lines of each way, so that colour isn't needed to tell them apart.
LOOKS = {
    Direction.UP: (DARK_BLUE, "solid", "Up"),
    Direction.SAME: (MID_GREY, "dot", "Same band"),
    Direction.DOWN: (ORANGE, "dash", "Down"),
}
# How far along its line a number stands: those of lines that cross stay apart.
ALONG = 0.28
# Above its line, in bands.
ABOVE = 0.09
THINNEST, WIDTH_OF_ONE, WIDEST = 1.5, 0.4, 7.0
HEIGHT_OF_A_BAND = 96


def movement_chart(pairs: Sequence[YearPair]) -> Figure:
    """pairs: each two years that follow one another, oldest first, at least one."""
    words = words_of(move.after for pair in pairs for move in pair.rated_in_both)
    return Figure(
        slug="movement",
        title=_title(pairs),
        caption=(
            "In each square: how many trusts were in that band in that year. On each line: how many of those "
            "rated in both years went that way."
        ),
        description=(
            "A row for each band, the best at the top, and a column for each year. Lines lead from a band in "
            "one year to a band in the next."
        ),
        data=[*_ways(pairs, words), _squares(pairs, words)],
        layout=_layout(pairs, words),
        table=ways_table(pairs),
        height=120 + HEIGHT_OF_A_BAND * len(words),
        methods=("rating-certainty",),
    )


def _title(pairs: Sequence[YearPair]) -> str:
    """What the findings above it leave unsaid: how many stayed."""
    stayed = [
        f"{pair.number(Direction.SAME) or 'none'} of {counted(len(pair.rated_in_both), 'trust')} from {pair}"
        for pair in pairs
    ]
    return f"Who kept their band: {listed(stayed)}"


def _years(pairs: Sequence[YearPair]) -> list[Period]:
    return sorted({year for pair in pairs for year in (pair.before, pair.after)})


def _ways(pairs: Sequence[YearPair], words: dict[int, str]) -> list[Trace]:
    """A line for each way that anyone went, and one entry of the legend for each direction."""
    years = _years(pairs)
    traces: list[Trace] = []
    named: set[Direction] = set()
    for pair in pairs:
        for (before, after), number in sorted(pair.transitions.items()):
            way, start = direction_of(after - before), years.index(pair.before)
            hover = f"{counted(number, 'trust')}, {pair}:<br>{words[before]} to {words[after]}"
            line = _line(way, number) | {"x": [start, start + 1], "y": [before, after]}
            traces.append(line | {"hovertext": [hover] * 2, "showlegend": way not in named})
            traces.append(_number(way, start, before, after, number))
            named.add(way)
    return traces


def _line(way: Direction, number: int) -> Trace:
    colour, dash, name = LOOKS[way]
    width = THINNEST if way == Direction.SAME else min(THINNEST + WIDTH_OF_ONE * number, WIDEST)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "line": {"color": colour, "dash": dash, "width": round(width, 2)},
        "hoverinfo": "text",
    }


def _number(way: Direction, start: int, before: int, after: int, number: int) -> Trace:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [start + ALONG],
        "y": [round(before + ALONG * (after - before) + ABOVE, 3)],
        "text": [str(number)],
        "textposition": "middle center",
        "textfont": {"color": LOOKS[way][0], "size": 16, "weight": 700},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _squares(pairs: Sequence[YearPair], words: dict[int, str]) -> Trace:
    """A square for every band of every year, also those that nobody is in."""
    years = _years(pairs)
    places = [(year, band) for year in years for band in words]
    held = _held(pairs)
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [years.index(year) for year, _ in places],
        "y": [band for _, band in places],
        "text": [str(held[place]) for place in places],
        "textfont": {"color": INK, "size": 16, "weight": 700},
        "marker": {"symbol": "square", "size": 34, "color": "#FFFFFF", "line": {"color": INK, "width": 2}},
        "hovertext": [
            f"{year}: {counted(held[year, band], 'trust')}, {words[band]}" for year, band in places
        ],
        "hoverinfo": "text",
        "showlegend": False,
    }


def _held(pairs: Sequence[YearPair]) -> Counter[tuple[Period, int]]:
    """How many were in each band in each year, each trust once though it stands in two pairs."""
    rows = {
        (row.organisation, row.period): row
        for pair in pairs
        for move in pair.moves
        for row in (move.before, move.after)
        if row is not None and row.band is not None
    }
    return Counter((row.period, row.band) for row in rows.values() if row.band is not None)


def _layout(pairs: Sequence[YearPair], words: dict[int, str]) -> Layout:
    years = _years(pairs)
    bands = list(words)
    return {
        "showlegend": True,
        "legend": legend_above(),
        "xaxis": axis(
            "",
            tickvals=list(range(len(years))),
            ticktext=[str(year) for year in years],
            range=[-0.25, len(years) - 0.75],
            showgrid=False,
        ),
        "yaxis": axis(
            "",
            tickvals=bands,
            ticktext=[in_lines(text, 14) for text in words.values()],
            range=[bands[0] - 0.5, bands[-1] + 0.6],
        ),
        "hovermode": "closest",
    }
