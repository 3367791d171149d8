"""What else a simulated release holds: control charts, questions for audit, and process by kind with ranks.

Made up beside the figures and findings, and only as far as pages need it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from performance.models import (
    AuditResult,
    ChangeResult,
    DivergenceResult,
    IndicatorResult,
    Measure,
    NationalResult,
    Release,
)
from performance.periods import Period
from performance.vocabulary import (
    Assurance,
    AuditSignal,
    ControlChart,
    Method,
    ProcessKind,
    Subject,
    Variation,
)
from tests.performance.pages.simulated_figures import YEARS, between, financial_year, months
from tests.performance.pages.simulated_rated import store_rated

LATE = "breach-10-days"
# One series after the other looks otherwise.
VARIATIONS = (
    Variation.COMMON_CAUSE,
    Variation.CONCERN,
    Variation.COMMON_CAUSE,
    Variation.IMPROVEMENT,
    Variation.CANNOT_TELL,
)
ASSURANCES = (Assurance.HITS_AND_MISSES, Assurance.FAILS, Assurance.PASSES)
RANKED_BY = {"process": "attainment", "outcome": "outcome"}
RANKS = [f"{side}_rank{end}" for side in RANKED_BY for end in ("", "_lower", "_upper")]
NUMBER_OF_TRUSTS = {"estimate": 8.0, "lower": 5.0, "upper": 11.0}
BY_KIND = {
    Method.SPEARMAN: {"estimate": 0.11, "lower": -0.24, "upper": 0.43, "p": 0.53},
    Method.LEAST_SIGNIFICANT: {"estimate": 0.33},
    Method.DETECTABLE: {"estimate": 0.47},
    Method.AGAINST_CHANCE: NUMBER_OF_TRUSTS | {"by_chance": 7.9, "p": 0.7},
    Method.EXPECTED_MET_BETTER: NUMBER_OF_TRUSTS,
    Method.EXPECTED_MET_WORSE: NUMBER_OF_TRUSTS,
    Method.EXPECTED_MISSED_BETTER: NUMBER_OF_TRUSTS,
    Method.EXPECTED_MISSED_WORSE: NUMBER_OF_TRUSTS,
}
TOO_FEW = "10 trusts with both figures are needed and there are 4"


@dataclass
class More:
    """Makes these rows for one draft release, beside its figures and findings, and stores them."""

    release: Release
    figures: list[IndicatorResult]
    random: np.random.Generator = field(default_factory=lambda: np.random.default_rng(3))

    def __post_init__(self) -> None:
        self.years = [row for row in self.figures if row.organisation.kind == "trust" and not row.is_part]

    def store(self) -> None:
        store_rated(self.release, self.years)
        ChangeResult.objects.bulk_create(self._changes())
        AuditResult.objects.bulk_create(self._audit())
        self._rank()
        DivergenceResult.objects.bulk_create(self._kinds())
        NationalResult.objects.bulk_create([*self._national(), *self._band_changes()])

    def _changes(self) -> Iterator[ChangeResult]:
        every = [month for first in YEARS for month in months(first)]
        days = {
            "period_start": [str(month.start) for month in every],
            "period_end": [str(month.end) for month in every],
        }
        latest = [row for row in self.years if row.period_start.year == YEARS[-1]]
        for number, row in enumerate(
            sorted(latest, key=lambda row: (row.organisation.slug, row.measure.code))
        ):
            level = row.value or 0.0
            spread = 0.03 * level
            values = (level + self.random.normal(0, spread / 3, len(every))).round(4).tolist()
            variation = VARIATIONS[number % len(VARIATIONS)]
            is_special = variation in (Variation.CONCERN, Variation.IMPROVEMENT)
            lines = {"centre": level, "lower": level - spread, "upper": level + spread}
            signal = [""] * (len(every) - 1) + ["shift" if is_special else ""]
            change = float(self.random.normal(0, spread))
            yield ChangeResult(
                release=self.release,
                measure=row.measure,
                organisation=row.organisation,
                period_start=every[0].start,
                period_end=every[-1].end,
                chart=ControlChart.XMR,
                points={
                    **days,
                    "value": values,
                    **{name: [line] * len(every) for name, line in lines.items()},
                    "signal": signal,
                },
                variation=variation,
                assurance=Assurance.CANNOT_TELL if row.target is None else ASSURANCES[number % 3],
                reason="there is no target" if row.target is None else "",
                change=change,
                change_lower=change - spread,
                change_upper=change + spread,
            )

    def _audit(self) -> Iterator[AuditResult]:
        span = Period(financial_year(YEARS[0]).start, financial_year(YEARS[-1]).end)
        measure = Measure.objects.get(code=LATE)
        place: dict[str, Any] = {"release": self.release, "measure": measure, **between(span)}
        asked = "How are months that just miss the target recorded and checked?"
        chances: dict[str, Any] = {"n": 1_260, "observed": 0.64, "by_chance": 0.55, "p": 0.004}
        yield AuditResult(signal=AuditSignal.HEAPING, adjusted_p=0.02, question=asked, **chances, **place)
        reason = "4 years are needed and there are 3"
        yield AuditResult(signal=AuditSignal.NARROWING, n=0, reason=reason, **place)
        trusts = {row.organisation.slug: row.organisation for row in self.years}
        for number, slug in enumerate(sorted(trusts)):
            found: dict[str, Any] = {"observed": 0.9, "p": 0.4, "adjusted_p": 0.8}
            if number % 9 == 3:
                asked = "Why do months differ less than chance alone would make them?"
                found = {"observed": 0.3, "p": 0.001, "adjusted_p": 0.03, "question": asked}
            signal = AuditSignal.SMOOTHNESS
            yield AuditResult(signal=signal, organisation=trusts[slug], n=36, by_chance=1.0, **found, **place)

    def _rank(self) -> None:
        """Of those that have both sides, with four places of doubt on either side."""
        for first in YEARS:
            of_year = DivergenceResult.objects.filter(period_start=financial_year(first).start)
            rows = list(of_year.filter(release=self.release, outcome__isnull=False))
            for side, name in RANKED_BY.items():
                for rank, row in enumerate(sorted(rows, key=lambda row: -getattr(row, name)), start=1):
                    row.ranked = len(rows)
                    limits = {"": rank, "_lower": max(rank - 4, 1), "_upper": min(rank + 4, len(rows))}
                    for end, place in limits.items():
                        setattr(row, f"{side}_rank{end}", place)
            DivergenceResult.objects.bulk_update(rows, ["ranked", *RANKS])

    def _kinds(self) -> Iterator[DivergenceResult]:
        """As of all kinds together, with another attainment."""
        names = [field.attname for field in DivergenceResult._meta.concrete_fields if field.name != "id"]
        for row in list(DivergenceResult.objects.filter(release=self.release)):
            for kind in (ProcessKind.TIMELINESS, ProcessKind.VOLUME, ProcessKind.COMPLIANCE):
                told = {name: getattr(row, name) for name in names} | {"kind": kind}
                if row.attainment is not None:
                    told["attainment"] = row.attainment + float(self.random.normal(0, 1))
                    told |= {"targets_judged": 4, "targets_met": min(row.targets_met, 4)}
                yield DivergenceResult(**told)

    def _national(self) -> Iterator[NationalResult]:
        """Of one kind alone. Of volume there is too little."""
        for of_all in NationalResult.objects.filter(release=self.release, method=Method.SPEARMAN):
            place: dict[str, Any] = {
                name: getattr(of_all, name)
                for name in ("release_id", "subject", "framework_id", "period_start", "period_end")
            }
            for kind in (ProcessKind.TIMELINESS, ProcessKind.COMPLIANCE):
                for method, told in BY_KIND.items():
                    yield NationalResult(kind=kind, method=method, n=34, **told, **place)
            kind = ProcessKind.VOLUME
            yield NationalResult(kind=kind, method=Method.SPEARMAN, n=4, reason=TOO_FEW, **place)

    def _band_changes(self) -> Iterator[NationalResult]:
        chances = {"by_chance": 9.2, "lower": 4.0, "upper": 14.0, "p": 0.006}
        for first in YEARS[:-1]:
            span = Period(financial_year(first).start, financial_year(first + 1).end)
            yield NationalResult(
                release=self.release,
                subject=Subject.BANDS,
                method=Method.BAND_CHANGES,
                n=35,
                estimate=16.0,
                **chances,
                **between(span),
            )
