"""How many trusts changed band from one year to the next, and how many would by chance alone."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import pandas as pd

from performance.calculation.national import Finding, as_table
from performance.calculation.plans import FrameworkPlan
from performance.calculation.process import weighted_part
from performance.calculation.ratings import DRAWS, SEED
from performance.calculation.scoring import observations, scale, scheme_of
from performance.statistics.ratings.evidence import evidence_of
from performance.statistics.ratings.levels import constant_levels
from performance.statistics.ratings.volatility import RatedTogether, Volatility, band_changes, volatility
from performance.vocabulary import Method, Subject

FIGURE = ["measure", "organisation", "period_start", "period_end"]
STANDING = ["framework", "organisation", "period_start"]

Plans = dict[str, FrameworkPlan]


def scored_figures(measures: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """What ratings were made of. measures: the table `rating_measures`; indicators: that table, with each
    measure's unit beside it. Returns the first with numerator, denominator and unit."""
    is_of_year = pd.Series(True, indicators.index)
    for name in ("period_start", "period_end"):
        is_of_year &= indicators[name].isin(measures[name].unique())
    counts = indicators.loc[is_of_year, [*FIGURE, "numerator", "denominator", "unit"]]
    return measures[["framework", *FIGURE, "value", "target"]].merge(counts, on=FIGURE, how="left")


def changes_of_band(
    rated: pd.DataFrame, figures: pd.DataFrame, plans: Sequence[FrameworkPlan]
) -> list[pd.DataFrame]:
    """A row of the table `national` for any two years that follow one another.

    rated: wholes of the table `ratings`, a trust once a year; figures: of `scored_figures`; plans: all
    frameworks. The estimate is how many of the n trusts rated in both years changed band. by_chance is
    how many would had no trust's level changed against what was asked of it: each year with its own
    cases, targets and framework. lower and upper hold the middle 95% of such years, p is the chance of
    as many changes or more.
    """
    years = [
        year.assign(organisation=year["organisation"].astype(str))
        for _, year in rated.groupby("period_start")
    ]
    by_slug = {plan.slug: plan for plan in plans}
    bands = [str(band) for band in sorted({number for plan in plans for number, _ in plan.bands})]
    return [
        _change(before, after, figures, by_slug, bands)
        for before, after in pairwise(years)
        if after["period_start"].iloc[0].year == before["period_start"].iloc[0].year + 1
    ]


def _change(
    before: pd.DataFrame, after: pd.DataFrame, figures: pd.DataFrame, plans: Plans, bands: Sequence[str]
) -> pd.DataFrame:
    first, second = (year.dropna(subset="band").set_index("organisation") for year in (before, after))
    result = band_changes(_names(first), _names(second), bands)
    finding = Finding(Subject.BANDS, Method.BAND_CHANGES, result.trusts, result.reason)
    if result.changed is not None:
        both = first.index.intersection(second.index)
        chance = _by_chance([year.loc[both] for year in (first, second)], figures, plans, bands)
        # Kappa's reason is none of the number's.
        finding = Finding(
            Subject.BANDS,
            Method.BAND_CHANGES,
            result.trusts,
            "",
            result.changed,
            by_chance=chance.expected_changes,
            lower=chance.lower,
            upper=chance.upper,
            p=chance.probability,
        )
    return as_table([finding], before["period_start"].iloc[0], after["period_end"].iloc[0])


def _names(year: pd.DataFrame) -> pd.Series:
    return year["band"].astype(int).astype(str)


def _by_chance(
    years: list[pd.DataFrame], figures: pd.DataFrame, plans: Plans, bands: Sequence[str]
) -> Volatility:
    """years: the same trusts in both, each with the framework that rated it."""
    observed = [_observed(year, figures) for year in years]
    levels = constant_levels(pd.concat(observed))
    before, after = (list(_groups(year, levels, plans)) for year in observed)
    return volatility(before, after, bands, seed=SEED, draws=DRAWS)


def _observed(year: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """The figures by which these trusts were rated, as `observations` has them, with framework and target."""
    stood = year.reset_index()[STANDING].astype({"framework": str})
    texts = {name: figures[name].astype(str) for name in ("framework", "organisation", "measure", "unit")}
    own = figures.assign(**texts).merge(stood, on=STANDING)
    return observations(own).assign(framework=own["framework"], target=own["target"] / scale(own))


def _groups(observed: pd.DataFrame, levels: pd.DataFrame, plans: Plans) -> Iterator[RatedTogether]:
    """The trusts of a year by the framework that rated them."""
    for slug, own in observed.groupby("framework"):
        scheme = scheme_of(weighted_part(plans[str(slug)]), set(own["measure"]))
        if scheme:
            evidence = evidence_of(scheme, own)
            targets = own.pivot(index="trust", columns="measure", values="target")[scheme.codes]
            truth = levels.reindex_like(targets) * targets
            # As much as a target asks for may be more than all.
            truth = truth.where(~evidence.is_counted, truth.clip(upper=1.0))
            yield RatedTogether(scheme, evidence, truth, targets)
