"""Taking a return on from its page: submitting, approving, accepting, sending back."""

from itertools import product
from typing import Any

import pytest
from django.test import Client

from performance.models import Event, TrustReturn
from tests.performance.pages.account_pages import errors
from tests.performance.pages.returns.sending import PASSWORDS, draft_with, main_of, odd, page_of, visitor
from tests.performance.returns.sent import (
    GOOD,
    accepted,
    approved,
    chief_executive,
    drafted,
    officer,
    someone,
    submitted,
)
from trusts.models import Person, Role

STAGES = {"draft": drafted, "submitted": submitted, "approved": approved, "accepted": accepted}
# From where each step leads where, and who takes it.
STEPS = {
    "submit": ("draft", "submitted", Role.TRUST_OFFICER, "You submitted this return."),
    "approve": ("submitted", "approved", Role.CHIEF_EXECUTIVE, "You approved this return."),
    "accept": ("approved", "accepted", Role.NOMS_ANALYST, "You accepted this return."),
    "send-back": ("approved", "returned", Role.NOMS_PUBLISHER, "You sent back this return."),
}
NOMS = (Role.NOMS_ANALYST, Role.NOMS_PUBLISHER)
TAKERS = {
    "submit": (
        {Role.TRUST_OFFICER, *NOMS},
        "Only a trust information officer or a NOMS analyst or a NOMS publisher",
    ),
    "approve": ({Role.CHIEF_EXECUTIVE}, "Only a trust chief executive"),
    "accept": ({*NOMS}, "Only a NOMS analyst or a NOMS publisher"),
    "send-back": ({*NOMS}, "Only a NOMS analyst or a NOMS publisher"),
}
READERS = (Role.TRUST_OFFICER, Role.CHIEF_EXECUTIVE, *NOMS)
REASON = {"reason": "The total is below its parts."}


def person_of(role: Role, of: str = "london") -> Person:
    return someone(role, of if role in (Role.TRUST_OFFICER, Role.CHIEF_EXECUTIVE) else "")


def take(step: str, version: TrustReturn, by: Person, **given: Any) -> Any:
    return visitor(by).post(f"/returns/{version.pk}/{step}/", REASON | given)


def state_of(version: TrustReturn) -> str:
    return TrustReturn.objects.get(pk=version.pk).state


@pytest.mark.parametrize("step", STEPS)
def test_a_step_leads_back_to_the_return_which_says_what_was_done(series, step):
    begins, ends, role, said = STEPS[step]
    version, by = STAGES[begins](series, GOOD), person_of(role)
    client = visitor(by)

    response = client.post(f"/returns/{version.pk}/{step}/", REASON, follow=True)

    assert response.redirect_chain == [(f"/returns/{version.pk}/", 302)]
    assert state_of(version) == ends
    assert said in main_of(response).text
    assert said not in main_of(client.get(f"/returns/{version.pk}/")).text
    assert Event.objects.first().actor == by


@pytest.mark.parametrize(
    ("step", "role"), [(step, role) for step, role in product(STEPS, READERS) if role not in TAKERS[step][0]]
)
def test_who_never_takes_a_step_reads_who_does(series, step, role):
    begins = STEPS[step][0]
    version = STAGES[begins](series, GOOD)

    response = take(step, version, person_of(role), reason="")

    assert response.status_code == 403
    assert TAKERS[step][1] in main_of(response).text
    assert state_of(version) == begins


@pytest.mark.parametrize(
    ("step", "role", "of"),
    [
        ("submit", Role.TRUST_OFFICER, "kent"),
        ("approve", Role.CHIEF_EXECUTIVE, "kent"),
        *((step, Role.ADMINISTRATOR, "") for step in STEPS),
    ],
)
def test_a_return_that_one_may_not_see_is_not_there(series, step, role, of):
    begins = STEPS[step][0]
    version = STAGES[begins](series, GOOD)

    assert take(step, version, person_of(role, of)).status_code == 404
    assert state_of(version) == begins


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_comes_too_late_says_how_the_return_stands(series, step):
    version = accepted(series, GOOD)

    response = take(step, version, person_of(STEPS[step][2]))

    assert response.status_code == 409
    (said,) = errors(response)
    assert said.startswith("This return is 'accepted'; to ")
    assert state_of(version) == "accepted"


def test_a_return_is_not_approved_by_who_submitted_it(series):
    version = submitted(series, GOOD)
    promoted = version.submitted_by
    promoted.role = Role.CHIEF_EXECUTIVE
    promoted.save()

    response = take("approve", version, promoted)

    assert response.status_code == 409
    assert errors(response) == ["You submitted this return, so another person must approve it."]
    assert state_of(version) == "submitted"


def test_a_return_is_not_submitted_while_a_warning_has_no_reason(series):
    version = draft_with(series, odd(2))

    response = take("submit", version, version.upload.uploaded_by)

    assert response.status_code == 409
    assert errors(response) == ["1 warning has no reason yet: give one for each first."]
    assert state_of(version) == "draft"


def test_a_step_is_not_taken_with_a_version_that_another_has_followed(series):
    first = submitted(series, GOOD)
    drafted(series, GOOD | {"numerator": "46"})

    response = take("approve", first, chief_executive())

    assert errors(response) == ["Version 2 has come since, so you can't approve this one."]


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_return_is_sent_back_with_a_reason(series, reason):
    version = approved(series, GOOD)

    response = take("send-back", version, someone(Role.NOMS_ANALYST), reason=reason)

    assert response.status_code == 422
    assert errors(response) == ["Write what the trust has to change."]
    html = page_of(response)
    assert html.one(id="id_reason_error").text == "Error: Write what the trust has to change."
    assert "open" in html.one("main").one("details").attributes
    assert state_of(version) == "approved"


def test_what_was_written_is_still_there_where_sending_back_comes_too_late(series):
    version = accepted(series, GOOD)

    response = take("send-back", version, someone(Role.NOMS_ANALYST))

    assert response.status_code == 409
    assert "What you wrote wasn’t kept: The total is below its parts." in main_of(response).text


def test_a_reason_is_kept_as_it_was_written_and_shown_as_text(series):
    version = submitted(series, GOOD)

    take("send-back", version, someone(Role.NOMS_ANALYST), reason="<b>Wrong</b> & late")

    html = visitor(officer()).get(f"/returns/{version.pk}/").content.decode()
    assert "&lt;b&gt;Wrong&lt;/b&gt; &amp; late" in html


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_taken_with_a_form_of_ours_by_people_who_have_signed_in(client, series, step):
    begins, _, role, _ = STEPS[step]
    version = STAGES[begins](series, GOOD)
    address = f"/returns/{version.pk}/{step}/"
    stranger = Client(enforce_csrf_checks=True)
    stranger.force_login(person_of(role), backend=PASSWORDS)

    assert stranger.post(address, REASON).status_code == 403
    assert visitor(person_of(role)).get(address).status_code == 405
    assert client.post(address, REASON).headers["Location"].startswith("/account/sign-in/")
    assert state_of(version) == begins


def test_a_return_goes_from_the_officer_to_noms_and_back_and_is_accepted_at_last(series):
    analyst, chief = someone(Role.NOMS_ANALYST), chief_executive()
    first = drafted(series, GOOD)
    take("submit", first, officer())
    take("approve", first, chief)
    take("send-back", first, analyst)

    second = drafted(series, GOOD | {"numerator": "46"})
    take("submit", second, officer())
    take("approve", second, chief)
    take("accept", second, analyst)

    assert (state_of(first), state_of(second)) == ("returned", "accepted")
