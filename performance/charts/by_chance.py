"""How many trusts to expect in each quarter, and how many would hit the target and miss the outcome by
chance alone."""

from collections.abc import Sequence

from performance.calculation.divergence import MARGIN
from performance.charts.figure import INK, LIGHT_GREY, Figure, Layout, Trace, axis, legend_above, rounded
from performance.charts.intervals import interval_bars
from performance.charts.national_tables import national_table, written_estimate, written_interval
from performance.charts.quarters import LOOKS
from performance.releases.divergence_rows import BRIEFLY, NationalFigure, targets_of
from performance.statistics.reoffending.verdicts import P_95
from performance.vocabulary import Method, Quadrant, Subject
from performance.wording import counted, written_number, written_p

EXPECTED = {
    Method.EXPECTED_MET_WORSE: Quadrant.MET_WORSE,
    Method.EXPECTED_MET_BETTER: Quadrant.MET_BETTER,
    Method.EXPECTED_MISSED_WORSE: Quadrant.MISSED_WORSE,
    Method.EXPECTED_MISSED_BETTER: Quadrant.MISSED_BETTER,
}
ROW, AROUND = 40, 116
BAR = 22
# Beyond the largest number.
ROOM = 1.1


def by_chance_chart(figures: Sequence[NationalFigure]) -> Figure | None:
    """figures: of all together in one year, framework and kind. None where the number by chance isn't
    told."""
    by_method = {one.method: one for one in figures if one.subject == Subject.PROCESS_AND_OUTCOME}
    chance = by_method.get(Method.AGAINST_CHANCE)
    quarters = [by_method[method] for method in EXPECTED if method in by_method]
    told = [one for one in quarters if one.estimate is not None]
    if chance is None or chance.estimate is None or chance.by_chance is None or not told:
        return None
    return Figure(
        slug="by-chance",
        title=_title(chance),
        caption=_caption(chance),
        description=(
            "A row for each quarter with the number of trusts to expect in it and its 95% interval. Behind "
            "the first a grey bar reaches over what chance alone would give."
        ),
        data=[*_by_chance(chance), _expected(told)],
        layout=_layout(told, chance),
        table=national_table([chance, *quarters]),
        height=AROUND + ROW * len(told),
        methods=("quarters", "divergence"),
    )


def _title(chance: NationalFigure) -> str:
    alone = f"the {written_number(chance.by_chance or 0.0, 1)} that chance alone would give"
    if chance.p is None:
        verdict = f"beside {alone}"
    else:
        verdict = f"{'' if chance.p <= P_95 else 'not '}significantly more than {alone}"
    met = f"{written_estimate(chance)} of {counted(chance.n, 'trust')} meet {targets_of(chance.kind)}"
    return f"{met} with a worse outcome, {verdict} ({chance.period})"


def _caption(chance: NationalFigure) -> str:
    p = f" ({written_p(chance.p)})" if chance.p is not None else ""
    return (
        f"All {counted(chance.n, 'trust')}, {chance.period}, {chance.framework}. Each trust counts in each "
        f"quarter by its probability, worse being over {MARGIN:g} points above prediction. Lines: 95% "
        "intervals, were the year run again at the same levels. Grey: the middle 95% of what would come of "
        f"process and outcome that have nothing to do with each other{p}."
    )


def _by_chance(chance: NationalFigure) -> list[Trace]:
    """The limits of chance as a bar behind the first row, with a stroke at its middle."""
    limits = [chance.lower, chance.upper] if chance.lower is not None and chance.upper is not None else []
    bar = {
        "type": "scatter",
        "mode": "lines",
        "name": "By chance alone",
        "x": [rounded(limit) for limit in limits],
        "y": [1] * len(limits),
        "line": {"color": LIGHT_GREY, "width": BAR},
        "hoverinfo": "skip",
    }
    stroke = {
        "type": "scatter",
        "mode": "markers",
        "x": [rounded(chance.by_chance)],
        "y": [1],
        "marker": {"symbol": "line-ns", "size": BAR, "line": {"color": INK, "width": 2}},
        "hovertext": [f"By chance alone<br>{written_number(chance.by_chance or 0.0, 1)} trusts"],
        "hoverinfo": "text",
        "showlegend": False,
    }
    return [bar, stroke]


def _expected(told: Sequence[NationalFigure]) -> Trace:
    intervals = [(one.lower, one.estimate, one.upper) for one in told]
    looks = [LOOKS[EXPECTED[one.method]] for one in told]
    colours = [colour for _, colour, _ in looks]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "Trusts to expect",
        "x": [rounded(one.estimate) for one in told],
        "y": list(range(1, len(told) + 1)),
        "marker": {"symbol": [symbol for symbol, _, _ in looks], "size": 13, "color": colours},
        "error_x": interval_bars(intervals, INK, width=6),
        "hovertext": [f"{LOOKS[EXPECTED[one.method]][2]}<br>{_number(one)} trusts" for one in told],
        "hoverinfo": "text",
    }


def _number(one: NationalFigure) -> str:
    interval = written_interval(one)
    return f"{written_estimate(one)} ({interval})" if interval else written_estimate(one)


def _layout(told: Sequence[NationalFigure], chance: NationalFigure) -> Layout:
    far = max(end for one in [*told, chance] for end in (one.estimate, one.upper) if end is not None)
    return {
        "showlegend": True,
        "legend": legend_above(),
        "xaxis": axis("Number of trusts", range=[0, round(ROOM * far, 1)]),
        "yaxis": axis(
            "",
            range=[len(told) + 0.6, 0.4],
            tickvals=list(range(1, len(told) + 1)),
            ticktext=[f"{BRIEFLY[EXPECTED[one.method]]}<br>{_number(one)}" for one in told],
            ticks="",
            showgrid=False,
        ),
        "hovermode": "closest",
    }
