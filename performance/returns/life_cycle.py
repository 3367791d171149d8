"""The life of a return as data: which step leads from where to where, and who may take it."""

from dataclasses import dataclass

from performance.models import Finding, ReturnState, Severity, TrustReturn
from performance.models.walls import is_visible
from performance.wording import counted
from trusts.models import Organisation, Person
from trusts.permission import SENDERS, NotAllowed, Permission, has, who_has


@dataclass(frozen=True)
class Step:
    """From the states where it may begin to the one where it ends; a version begins with the step
    that begins nowhere. Who has one of the permissions may take it, people of a trust with their
    own trust's returns."""

    verb: str
    done: str
    begins: tuple[ReturnState, ...]
    ends: ReturnState
    permissions: tuple[Permission, ...]
    needs_reason: bool = False

    @property
    def who(self) -> str:
        return " or ".join(who_has(permission) for permission in self.permissions)


UPLOAD = Step("upload", "uploaded", (), ReturnState.DRAFT, SENDERS)
SUBMIT = Step("submit", "submitted", (ReturnState.DRAFT,), ReturnState.SUBMITTED, SENDERS)
APPROVE = Step(
    "approve",
    "approved",
    (ReturnState.SUBMITTED,),
    ReturnState.APPROVED,
    (Permission.APPROVE_OWN_RETURN,),
)
ACCEPT = Step(
    "accept",
    "accepted",
    (ReturnState.APPROVED,),
    ReturnState.ACCEPTED,
    (Permission.REVIEW_RETURN,),
)
SEND_BACK = Step(
    "send back",
    "sent back",
    (ReturnState.SUBMITTED, ReturnState.APPROVED),
    ReturnState.RETURNED,
    (Permission.REVIEW_RETURN,),
    needs_reason=True,
)
STEPS = (UPLOAD, SUBMIT, APPROVE, ACCEPT, SEND_BACK)


def check_permission(step: Step, person: Person) -> None:
    """Raises NotAllowed unless somebody of their role may take this step at all."""
    if not any(has(person, permission) for permission in step.permissions):
        raise NotAllowed(f"Only {step.who} may {step.verb} a return.")


def check_may_upload(organisation: Organisation | None, person: Person) -> None:
    """Raises NotAllowed unless this person may upload a file with returns of this trust; None
    stands for a file that may have any trust in it."""
    check_permission(UPLOAD, person)
    if organisation is not None or person.organisation is not None:
        _check_own_trust(UPLOAD, organisation, person)


def check_may_take(step: Step, trust_return: TrustReturn, person: Person) -> None:
    """Raises NotAllowed unless this person may take this step with this version now."""
    check_permission(step, person)
    _check_own_trust(step, trust_return.organisation, person)
    if trust_return.state not in step.begins:
        wanted = " or ".join(f"'{state.label.lower()}'" for state in step.begins)
        raise NotAllowed(
            f"This return is '{trust_return.get_state_display().lower()}'; "
            f"to {step.verb} one it must be {wanted}."
        )
    later = TrustReturn.objects.filter(supersedes=trust_return).first()
    if later:
        raise NotAllowed(f"Version {later.version} has come since, so you can't {step.verb} this one.")
    if step == APPROVE and trust_return.submitted_by_id == person.pk:
        raise NotAllowed("You submitted this return, so another person must approve it.")
    if step == SUBMIT:
        _check_warnings_have_reasons(trust_return)


def check_may_give_reasons(trust_return: TrustReturn, person: Person) -> None:
    """Raises NotAllowed unless this person may say why warnings about this version are no errors:
    who may submit it and see its file, while it is a draft."""
    check_permission(SUBMIT, person)
    _check_own_trust(SUBMIT, trust_return.organisation, person)
    if trust_return.state != ReturnState.DRAFT:
        raise NotAllowed("Reasons are given before a return is submitted, and stay as they are.")
    if not is_visible(trust_return.upload, person):
        raise NotAllowed("NOMS sent the file, so NOMS gives the reasons.")


def can_take(step: Step, trust_return: TrustReturn, person: Person) -> bool:
    try:
        check_may_take(step, trust_return, person)
    except NotAllowed:
        return False
    return True


def can_upload(organisation: Organisation | None, person: Person) -> bool:
    try:
        check_may_upload(organisation, person)
    except NotAllowed:
        return False
    return True


def open_warnings(trust_return: TrustReturn) -> int:
    """How many warnings about this version have no reason yet."""
    return Finding.objects.filter(
        trust_return=trust_return, severity=Severity.WARNING, accepted_at__isnull=True
    ).count()


def _check_own_trust(step: Step, organisation: Organisation | None, person: Person) -> None:
    """People of a trust act for their own; those of NOMS for any."""
    if person.organisation is None or person.organisation == organisation:
        return
    of = f"a return of {organisation}" if organisation else "returns of other trusts"
    raise NotAllowed(f"You are of {person.organisation}, so you can't {step.verb} {of}.")


def _check_warnings_have_reasons(trust_return: TrustReturn) -> None:
    left = open_warnings(trust_return)
    if left:
        has_none = "has no reason" if left == 1 else "have no reasons"
        raise NotAllowed(f"{counted(left, 'warning').capitalize()} {has_none} yet: give one for each first.")
