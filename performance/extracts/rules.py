"""The rules by which a framework's measures are counted from cases, as the database holds them."""

import datetime

from pydantic import TypeAdapter

from performance.extracts.reading import Known
from performance.frameworks.case_rules import AnyRule, CaseRule
from performance.models import Framework, Measure
from performance.returns.known import ReturnNames
from trusts.models import OrganisationKind

_RULE: TypeAdapter[AnyRule] = TypeAdapter(CaseRule)


def rule_of(measure: Measure) -> AnyRule:
    return _RULE.validate_python(measure.case_rule)


def rules_of(framework: Framework) -> dict[str, AnyRule]:
    """By measure, in the order of the framework; of measures that can't be counted so there is none."""
    measures = Measure.objects.filter(
        framework_measures__domain__framework=framework, case_rule__isnull=False
    ).order_by("framework_measures__domain__position", "framework_measures__position")
    return {measure.code: rule_of(measure) for measure in measures}


def known_trusts(names: ReturnNames, taken: datetime.date) -> Known:
    """taken: the day on which an extract was taken."""
    organisations = names.names.organisations
    trusts = {slug for slug, found in organisations.items() if found.kind == OrganisationKind.TRUST}
    written = {text: slug for text, slug in names.written.organisations.items() if slug in trusts}
    return Known(written, taken)
