"""A valid, stored instance of each model. Anything may be overridden by keyword."""

import datetime
import re
from collections.abc import Callable
from itertools import count
from typing import Any

from django.db.models import Model
from django.utils import timezone

from performance.models import (
    AuditResult,
    CalculatedPart,
    CaseExtract,
    ChangeResult,
    DivergenceResult,
    Domain,
    EarlySight,
    Event,
    Finding,
    Framework,
    FrameworkMeasure,
    IndicatorResult,
    Job,
    Measure,
    NationalResult,
    Observation,
    PredictionResult,
    PublishedTable,
    RatingMeasureResult,
    RatingResult,
    Release,
    Reminder,
    ReweightingResult,
    Sentence,
    Series,
    Target,
    TrustReturn,
    Upload,
)
from trusts.models import ApiToken, Organisation, Person, Role, Succession

YEAR = {"period_start": datetime.date(2010, 4, 1), "period_end": datetime.date(2011, 3, 31)}
DIGEST = "0" * 64

_number = count(1)


def maker_of(model: type[Model]) -> Callable[..., Any]:
    """make_trust_return of TrustReturn."""
    maker: Callable[..., Any] = globals()[f"make_{snake_case(model.__name__)}"]
    return maker


def snake_case(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def _filled(given: dict[str, Any], **makers: Any) -> dict[str, Any]:
    """What was given, and for what wasn't, a new instance from its maker."""
    return given | {name: maker() for name, maker in makers.items() if name not in given}


def make_organisation(**given: Any) -> Organisation:
    number = next(_number)
    values = {
        "slug": f"organisation-{number}",
        "code": f"O{number}",
        "name": f"Organisation {number}",
        "kind": "trust",
        "certainty": "verbatim",
    }
    return Organisation.objects.create(**values | given)


def make_succession(**given: Any) -> Succession:
    values = {"date": datetime.date(2010, 4, 1), "territory": "whole", "certainty": "verbatim"}
    organisations = _filled(given, predecessor=make_organisation, successor=make_organisation)
    return Succession.objects.create(**values | organisations)


def make_person(**given: Any) -> Person:
    values = {"username": f"person-{next(_number)}", "role": Role.NOMS_ANALYST}
    return Person.objects.create(**values | given)


def make_api_token(**given: Any) -> ApiToken:
    number, now = next(_number), timezone.now()
    values = {
        "name": f"Token {number}",
        "digest": f"{number:064x}",
        "created": now,
        "expires": now + datetime.timedelta(days=30),
    }
    return ApiToken.objects.create(**values | _filled(given, person=make_person))


def make_series(**given: Any) -> Series:
    number = next(_number)
    values = {
        "slug": f"series-{number}",
        "title": f"Series {number}",
        "standing": "published-record",
        "description": "Figures.",
    }
    return Series.objects.create(**values | given)


def make_measure(**given: Any) -> Measure:
    number = next(_number)
    values = {
        "code": f"measure-{number}",
        "title": f"Measure {number}",
        "short_title": f"Measure {number}",
        "kind": "timeliness",
        "polarity": "higher",
        "unit": "share",
        "counted": "reports delivered on time",
        "out_of": "reports due",
        "why_it_matters": "Courts wait for them.",
        "standing": "documented",
        "sources": [{"title": "A circular", "address": None}],
    }
    return Measure.objects.create(**values | given)


def make_framework(**given: Any) -> Framework:
    number = next(_number)
    values = {
        "slug": f"framework-{number}",
        "title": f"Framework {number}",
        "short_title": f"Framework {number}",
        "starts": datetime.date(2010, 4, 1),
        "ends": datetime.date(2011, 3, 31),
        "applies_to": "The 35 trusts",
        "summary": "What trusts were held to.",
        "rating_scheme": "none",
        "rating": {"scheme": "none"},
        "standing": {"weights": {"standing": "reconstructed", "note": "Equal."}},
        "sources": [{"title": "A circular", "address": None}],
    }
    return Framework.objects.create(**values | given)


def make_domain(**given: Any) -> Domain:
    number = next(_number)
    values = {"code": f"domain-{number}", "title": f"Domain {number}", "position": 1, "weight": 1.0}
    return Domain.objects.create(**values | _filled(given, framework=make_framework))


def make_framework_measure(**given: Any) -> FrameworkMeasure:
    values = {
        "position": 1,
        "weight": 1.0,
        "target": 90.0,
        "target_standing": "documented",
        "standing": "documented",
    }
    return FrameworkMeasure.objects.create(
        **values | _filled(given, domain=make_domain, measure=make_measure)
    )


def make_published_table(**given: Any) -> PublishedTable:
    values = {
        "name": f"table-{next(_number)}",
        "version": 1,
        "read_on": datetime.date(2026, 11, 21),
        "sha256": DIGEST,
    }
    return PublishedTable.objects.create(**values | _filled(given, series=make_series))


def make_upload(**given: Any) -> Upload:
    values = {
        "uploaded_at": timezone.now(),
        "name": "return.csv",
        "size": 120,
        "sha256": DIGEST,
        "file": "returns/2010/05/return.csv",
    }
    return Upload.objects.create(**values | _filled(given, series=make_series, uploaded_by=make_person))


def make_trust_return(**given: Any) -> TrustReturn:
    related = _filled(given, series=make_series, organisation=make_organisation, framework=make_framework)
    if "upload" not in related:
        related["upload"] = make_upload(series=related["series"], organisation=related["organisation"])
    return TrustReturn.objects.create(**YEAR | related)


def make_case_extract(**given: Any) -> CaseExtract:
    values = YEAR | {
        "taken": datetime.date(2011, 4, 30),
        "sent_at": timezone.now(),
        "name": f"events-{next(_number)}.csv",
        "size": 100,
        "delete_on": datetime.date(2011, 5, 30),
    }
    makers = {"series": make_series, "framework": make_framework, "sent_by": make_person}
    return CaseExtract.objects.create(**values | _filled(given, **makers))


def make_finding(**given: Any) -> Finding:
    values = {"code": "jump", "severity": "warning", "sentence": "The number has doubled."}
    return Finding.objects.create(**values | _filled(given, upload=make_upload))


def make_reminder(**given: Any) -> Reminder:
    related = _filled(given, series=make_series, organisation=make_organisation, framework=make_framework)
    return Reminder.objects.create(**YEAR | {"kind": "late"} | related)


def make_target(**given: Any) -> Target:
    related = _filled(
        given,
        framework_measure=make_framework_measure,
        organisation=make_organisation,
    )
    if "trust_return" not in related:
        related = _filled(related, published_table=make_published_table)
    return Target.objects.create(**YEAR | {"value": 90.0} | related)


def make_observation(**given: Any) -> Observation:
    values = {
        "status": "reported",
        "unit": "share",
        "numerator": 479,
        "denominator": 692,
        "value": 69.0,
        "source": "https://example.org/hansard",
        "certainty": "verbatim",
    }
    if "trust_return" not in given:
        given = _filled(given, published_table=make_published_table)
    return Observation.objects.create(
        **YEAR | values | _filled(given, measure=make_measure, organisation=make_organisation)
    )


def make_release(**given: Any) -> Release:
    values = {
        "number": next(_number),
        "title": "A release",
        "figures_as_at": datetime.date(2012, 1, 1),
        "inputs_digest": DIGEST,
        "digest": DIGEST,
        "code_version": "0" * 16,
        "built_at": timezone.now(),
    }
    return Release.objects.create(**values | _filled(given, series=make_series, built_by=make_person))


def make_early_sight(**given: Any) -> EarlySight:
    values = {"name": "A Minister", "office": "Minister of State", "since": timezone.now()}
    return EarlySight.objects.create(**values | _filled(given, release=make_release))


def make_indicator_result(**given: Any) -> IndicatorResult:
    observation = given.get("observation") or make_observation()
    values = {
        "observation": observation,
        "measure": observation.measure,
        "organisation": observation.organisation,
        "status": "reported",
        "value": 69.2,
        "target_status": "no-target",
        "flag": "not-compared",
    }
    return IndicatorResult.objects.create(**YEAR | values | _filled(given, release=make_release))


def make_rating_result(**given: Any) -> RatingResult:
    values = {"score": 2.5, "band": 3, "band_probabilities": {"3": 0.9, "4": 0.1}}
    related = _filled(given, release=make_release, framework=make_framework, organisation=make_organisation)
    return RatingResult.objects.create(**YEAR | values | related)


def make_rating_measure_result(**given: Any) -> RatingMeasureResult:
    values = {"score": 3.0, "weight": 0.1, "value": 91.0, "target": 90.0}
    related = _filled(
        given,
        release=make_release,
        framework=make_framework,
        domain=make_domain,
        measure=make_measure,
        organisation=make_organisation,
    )
    return RatingMeasureResult.objects.create(**YEAR | values | related)


def make_reweighting_result(**given: Any) -> ReweightingResult:
    values = {"weighting": "outcomes-only", "score": 2.5, "band": 3}
    related = _filled(given, release=make_release, framework=make_framework, organisation=make_organisation)
    return ReweightingResult.objects.create(**YEAR | values | related)


def make_audit_result(**given: Any) -> AuditResult:
    values = {"signal": "smoothness", "n": 36, "p": 0.4, "adjusted_p": 0.9}
    related = _filled(given, release=make_release, measure=make_measure)
    return AuditResult.objects.create(**YEAR | values | related)


def make_divergence_result(**given: Any) -> DivergenceResult:
    values = {"process": 80.0, "outcome": 1.5, "quadrant": "met-better", "probability": 0.9}
    related = _filled(given, release=make_release, framework=make_framework, organisation=make_organisation)
    return DivergenceResult.objects.create(**YEAR | values | related)


def make_prediction_result(**given: Any) -> PredictionResult:
    values = {
        "observed": 1_500,
        "cases": 17_000,
        "expected": 1_530.0,
        "difference": -0.18,
        "verdict": "not significantly different from predicted",
    }
    related = _filled(given, release=make_release, measure=make_measure, organisation=make_organisation)
    return PredictionResult.objects.create(**YEAR | values | related)


def make_change_result(**given: Any) -> ChangeResult:
    values = {"chart": "p-chart", "variation": "common-cause", "assurance": "hit-and-miss"}
    related = _filled(given, release=make_release, measure=make_measure, organisation=make_organisation)
    return ChangeResult.objects.create(**YEAR | values | related)


def make_national_result(**given: Any) -> NationalResult:
    values = {"subject": "process-and-outcome", "method": "spearman", "estimate": -0.1, "n": 35}
    return NationalResult.objects.create(**YEAR | values | _filled(given, release=make_release))


def make_sentence(**given: Any) -> Sentence:
    values = {"topic": "divergence", "position": 1, "text": "9 of 35 trusts met their targets."}
    return Sentence.objects.create(**YEAR | values | _filled(given, release=make_release))


def make_calculated_part(**given: Any) -> CalculatedPart:
    values = {"key": f"{next(_number):064x}", "name": "2010-11", "payload": b"{}"}
    return CalculatedPart.objects.create(**values | given)


def make_job(**given: Any) -> Job:
    values = {"kind": "build-release", "requested_at": timezone.now(), "steps_total": 3}
    return Job.objects.create(**values | _filled(given, series=make_series, requested_by=make_person))


def make_event(**given: Any) -> Event:
    values = {"verb": "built", "subject": "Public record, release 1", "detail": {"digest": DIGEST}}
    return Event.objects.create(**values | given)
