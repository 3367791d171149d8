"""A release of made-up figures, as large as one of the simulated series: 35 trusts in three years.

Put together without the calculation, so that pages can be tested by themselves. What they say of
one another is only roughly so: nothing here is worked out from anything else but the sums.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import numpy as np
import pytest

from performance.calculation.framework_mix import framework_mixes
from performance.models import (
    DivergenceResult,
    Domain,
    Framework,
    IndicatorResult,
    Measure,
    NationalResult,
    Observation,
    PredictionResult,
    RatingResult,
    Release,
    Sentence,
    Series,
)
from performance.periods import Period
from performance.releases.actions import publish_release
from performance.vocabulary import Method, Quadrant, Subject
from tests.factories import make_person, make_release, make_series, make_trust_return
from trusts.history import consists_of
from trusts.models import Organisation, Role

SLUG = "simulated"
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
WITH_MONTHS = ("london", "england-and-wales", "london-region")
QUARTERS = (Quadrant.MET_WORSE, Quadrant.MET_BETTER, Quadrant.MISSED_WORSE, Quadrant.MISSED_BETTER)


def financial_year(first: int) -> Period:
    return Period(datetime.date(first, 4, 1), datetime.date(first + 1, 3, 31))


def months(first: int) -> list[Period]:
    starts = [datetime.date(first + (m > 12), (m - 1) % 12 + 1, 1) for m in range(4, 17)]
    one_day = datetime.timedelta(days=1)
    return [Period(a, b - one_day) for a, b in zip(starts, starts[1:], strict=False)]


def between(period: Period) -> dict[str, datetime.date]:
    return {"period_start": period.start, "period_end": period.end}


@dataclass
class Simulation:
    """Makes the rows of one draft release and stores them."""

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
        for first in YEARS:
            self._year(financial_year(first))
        self._across()

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

    def _year(self, year: Period) -> None:
        framework = Framework.objects.get(slug="ptrs-2012-13" if year.start.year == 2012 else "ptrs-2010-11")
        domains = list(Domain.objects.filter(framework=framework).order_by("position"))
        for number, trust in enumerate(sorted(self.trusts, key=lambda trust: trust.slug)):
            place = {"release": self.release, "organisation": trust, **between(year)}
            self._rating(framework, domains, place)
            self._divergence(framework, place, is_compared=number != 7)
            self._sentences(trust, year, place)
        self._national(framework, year)

    def _rating(self, framework: Framework, domains: Iterable[Domain], place: dict[str, Any]) -> None:
        score = float(self.random.uniform(2.0, 3.8))
        band = 2 if score < 2.5 else 3 if score < 3.5 else 4
        sure = float(self.random.uniform(0.55, 0.97))
        other = 3 if band != 3 else 4
        RatingResult.objects.create(
            framework=framework,
            score=score,
            band=band,
            band_probabilities={str(band): sure, str(other): 1 - sure},
            weight_used=0.92,
            **place,
        )
        for domain in domains:
            RatingResult.objects.create(
                framework=framework, domain=domain, score=score + float(self.random.normal(0, 0.2)), **place
            )

    def _divergence(self, framework: Framework, place: dict[str, Any], *, is_compared: bool) -> None:
        trust = place["organisation"]
        cohort = int(17_600 * self.size[trust]) + 200
        outcome, error = float(self.random.normal(0, 1.2)), 30 / cohort**0.5
        reoffended = int(cohort * 0.0905 - outcome * cohort / 100)
        self._prediction(place, cohort, reoffended, -outcome, error, is_compared=is_compared)
        if not is_compared:
            reason = "no quarterly cohort has a predicted rate"
            DivergenceResult.objects.create(
                framework=framework, process=70.0, quadrant=Quadrant.NOT_COMPARED, reason=reason, **place
            )
            return
        attainment = float(self.random.normal(101, 2.5))
        required = 11_000 * self.size[trust]
        meets, worse = float(attainment >= 100), float(outcome < 0)
        fact = QUARTERS[int(2 * (1 - meets) + (1 - worse))]
        is_sure = abs(outcome) > 1.2 * error and abs(attainment - 100) > 0.7
        DivergenceResult.objects.create(
            framework=framework,
            process=100 * self.random.integers(4, 12) / 12,
            process_standard_error=6.0,
            targets_judged=12,
            targets_met=int(self.random.integers(4, 12)),
            counted=int(required * attainment / 100),
            cases=int(required / 0.9),
            required=required,
            attainment=attainment,
            attainment_standard_error=0.5,
            outcome=outcome,
            outcome_standard_error=error,
            reoffended=reoffended,
            cohort=cohort,
            expected=cohort * 0.0905,
            meets=0.9 if meets else 0.1,
            worse=0.9 if worse else 0.1,
            fact=fact,
            quadrant=fact if is_sure else Quadrant.NOT_DETERMINED,
            probability=0.86 if is_sure else 0.57,
            **place,
        )

    def _prediction(
        self,
        place: dict[str, Any],
        cases: int,
        observed: int,
        difference: float,
        error: float,
        *,
        is_compared: bool,
    ) -> None:
        measure = self.measures[REOFFENDING]
        if not is_compared:
            reason = "no quarterly cohort has a predicted rate"
            PredictionResult.objects.create(
                measure=measure, observed=observed, cases=cases, reason=reason, **place
            )
            return
        side = "lower" if difference < 0 else "higher"
        is_sure = abs(difference) > 1.96 * error
        verdict = (
            f"significantly {side} than predicted (95%)"
            if is_sure
            else "not significantly different from predicted"
        )
        PredictionResult.objects.create(
            measure=measure,
            observed=observed,
            cases=cases,
            expected=cases * 0.0905,
            actual_rate=100 * observed / cases,
            predicted_rate=9.05,
            difference=difference,
            lower=difference - 1.96 * error,
            upper=difference + 1.96 * error,
            standard_error=error,
            verdict=verdict,
            verdict_changes=abs(difference / error - 2) < 0.3,
            spread_verdict="not significantly different from predicted",
            national_difference=difference - 0.1,
            national_verdict="not significantly different from the national result for such offenders",
            **place,
        )

    def _sentences(self, trust: Organisation, year: Period, place: dict[str, Any]) -> None:
        texts = {
            "rating": f"On its results {trust.name} would be rated Good performance (band 3) for {year}.",
            "process": f"In {year} {trust.name} met 9 of its 12 process targets.",
            "outcome": f"Of 17,600 offenders 1,640 reoffended, 47 more than predicted, in {year}.",
            "divergence": f"Which quarter {trust.name} belongs in for {year} can’t be told.",
        }
        Sentence.objects.bulk_create(
            Sentence(topic=topic, position=position, text=text, **place)
            for position, (topic, text) in enumerate(texts.items(), 1)
        )

    def _national(self, framework: Framework, year: Period) -> None:
        place = {"release": self.release, **between(year)}
        pair = Subject.PROCESS_AND_OUTCOME
        rows = [
            (pair, Method.SPEARMAN, {"estimate": -0.08, "lower": -0.41, "upper": 0.27, "p": 0.65}),
            (pair, Method.WEIGHTED_RANK, {"estimate": -0.05, "lower": -0.38, "upper": 0.29, "p": 0.77}),
            (pair, Method.LATENT, {"reason": "the outcome is too noisy to look behind"}),
            (pair, Method.PROCESS_RELIABILITY, {"estimate": 0.93}),
            (pair, Method.OUTCOME_RELIABILITY, {"estimate": 0.35}),
            (pair, Method.LEAST_SIGNIFICANT, {"estimate": 0.33}),
            (pair, Method.DETECTABLE, {"estimate": 0.47}),
            (pair, Method.CEILING, {"estimate": 0.114}),
            (
                pair,
                Method.AGAINST_CHANCE,
                {"estimate": 9.0, "by_chance": 8.75, "lower": 6.0, "upper": 11.0, "p": 0.52},
            ),
            (pair, Method.EXPECTED_MET_WORSE, {"estimate": 8.1, "lower": 6.0, "upper": 11.0}),
            (Subject.BANDS, Method.MISBANDED, {"estimate": 6.4}),
        ]
        for subject, method, given in rows:
            NationalResult.objects.create(
                subject=subject, method=method, framework=framework, n=34, **place, **given
            )
        numbers = count(1)
        texts = {
            "quarters": f"Of 35 trusts in {year}, 4 could be named as meeting targets with a worse outcome.",
            "against-chance": f"9 of 34 trusts met targets and did worse in {year}; 8.75 would by chance.",
            "rank-correlation": f"The rank correlation in {year} is −0.08 (95% interval −0.41 to 0.27).",
            "bands": f"Of 35 trusts, 20 would be rated Good performance for {year}.",
            "caveat": f"The figures for {year} show where the two part, not why.",
        }
        for topic, text in texts.items():
            Sentence.objects.create(topic=topic, position=next(numbers), text=text, **place)

    def _across(self) -> None:
        span = Period(financial_year(YEARS[0]).start, financial_year(YEARS[-1]).end)
        place = {"release": self.release, "subject": Subject.PROCESS_AND_OUTCOME, **between(span)}
        given = {"estimate": 0.02, "lower": -0.11, "upper": 0.15, "p": 0.7}
        for method in (Method.LAG, Method.SAME_YEAR, Method.PLACEBO_LEAD, Method.BETWEEN_TRUSTS):
            NationalResult.objects.create(method=method, n=68, **place, **given)
        text = (
            "A trust’s better process in one year didn’t come before a better outcome in the next (68 pairs)."
        )
        Sentence.objects.create(release=self.release, topic="lag", position=9, text=text, **between(span))


def make_simulated_release(number: int = 1, **given: Any) -> Release:
    """A draft. Needs organisations and measures to be loaded."""
    series = Series.objects.filter(slug=SLUG).first() or make_series(
        slug=SLUG,
        title="Simulated returns",
        standing="simulated",
        description="Returns of 35 trusts over three years, made up by a program with a known truth planted.",
    )
    values = {
        "series": series,
        "number": number,
        "framework_mixes": framework_mixes(),
        "title": f"Simulated returns, release {number}",
    }
    release = make_release(**values | given)
    Simulation(release).store()
    return release


def publish_simulated_release() -> Release:
    """Release 1 of the simulated series. Needs organisations and measures to be loaded."""
    release = make_simulated_release(built_by=make_person(username="simulated-builder"))
    publisher = make_person(username="simulated-publisher", role=Role.NOMS_PUBLISHER)
    return publish_release(release=release, by=publisher)


@pytest.fixture(scope="module")
def _simulated_once_a_module(_published_once_a_module: None, django_db_blocker: Any) -> None:
    """Beside release 1 of the public record, within the same transaction."""
    with django_db_blocker.unblock():
        publish_simulated_release()


@pytest.fixture
def simulated_one(_simulated_once_a_module: None, db: None) -> Release:
    """The published release of the simulated series, beside that of the public record. What a test
    changes is undone after it."""
    return Release.objects.select_related("series").get(series__slug=SLUG, number=1)
