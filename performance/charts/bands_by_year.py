"""How many trusts were given each band, year by year."""

from collections.abc import Sequence
from dataclasses import dataclass

from performance.charts.figure import (
    BOTTOM,
    DARK_BLUE,
    DARK_PINK,
    INK,
    LIGHT_PURPLE,
    TURQUOISE,
    Column,
    Figure,
    Row,
    Table,
    Trace,
    axis,
    legend_above,
)
from performance.periods import Period
from performance.releases.rating_rows import RatingRow
from performance.wording import counted, written_number

# By how good a band is: fill, a text colour that can be read on it, and a pattern, so that bands are
# told apart without colour too.
LOOKS = {
    1: (DARK_PINK, "#FFFFFF", ""),
    2: (LIGHT_PURPLE, INK, "/"),
    3: (TURQUOISE, INK, ""),
    4: (DARK_BLUE, "#FFFFFF", ""),
}
ROW_HEIGHT = 64


@dataclass(frozen=True)
class Year:
    """The trusts that one framework rated, or couldn't, in a year."""

    period: Period
    framework: str
    rows: list[RatingRow]

    @property
    def name(self) -> str:
        """PTRS 2010-11 names its year itself; a framework of several years doesn't."""
        return self.framework if str(self.period) in self.framework else f"{self.framework}, {self.period}"

    @property
    def words(self) -> dict[int, str]:
        return self.rows[0].words

    @property
    def rated(self) -> int:
        return len(self.rows) - self.number(None)

    def number(self, band: int | None) -> int:
        return sum(row.band == band for row in self.rows)


def bands_by_year(rows: Sequence[RatingRow]) -> Figure | None:
    """Rows: everyone's of some years. None where nobody was rated in any."""
    years = [year for year in _years(rows) if year.rated]
    return _figure(years) if years else None


def _years(rows: Sequence[RatingRow]) -> list[Year]:
    """Oldest first."""
    names = sorted({(row.period, row.framework) for row in rows})
    return [Year(*name, [row for row in rows if (row.period, row.framework) == name]) for name in names]


def _figure(years: Sequence[Year]) -> Figure:
    words = {band: text for year in years for band, text in year.words.items()}
    return Figure(
        slug="bands",
        title=_title(years),
        caption=(
            f"{counted(len(years), 'year')}: how many were given each band. The bands are put together "
            "again here: measures are from the framework, weights and steps are reconstructed."
            f"{_belong(years[-1])}{_unrated(years)}"
        ),
        description=(
            "One bar for each year, oldest at the top, divided by band from the best on the left to the "
            "worst on the right."
        ),
        data=[
            _bar(years, band, words)
            for band in sorted(words, reverse=True)
            if any(year.number(band) for year in years)
        ],
        layout={
            "barmode": "stack",
            "showlegend": True,
            "legend": legend_above() | {"traceorder": "normal"},
            "margin": {"l": 8, "r": 32, "t": 48, "b": BOTTOM},
            "xaxis": axis("Trusts", rangemode="tozero"),
            "yaxis": axis("", autorange="reversed", ticks=""),
            "bargap": 0.3,
        },
        table=_table(years, words),
        height=ROW_HEIGHT * len(years) + 140,
        methods=("ratings", "rating-certainty"),
    )


def _title(years: Sequence[Year]) -> str:
    """How many reach the second best band in the latest year, against the first where there is one."""
    first, last = years[0], years[-1]
    words = last.words[sorted(last.words)[-2]]
    text = (
        f"{_better(last)} of {counted(last.rated, 'trust')} would be rated {words} or better under "
        f"{last.name}"
    )
    return (
        text
        if first is last
        else f"{text}; under {first.name} it was {_better(first).lower()} of {first.rated}"
    )


def _better(year: Year) -> str:
    return str(sum(map(year.number, sorted(year.words)[-2:])) or "none").capitalize()


def _belong(year: Year) -> str:
    """What the bands are worth: how many of them are expected to be the right ones."""
    chances = [row.probabilities.get(row.band) for row in year.rows if row.band]
    known = [chance for chance in chances if chance is not None]
    if not known:
        return ""
    return (
        f" Chance allowed for, {written_number(sum(known), 1)} of {len(known)} in {year.period} can be "
        "expected to belong in the band that they are given."
    )


def _unrated(years: Sequence[Year]) -> str:
    without = [year for year in years if year.number(None)]
    said = "; ".join(f"{counted(year.number(None), 'trust')} in {year.period}" for year in without)
    return f" Not rated, for want of figures: {said}." if said else ""


def _bar(years: Sequence[Year], band: int, words: dict[int, str]) -> Trace:
    colour, ink, pattern = LOOKS[band]
    numbers = [year.number(band) for year in years]
    return {
        "type": "bar",
        "orientation": "h",
        "name": f"{words[band]} ({band})",
        "x": numbers,
        "y": [year.name for year in years],
        "text": [str(number) if number else "" for number in numbers],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": ink, "size": 14, "weight": 700},
        "marker": {
            "color": colour,
            "line": {"color": "#FFFFFF", "width": 1},
            "pattern": {"shape": pattern, "fgcolor": INK, "fillmode": "overlay", "fgopacity": 0.3},
        },
        "hovertext": [
            f"{year.name}<br>{words[band]}: {number} of {counted(year.rated, 'trust')}"
            for year, number in zip(years, numbers, strict=True)
        ],
        "hoverinfo": "text",
    }


def _table(years: Sequence[Year], words: dict[int, str]) -> Table:
    bands = sorted(words, reverse=True)
    columns = [
        Column("framework", "Framework", show=lambda row: row["name"]),
        *(Column(f"band_{band}", f"{words[band]} ({band})", numeric=True) for band in bands),
        Column("unrated", "Not rated", numeric=True),
    ]
    return Table(columns, [_raw(year, bands) for year in years])


def _raw(year: Year, bands: Sequence[int]) -> Row:
    return {
        "name": year.name,
        "framework": year.framework,
        "period_start": year.period.start,
        "period_end": year.period.end,
        **{f"band_{band}": year.number(band) for band in bands},
        "unrated": year.number(None),
    }
