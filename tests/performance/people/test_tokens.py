"""Tokens for programs: made, used, ended; and what is kept of them."""

import datetime

import pytest
from django.utils import timezone

from performance.models import Event
from performance.people.actions import activate_person, change_role, deactivate_person
from performance.people.tokens import MOST_TOKENS, end_token, make_token
from tests.accounts import make_account
from trusts.models import ApiToken, Role
from trusts.permission import NotAllowed
from trusts.tokens import NotAToken, live_token


@pytest.fixture
def analyst(db):
    return make_account(Role.NOMS_ANALYST, name="Ann Alyst")


def make(person, **given):
    return make_token(person=person, **{"name": "Monthly report", "days": 30} | given)


def why_not(text: str) -> str:
    with pytest.raises(NotAToken) as reason:
        live_token(text)
    return str(reason.value)


def test_a_token_opens_what_its_person_may_see(analyst):
    token, text = make(analyst)

    assert live_token(text) == token
    assert live_token(text).person == analyst


def test_the_text_is_kept_nowhere(analyst):
    token, text = make(analyst)
    stored = [str(value) for row in ApiToken.objects.values_list() for value in row]
    told = [str(event.detail) + event.subject for event in Event.objects.all()]

    assert text.startswith("probation_")
    assert len(text) > 50
    assert all(text not in value for value in (*stored, *told))
    assert make(analyst)[1] != text


def test_each_step_leaves_an_event(analyst):
    token, _ = make(analyst)
    end_token(token=token)
    end_token(token=token)

    assert [event.verb for event in Event.objects.order_by("pk")] == ["made a token", "ended a token"]
    assert Event.objects.first().actor == analyst
    assert Event.objects.first().detail["name"] == "Monthly report"


def test_the_day_of_its_last_use_is_noted_once(analyst, django_assert_num_queries):
    _, text = make(analyst)
    assert live_token(text).last_used is None

    with django_assert_num_queries(1):
        assert live_token(text).last_used == timezone.localdate()


def test_one_that_is_not_known_opens_nothing(db):
    assert why_not("probation_guess") == "This token isn't known here."


def test_one_that_was_ended_opens_nothing(analyst):
    token, text = make(analyst)
    end_token(token=token)

    assert why_not(text) == "This token was ended."


def test_one_that_has_expired_opens_nothing(analyst):
    token, text = make(analyst)
    now = timezone.now()
    ApiToken.objects.filter(pk=token.pk).update(
        created=now - datetime.timedelta(days=40), expires=now - datetime.timedelta(days=10)
    )

    assert why_not(text).startswith("This token expired on ")


def test_with_the_account_its_tokens_end_for_good(analyst):
    administrator = make_account(Role.ADMINISTRATOR)
    _, text = make(analyst)
    deactivate_person(person=analyst, by=administrator)
    assert why_not(text) == "This token was ended."

    activate_person(person=analyst, by=administrator)

    assert why_not(text) == "This token was ended."


def test_with_another_role_they_end_too(analyst):
    _, text = make(analyst)
    change_role(person=analyst, role=Role.NOMS_PUBLISHER, by=make_account(Role.ADMINISTRATOR))

    assert why_not(text) == "This token was ended."


def test_a_closed_account_makes_none(analyst):
    deactivate_person(person=analyst, by=make_account(Role.ADMINISTRATOR))

    with pytest.raises(NotAllowed, match="is deactivated"):
        make(analyst)


def test_a_demo_account_has_no_token_but_on_ones_own_machine(analyst, settings, monkeypatch):
    _, text = make(analyst)
    monkeypatch.setattr("trusts.demo_accounts.may_sign_in", lambda person: False)

    assert why_not(text) == "This token was ended."


@pytest.mark.parametrize("days", [0, -1, 367])
def test_it_lasts_a_year_at_most(analyst, days):
    with pytest.raises(NotAllowed, match="from 1 to 366 days"):
        make(analyst, days=days)


def test_only_those_who_send_returns_have_one_that_does(db):
    for role in (Role.TRUST_OFFICER, Role.NOMS_ANALYST, Role.NOMS_PUBLISHER):
        assert make(make_account(role), may_send=True)[0].may_send
    for role in (Role.CHIEF_EXECUTIVE, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed, match="You don't send returns"):
            make(make_account(role), may_send=True)


def test_nobody_has_more_than_a_few(analyst):
    tokens = [make(analyst)[0] for _ in range(MOST_TOKENS)]
    with pytest.raises(NotAllowed, match="You have 10 tokens"):
        make(analyst)

    end_token(token=tokens[0])

    assert make(analyst)
