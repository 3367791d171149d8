"""Returns that contradict one another: the same figure in two that count now."""

import pandas as pd
from django.db.models import Count, Exists, OuterRef, Q

from performance.models import Observation, Series, TrustReturn
from performance.models.trust_return import TrustReturnQuerySet
from performance.periods import Period

FIGURE = ["organisation", "measure", "period_start", "period_end"]


def conflicting_returns(series: Series) -> list[str]:
    """A sentence for each two current returns of the series that hold the same figure (measure,
    organisation and period), whatever the order in which they came. Empty if none do.

    A figure is of the trust of its return and ends within its period, so only returns whose
    periods overlap are looked into: as a rule there are none.
    """
    figures = _figures(series)
    figures = figures[figures.duplicated(FIGURE, keep=False)]
    returns = {found.pk: _written(found) for found in _overlapping(series).select_related("framework")}
    figures = figures.assign(sent_in=figures["trust_return"].map(returns).astype(str))
    both = figures.merge(figures, on=FIGURE, suffixes=("", "_too"))
    both = both[both["sent_in"] < both["sent_in_too"]].sort_values(FIGURE)
    return [_sentence(found) for _, found in both.groupby(["organisation", "sent_in", "sent_in_too"])]


def _overlapping(series: Series) -> TrustReturnQuerySet:
    """Current returns whose trust has another one for a period with days in common."""
    current = TrustReturn.objects.current().filter(series=series)
    others = current.filter(
        ~Q(pk=OuterRef("pk")),
        organisation=OuterRef("organisation"),
        period_start__lte=OuterRef("period_end"),
        period_end__gte=OuterRef("period_start"),
    )
    return current.filter(Exists(others))


def _figures(series: Series) -> pd.DataFrame:
    """Figures of those returns, all that two hold among them: FIGURE, organisations by name, and
    trust_return. The database finds what is held twice, so that few rows need be read."""
    figures = Observation.objects.filter(trust_return__in=_overlapping(series))
    twice = list(figures.values(*FIGURE).annotate(held=Count("pk")).filter(held__gt=1))
    columns = ("organisation__name", "measure__code", "period_start", "period_end", "trust_return")
    rows = figures.filter(**{f"{name}__in": {found[name] for found in twice} for name in FIGURE})
    return pd.DataFrame.from_records(rows.values_list(*columns), columns=[*FIGURE, "trust_return"])


def _written(found: TrustReturn) -> str:
    """As files name it: only the slug of a framework is no other framework's."""
    period = Period(found.period_start, found.period_end)
    return f"{found.framework.slug} ({period}, version {found.version})"


def _sentence(figures: pd.DataFrame) -> str:
    """figures: all that one return and another hold both, in order."""
    first = figures.iloc[0]
    period = Period(first["period_start"], first["period_end"])
    such_as = f"{first['measure']} {period.preposition} {period}"
    count = len(figures)
    held = f"the figure {such_as}" if count == 1 else f"{count:,} figures, such as {such_as}"
    one, other = first["sent_in"], first["sent_in_too"]
    return f"{first['organisation']}: the returns for {one} and for {other} both hold {held}."
