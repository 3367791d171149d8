"""Figures that another return of the series holds already. Two returns that count and hold the same
figure contradict one another, and no release could be built from them: better to say so at once."""

from collections.abc import Iterator

import pandas as pd

from performance.frameworks.figure_checks.columns import PERIOD
from performance.models import HANDED_ON, Observation, Series, TrustReturn
from performance.periods import Period
from performance.returns.dividing import Part, divided
from performance.returns.figures_frame import Figures
from performance.returns.found import MOST_OF_A_KIND, Found, error
from performance.wording import counted

CODE = "figure-in-another-return"
FIGURE = ["organisation", "measure", *PERIOD]


def held_elsewhere(series: Series, figures: Figures) -> list[Found]:
    """An error for each figure of a sound file that a return of another framework or period holds,
    in its last version: submitted, approved or accepted."""
    frame = figures.frame
    others = _others(series, list(divided(frame)))
    if not others:
        return []
    sent = frame[FIGURE].astype({"organisation": "object", "measure": "object"}).assign(position=frame.index)
    both = sent.merge(_figures(others), on=FIGURE).sort_values("position")
    found = list(_found(figures, both.head(MOST_OF_A_KIND), others))
    left = len(both) - len(found)
    return [*found, error(CODE, f"{counted(left, 'figure')} more are in other returns.")] if left else found


def _others(series: Series, parts: list[Part]) -> dict[int, TrustReturn]:
    """Returns of the same trusts whose periods overlap, and that the file holds no version of."""
    own = {(part.organisation, part.framework, part.period) for part in parts}
    versions = TrustReturn.objects.latest_versions().filter(
        series=series,
        state__in=HANDED_ON,
        period_start__lte=max(part.period.end for part in parts),
        period_end__gte=min(part.period.start for part in parts),
    )
    trusts = {part.organisation for part in parts}
    return {
        version.pk: version
        for version in versions.select_related("organisation", "framework")
        if version.organisation.slug in trusts and _identity(version) not in own
    }


def _identity(version: TrustReturn) -> tuple[str, str, Period]:
    return version.organisation.slug, version.framework.slug, version.period


def _figures(versions: dict[int, TrustReturn]) -> pd.DataFrame:
    rows = Observation.objects.filter(trust_return__in=list(versions)).values_list(
        "organisation__slug", "measure__code", *PERIOD, "trust_return"
    )
    figures = pd.DataFrame.from_records(list(rows), columns=[*FIGURE, "trust_return"])
    return figures.assign(**{name: pd.to_datetime(figures[name]).astype("datetime64[s]") for name in PERIOD})


def _found(figures: Figures, both: pd.DataFrame, others: dict[int, TrustReturn]) -> Iterator[Found]:
    rows = figures.frame["row"].to_numpy().tolist()
    for position, key in zip(both["position"].tolist(), both["trust_return"].tolist(), strict=True):
        other = others[key]
        yield error(
            CODE,
            f"The return for {other.framework.short_title}, {other.period} (version {other.version}) has "
            "this figure already. Send the next version of that one, or leave this row out.",
            row=rows[position],
            column=figures.header_of("measure", position),
        )
