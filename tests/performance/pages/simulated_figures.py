"""The figures of a simulated release: 35 trusts in three years, and what is added up from them.

Put together without the calculation, so that pages can be tested by themselves.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from performance.models import Framework, IndicatorResult, Measure, Observation, Release
from performance.periods import Period
from tests.factories import make_person, make_trust_return
from trusts.history import consists_of
from trusts.models import Organisation

YEARS = (2010, 2011, 2012)
REOFFENDING = "local-adult-reoffending"
WORKLOAD = "offenders-per-offender-manager"
PROCESS = (
    "oasys-high-risk-5-days",
    "victim-contact-8-weeks",
    "oasys-15-days",
    "breach-10-days",
    "court-reports-on-time",
    "orders-licences-completed",
    "accommodation-at-termination",
    "obp-starts-meeting-criteria",
    "dtto-drr-completion-rate",
    "employment-sustained-4-weeks",
    "ethnicity-data",
)
VOLUME = "unpaid-work-completions"
# Whose months are kept: enough for what pages and files do with them.
WITH_MONTHS = ("london", "england-and-wales")


def financial_year(first: int) -> Period:
    return Period(datetime.date(first, 4, 1), datetime.date(first + 1, 3, 31))


def months(first: int) -> list[Period]:
    starts = [datetime.date(first + (m > 12), (m - 1) % 12 + 1, 1) for m in range(4, 17)]
    one_day = datetime.timedelta(days=1)
    return [Period(a, b - one_day) for a, b in zip(starts, starts[1:], strict=False)]


def between(period: Period) -> dict[str, datetime.date]:
    return {"period_start": period.start, "period_end": period.end}


@dataclass
class Figures:
    """Makes the indicator results of one draft release and stores them."""

    release: Release
    random: np.random.Generator = field(default_factory=lambda: np.random.default_rng(1))
    results: list[IndicatorResult] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.organisations = Organisation.objects.select_related("region").in_bulk(field_name="slug")
        self.measures = Measure.objects.in_bulk(field_name="code")
        self.trusts = [o for o in self.organisations.values() if o.kind == "trust"]
        size = self.random.lognormal(0, 0.6, len(self.trusts))
        self.size = dict(zip(self.trusts, 35 * size / size.sum(), strict=True))
        self.groups = dict(self._groups())
        self.trust_return = make_trust_return(
            series=self.release.series,
            organisation=self.organisations["london"],
            framework=Framework.objects.get(slug="ptrs-2010-11"),
            state="accepted",
            submitted_at=self.release.built_at,
            submitted_by=self.release.built_by,
            approved_at=self.release.built_at,
            approved_by=make_person(),
            accepted_at=self.release.built_at,
            accepted_by=make_person(),
        )
        self.release.trust_returns.add(self.trust_return)

    def _groups(self) -> Iterator[tuple[Organisation, list[Organisation]]]:
        """Who is added up from whom."""
        yield self.organisations["england-and-wales"], self.trusts
        by_size = sorted(self.trusts, key=lambda trust: self.size[trust])
        for slug, some in {"small": by_size[:12], "middle": by_size[12:24], "large": by_size[24:]}.items():
            yield self.organisations[f"peers-{slug}"], some
        for organisation in self.organisations.values():
            if organisation.kind == "region":
                members = [trust for trust in self.trusts if trust.region == organisation]
            elif organisation.kind == "probation-region":
                members = [o for o in consists_of(organisation).organisations if o.kind == "trust"]
            else:
                continue
            if len(members) > 1:
                yield organisation, members

    def store(self) -> None:
        for code in PROCESS:
            self._shares(self.measures[code], per_year=1_200, mean=91, target=90.0)
        self._shares(self.measures[REOFFENDING], per_year=17_600, mean=9, target=None)
        self._counts(self.measures[VOLUME])
        self._rates(self.measures[WORKLOAD])
        self._store_results()

    def _shares(self, measure: Measure, per_year: float, mean: float, target: float | None) -> None:
        level = {trust: mean + self.random.normal(0, mean * 0.03) for trust in self.trusts}
        for first in YEARS:
            counts = {}
            for trust in self.trusts:
                n = max(12, int(per_year * self.size[trust]))
                share = min(99.9, level[trust] + self.random.normal(0, 0.5)) / 100
                counts[trust] = (int(self.random.binomial(n, share)), n)
            self._share_rows(measure, first, counts, target)

    def _share_rows(
        self, measure: Measure, first: int, counts: dict[Organisation, tuple[int, int]], target: float | None
    ) -> None:
        pooled = np.array(list(counts.values())).sum(axis=0)
        for trust, (x, n) in counts.items():
            self._share(measure, trust, first, x, n, "12 of 12 months.", target, pooled)
        for group, members in self.groups.items():
            x, n = np.array([counts[member] for member in members]).sum(axis=0).tolist()
            self._share(measure, group, first, x, n, f"Added up from {len(members)} trusts.", None, None)

    def _share(
        self,
        measure: Measure,
        organisation: Organisation,
        first: int,
        x: int,
        n: int,
        note: str,
        target: float | None,
        pooled: np.ndarray | None,
    ) -> None:
        value = 100 * x / n
        error = 196 * (value / 100 * (1 - value / 100) / n) ** 0.5
        figures = {
            "numerator": x,
            "denominator": n,
            "expected": n * 0.0905 if measure.code == REOFFENDING else None,
            "value": value,
            "lower": max(0.0, value - error),
            "upper": min(100.0, value + error),
            "target": target,
            "target_status": "no-target" if target is None else "met" if value >= target else "missed",
            "attainment": None if target is None else 100 * value / target,
            "baseline": None if pooled is None else 100 * pooled[0] / pooled[1],
            "flag": "not-compared" if pooled is None else "inside",
        }
        self._add(measure, organisation, financial_year(first), note=note, **figures)
        if organisation.slug in WITH_MONTHS:
            for month in months(first):
                part = {"numerator": x // 12, "denominator": n // 12, "value": 100 * (x // 12) / (n // 12)}
                plain = {"target_status": "no-target", "flag": "not-compared", "is_part": True}
                self._add(measure, organisation, month, note="" if note[0] == "1" else note, **part, **plain)

    def _counts(self, measure: Measure) -> None:
        for first in YEARS:
            for trust in self.trusts:
                value = float(self.random.poisson(400 * self.size[trust]) + 1)
                self._add(
                    measure,
                    trust,
                    financial_year(first),
                    value=value,
                    numerator=int(value),
                    target=round(390 * self.size[trust]) + 1.0,
                    target_status="met",
                    attainment=101.0,
                    flag="not-compared",
                    note="Added up from 12 months.",
                )

    def _rates(self, measure: Measure) -> None:
        for first in YEARS:
            for trust in self.trusts:
                value = float(self.random.normal(32.5, 0.8))
                plain = {"target_status": "no-target", "flag": "not-compared", "is_sent": True}
                self._add(measure, trust, financial_year(first), value=value, **plain)

    def _add(
        self,
        measure: Measure,
        organisation: Organisation,
        period: Period,
        *,
        is_sent: bool = False,
        **given: Any,
    ) -> None:
        is_sent = is_sent or (bool(given.get("is_part")) and organisation.kind == "trust")
        by_todays_map = organisation.kind == "probation-region"
        self.results.append(
            IndicatorResult(
                release=self.release,
                measure=measure,
                organisation=organisation,
                observation=self._sent(measure, organisation, period, given) if is_sent else None,
                structure="today" if by_todays_map else "then",
                status="reported",
                **between(period),
                **given,
            )
        )

    def _sent(
        self, measure: Measure, organisation: Organisation, period: Period, given: dict[str, Any]
    ) -> Observation:
        return Observation(
            trust_return=self.trust_return,
            measure=measure,
            organisation=organisation,
            unit=measure.unit,
            status="reported",
            source="simulate_returns, seed 1",
            certainty="verbatim",
            **between(period),
            **{name: given.get(name) for name in ("numerator", "denominator", "value")},
        )

    def _store_results(self) -> None:
        Observation.objects.bulk_create(row.observation for row in self.results if row.observation)
        IndicatorResult.objects.bulk_create(self.results, batch_size=500)
