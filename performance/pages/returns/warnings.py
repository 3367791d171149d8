"""Warnings about drafts, and the reasons that were given for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from performance.models import Finding, Severity, TrustReturn
from performance.pages.forms.returns import ReasonForm
from performance.pages.returns.version import Version
from performance.returns.life_cycle import check_may_give_reasons
from performance.wording import counted
from trusts.models import Person
from trusts.permission import NotAllowed

# As many as a page lists of one kind; the rows and the downloads have the others.
MOST_LISTED = 20


@dataclass(frozen=True)
class Given:
    """A reason, and the warnings that it covers."""

    reason: str
    findings: list[Finding]

    @property
    def first(self) -> Finding:
        """For who gave it, and when: of all the same."""
        return self.findings[0]

    @property
    def listed(self) -> list[Finding]:
        return self.findings[:MOST_LISTED]


@dataclass(frozen=True)
class Warnings:
    """Those of one code about one return. form: for a reason that covers all open ones; forms: for
    one of them each. None, where there is nothing to give or the reader may not."""

    version: Version
    code: str
    open: list[Finding]
    given: list[Given]
    form: ReasonForm | None
    forms: list[tuple[Finding, ReasonForm]]

    @property
    def title(self) -> str:
        """jump-on-last-period as Jump on last period."""
        return self.code.replace("-", " ").capitalize()

    @property
    def listed(self) -> list[Finding]:
        return self.open[:MOST_LISTED]

    @property
    def unlisted(self) -> int:
        return len(self.open) - len(self.listed)

    @property
    def has_refused(self) -> bool:
        """Whether one of the forms for one warning was filled in wrongly."""
        return any(form.is_bound for _, form in self.forms)

    @property
    def how_many(self) -> str:
        return counted(len(self.open), "warning")


def warnings_about(
    versions: Sequence[TrustReturn], person: Person, then: str = "", refused: ReasonForm | None = None
) -> list[Warnings]:
    """By version as given, and code. then: which page comes after a reason, "return" or that of the
    upload. refused: a form that was filled in wrongly, in the place of its like."""
    may = {version.pk: may_give_reasons(version, person) for version in versions}
    findings = Finding.objects.filter(trust_return__in=versions, severity=Severity.WARNING)
    findings = findings.select_related("accepted_by").order_by("trust_return", "code", "row", "pk")
    order = {version.pk: place for place, version in enumerate(versions)}
    groups = groupby(findings, key=lambda finding: (finding.trust_return_id, finding.code))
    found = {key: list(group) for key, group in groups}
    return [
        _warnings(versions[order[pk]], code, of_code, may[pk], then, refused)
        for (pk, code), of_code in sorted(found.items(), key=lambda item: (order[item[0][0]], item[0][1]))
    ]


def may_give_reasons(version: TrustReturn, person: Person) -> bool:
    try:
        check_may_give_reasons(version, person)
    except NotAllowed:
        return False
    return True


def _warnings(
    version: TrustReturn,
    code: str,
    findings: list[Finding],
    may: bool,
    then: str,
    refused: ReasonForm | None,
) -> Warnings:
    is_open = [finding for finding in findings if finding.accepted_at is None]
    asks = bool(is_open) and may
    about = {"trust_return": version.pk, "code": code, "then": then}
    several = is_open[:MOST_LISTED] if asks and len(is_open) > 1 else []
    return Warnings(
        version=Version(version),
        code=code,
        open=is_open,
        given=_given(finding for finding in findings if finding.accepted_at),
        form=_form(about, refused) if asks else None,
        forms=[(finding, _form_of_one(finding, then, refused)) for finding in several],
    )


def _form(about: dict[str, Any], refused: ReasonForm | None) -> ReasonForm:
    """A form of its own ids, as a page has several."""
    auto_id = f"{'-'.join(str(about[key]) for key in ('trust_return', 'code', 'finding') if key in about)}-%s"
    if refused and refused.is_about(about):
        refused.auto_id = auto_id
        return refused
    return ReasonForm(initial=about, auto_id=auto_id)


def _form_of_one(finding: Finding, then: str, refused: ReasonForm | None) -> ReasonForm:
    form = _form({"finding": finding.pk, "then": then}, refused)
    # For readers who go from field to field.
    place = f"row {finding.row}, {finding.column}," if finding.column else f"row {finding.row}"
    form.fields["reason"].label = f"Why is {place} right?"
    return form


def _given(findings: Iterable[Finding]) -> list[Given]:
    def said(finding: Finding) -> tuple[Any, ...]:
        return (finding.accepted_at, finding.acceptance_reason)

    return [Given(key[1], list(group)) for key, group in groupby(sorted(findings, key=said), key=said)]
