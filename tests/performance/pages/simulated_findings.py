"""What a simulated release finds: ratings, predictions, quarters, national figures and sentences.

Nothing here is worked out from the figures: it is there for pages to show.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import numpy as np

from performance.models import (
    DivergenceResult,
    Domain,
    Framework,
    Measure,
    NationalResult,
    PredictionResult,
    RatingResult,
    Release,
    Sentence,
)
from performance.periods import Period
from performance.vocabulary import Method, Quadrant, Subject
from tests.performance.pages.simulated_figures import REOFFENDING, YEARS, between, financial_year
from trusts.models import Organisation

QUARTERS = (Quadrant.MET_WORSE, Quadrant.MET_BETTER, Quadrant.MISSED_WORSE, Quadrant.MISSED_BETTER)


@dataclass
class Findings:
    """Makes the findings of one draft release and stores them. size: of each trust, 1 on average."""

    release: Release
    size: dict[Organisation, float]
    random: np.random.Generator = field(default_factory=lambda: np.random.default_rng(2))

    def store(self) -> None:
        for first in YEARS:
            self._year(financial_year(first))
        self._across()

    def _year(self, year: Period) -> None:
        framework = Framework.objects.get(slug="ptrs-2012-13" if year.start.year == 2012 else "ptrs-2010-11")
        domains = list(Domain.objects.filter(framework=framework).order_by("position"))
        for number, trust in enumerate(sorted(self.size, key=lambda trust: trust.slug)):
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
        measure = Measure.objects.get(code=REOFFENDING)
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
