"""The page of one's own tokens."""

import pytest

from performance.people.tokens import MOST_TOKENS, make_token
from tests.accounts import make_account
from tests.performance.pages.account_pages import errors, page
from trusts.models import ApiToken, Role
from trusts.tokens import live_token

ADDRESS = "/account/tokens/"


@pytest.fixture
def officer(client, db):
    person = make_account(Role.TRUST_OFFICER)
    client.force_login(person)
    return person


def test_a_token_is_shown_once_and_works(client, officer):
    response = client.post(ADDRESS, {"name": "Monthly report", "days": "31", "may_send": "on"})
    text = page(response).one("main").all("code")[0].text

    assert response["Cache-Control"] == "private, no-store"
    assert live_token(text).person == officer
    assert live_token(text).may_send
    assert text not in client.get(ADDRESS).content.decode()


def test_each_token_is_listed_with_what_it_may(client, officer):
    make_token(person=officer, name="Report", days=31)
    token, _ = make_token(person=officer, name="Sender", days=92, may_send=True)
    rows = page(client.get(ADDRESS)).one("dl").all("dd")

    assert "May read and send returns. Works until " in rows[0].text
    assert "May read. Works until " in rows[2].text
    client.post(f"{ADDRESS}{token.pk}/end/")
    told = page(client.get(ADDRESS))
    assert "The token ‘Sender’ is ended: no program can use it any more." in told.text
    assert "Ended on " in told.one("dl").all("dd")[0].text
    assert len(told.one("dl").all("button")) == 1


def test_whoever_sends_nothing_is_not_asked_about_it(client, db):
    client.force_login(make_account(Role.CHIEF_EXECUTIVE))

    assert not page(client.get(ADDRESS)).all("input", name="may_send")
    client.post(ADDRESS, {"name": "Report", "days": "31", "may_send": "on"})
    assert not ApiToken.objects.get().may_send


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"days": "31"}, "Write what it is for."),
        ({"name": "  ", "days": "31"}, "Write what it is for."),
        ({"name": "x" * 61, "days": "31"}, "Write at most 60 characters."),
        ({"name": "Report"}, "Choose how long it lasts."),
        (
            {"name": "Report", "days": "3660"},
            "Choose how long it lasts.",
        ),
    ],
)
def test_what_is_missing_is_told_and_no_token_made(client, officer, given, sentence):
    assert errors(client.post(ADDRESS, given)) == [sentence]
    assert not ApiToken.objects.exists()


def test_too_many_are_told(client, officer):
    for number in range(MOST_TOKENS):
        make_token(person=officer, name=f"Report {number}", days=31)
    response = client.post(ADDRESS, {"name": "One more", "days": "31"})

    assert "You have 10 tokens: end one that no program uses any more." in page(response).text


def test_the_token_of_another_is_as_if_it_were_not_there(client, officer):
    token, text = make_token(person=make_account(Role.NOMS_ANALYST), name="Report", days=31)

    assert client.post(f"{ADDRESS}{token.pk}/end/").status_code == 404
    assert live_token(text)


def test_a_name_is_shown_as_text(client, officer):
    make_token(person=officer, name="<b>Report</b>", days=31)

    assert "&lt;b&gt;Report" in client.get(ADDRESS).content.decode()


def test_ones_account_leads_to_them(client, officer):
    assert page(client.get("/account/")).one("a", href=ADDRESS)
