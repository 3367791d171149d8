"""What the reader may do with a version now, and why not where they may not."""

from dataclasses import dataclass

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from performance.models import ReturnState, TrustReturn
from performance.pages.forms.base import PageForm
from performance.returns.life_cycle import ACCEPT, APPROVE, SEND_BACK, SUBMIT, Step, check_may_take
from trusts.models import Person
from trusts.permission import NotAllowed, Permission, has


class SendBackForm(PageForm):
    reason = forms.CharField(
        label=_("What the trust has to change"),
        help_text=_("The trust reads this, and it stays with the return."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": _("Write what the trust has to change.")},
    )


@dataclass(frozen=True)
class Offer:
    """A step that the reader's role takes with a version in this state. refusal: why this reader
    can't with this version."""

    step: Step
    address: str
    button: str
    meaning: str
    refusal: str = ""

    @property
    def needs_reason(self) -> bool:
        return self.step.needs_reason


# Of each step: the name of its address, its button, and what taking it says.
BUTTONS = {
    SUBMIT: (
        "submit-return",
        "Submit to the chief executive",
        "By submitting you say that these figures are complete, and right as far as you know.",
    ),
    APPROVE: (
        "approve-return",
        "Approve and send to NOMS",
        "By approving you say that these are the trust’s figures.",
    ),
    ACCEPT: ("accept-return", "Accept", "Once accepted, these figures count: the next release holds them."),
    SEND_BACK: ("send-back-return", "Send back", ""),
}


def offers(version: TrustReturn, person: Person) -> list[Offer]:
    return [
        _offer(step, version, person)
        for step in BUTTONS
        if version.state in step.begins and takes(step, person)
    ]


def takes(step: Step, person: Person) -> bool:
    """Whether it is a step of this person's role, whatever the version."""
    return any(has(person, permission) for permission in step.permissions)


def sends(version: TrustReturn, person: Person) -> bool:
    """Whether the reader is one of those who send the trust's returns, and has sent this one on."""
    return version.state != ReturnState.DRAFT and has(person, Permission.SEND_OWN_RETURN)


def _offer(step: Step, version: TrustReturn, person: Person) -> Offer:
    name, button, meaning = BUTTONS[step]
    address = reverse(name, args=[version.pk])
    try:
        check_may_take(step, version, person)
    except NotAllowed as reason:
        return Offer(step, address, button, meaning, str(reason))
    return Offer(step, address, button, meaning)
