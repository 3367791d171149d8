"""What a file that was kept came to: returns, and warnings that ask for a reason."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q

from performance.exports.findings_workbook import can_annotate
from performance.models import Observation, ReturnState, Severity, TrustReturn, Upload
from performance.pages.forms.returns import ReasonForm
from performance.pages.returns.found_rows import found_in
from performance.pages.returns.version import Version
from performance.pages.returns.warnings import Warnings, may_give_reasons, warnings_about
from performance.wording import counted
from trusts.models import Person

# Of so many returns of one file the warnings are shown here, drafts with open ones first; those of
# others on their own pages.
MOST_RETURNS = 10


@dataclass(frozen=True)
class Kept:
    """A return that a file came to. open: warnings without a reason."""

    version: Version
    figures: int
    open: int
    is_superseded: bool

    @property
    def is_draft(self) -> bool:
        return self.version.stored.state == ReturnState.DRAFT and not self.is_superseded


def kept(upload: Upload, person: Person, refused: ReasonForm | None) -> dict[str, Any]:
    """For the template. refused: the form for a reason that was filled in wrongly."""
    returns = _returns(upload, person)
    drafts = [one for one in returns if one.is_draft]
    shown = sorted(returns, key=lambda one: (not one.is_draft, not one.open))[:MOST_RETURNS]
    (found,) = found_in(upload, (Severity.WARNING,))
    return {
        "heading": _heading(upload, returns, drafts),
        "returns": returns,
        "drafts": drafts,
        "open": counted(sum(one.open for one in drafts), "warning"),
        "has_open": any(one.open for one in drafts),
        "may_give": any(may_give_reasons(one.version.stored, person) for one in drafts),
        "warnings": _warnings(shown, person, refused),
        "others": len(returns) - len(shown),
        "of_the_file": [finding for finding in found.shown if finding.trust_return_id is None],
        "rows": found.rows,
        "can_annotate": can_annotate(upload.format, upload.lines),
    }


def _returns(upload: Upload, person: Person) -> list[Kept]:
    is_open = Q(findings__severity=Severity.WARNING, findings__accepted_at__isnull=True)
    stored = (
        TrustReturn.objects.visible_to(person)
        .filter(upload=upload)
        .select_related("organisation", "framework", "superseded_by")
        .annotate(open_warnings=Count("findings", filter=is_open))
        .order_by("organisation__name", "framework__starts", "period_end")
    )
    figures = Observation.objects.filter(trust_return__upload=upload).values_list("trust_return")
    counts = dict(figures.annotate(figures=Count("pk")).order_by())
    return [
        Kept(Version(one), counts.get(one.pk, 0), one.open_warnings, hasattr(one, "superseded_by"))
        for one in stored
    ]


def _warnings(returns: list[Kept], person: Person, refused: ReasonForm | None) -> list[Warnings]:
    """No reason is asked for about a draft that a later version has followed."""
    drafts = {one.version.stored.pk for one in returns if one.is_draft}
    groups = warnings_about([one.version.stored for one in returns], person, refused=refused)
    return [
        group if group.version.stored.pk in drafts else replace(group, form=None, forms=[])
        for group in groups
    ]


def _heading(upload: Upload, returns: list[Kept], drafts: list[Kept]) -> str:
    figures = counted(sum(one.figures for one in returns), "figure")
    if len(drafts) == len(returns):
        kept = "kept as a draft" if len(drafts) == 1 else f"kept as {counted(len(drafts), 'draft')}"
    else:
        kept = f"kept in {counted(len(returns), 'return')}"
    return f"{upload.name} is checked: {figures} {kept}"
