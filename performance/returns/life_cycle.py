"""The life of a return as data: which step leads from where to where, and who may take it."""

from dataclasses import dataclass

from performance.models import ReturnState, TrustReturn
from trusts.models import Organisation, Person, Role
from trusts.permission import NotAllowed

ROLES = {
    Role.TRUST_OFFICER: "a trust information officer",
    Role.CHIEF_EXECUTIVE: "a trust chief executive",
    Role.NOMS_ANALYST: "a NOMS analyst",
    Role.NOMS_PUBLISHER: "a NOMS publisher",
}
NOMS = (Role.NOMS_ANALYST, Role.NOMS_PUBLISHER)


@dataclass(frozen=True)
class Step:
    """From the states where it may begin to the one where it ends; a version begins with the
    step that begins nowhere."""

    verb: str
    done: str
    begins: tuple[ReturnState, ...]
    ends: ReturnState
    roles: tuple[Role, ...]
    needs_reason: bool = False


SUBMIT = Step("submit", "submitted", (), ReturnState.SUBMITTED, (Role.TRUST_OFFICER,))
APPROVE = Step("approve", "approved", (ReturnState.SUBMITTED,), ReturnState.APPROVED, (Role.CHIEF_EXECUTIVE,))
ACCEPT = Step("accept", "accepted", (ReturnState.APPROVED,), ReturnState.ACCEPTED, NOMS)
SEND_BACK = Step(
    "send back",
    "sent back",
    (ReturnState.SUBMITTED, ReturnState.APPROVED),
    ReturnState.RETURNED,
    NOMS,
    needs_reason=True,
)


def check_may_submit(organisation: Organisation, person: Person) -> None:
    """Raises NotAllowed unless this person may submit a return of this trust."""
    _check_role(SUBMIT, person)
    _check_own_trust(SUBMIT, organisation, person)


def check_may_take(step: Step, trust_return: TrustReturn, person: Person) -> None:
    """Raises NotAllowed unless this person may take this step with this version now."""
    _check_role(step, person)
    _check_own_trust(step, trust_return.organisation, person)
    if trust_return.state not in step.begins:
        wanted = " or ".join(state.label.lower() for state in step.begins)
        raise NotAllowed(
            f"This return is {trust_return.get_state_display().lower()}; "
            f"to {step.verb} one it must be {wanted}."
        )
    later = TrustReturn.objects.filter(supersedes=trust_return).first()
    if later:
        raise NotAllowed(f"Version {later.version} has come since, so you can't {step.verb} this one.")
    if step == APPROVE and trust_return.submitted_by_id == person.pk:
        raise NotAllowed("You submitted this return, so another person must approve it.")


def can_submit(organisation: Organisation, person: Person) -> bool:
    try:
        check_may_submit(organisation, person)
    except NotAllowed:
        return False
    return True


def can_take(step: Step, trust_return: TrustReturn, person: Person) -> bool:
    try:
        check_may_take(step, trust_return, person)
    except NotAllowed:
        return False
    return True


def _check_role(step: Step, person: Person) -> None:
    if person.role not in step.roles:
        roles = " or ".join(ROLES[role] for role in step.roles)
        raise NotAllowed(f"Only {roles} may {step.verb} a return.")


def _check_own_trust(step: Step, organisation: Organisation, person: Person) -> None:
    """People of a trust act for their own; those of NOMS for any."""
    if person.organisation_id not in (None, organisation.pk):
        raise NotAllowed(
            f"You are of {person.organisation}, so you can't {step.verb} a return of {organisation}."
        )
