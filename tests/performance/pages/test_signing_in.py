"""Signing in, and what is refused."""

import pytest
from django.test import Client

from tests.accounts import PASSWORD, is_signed_in, make_account, sign_in
from tests.performance.pages.account_pages import WRONG, errors, fail, page
from trusts.models import Role


@pytest.mark.parametrize("typed", ["ann@example.org", "Ann@Example.ORG", " ann@example.org "])
def test_the_right_password_lets_in(client, person, typed):
    response = sign_in(client, typed)

    assert (response.status_code, response["Location"]) == (302, "/returns/")
    assert is_signed_in(client)


def test_an_administrator_begins_with_people(client, db):
    make_account(Role.ADMINISTRATOR, email="ada@example.org")

    assert sign_in(client, "ada@example.org")["Location"] == "/people/"


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("ann@example.org", "a wrong password"),
        ("nobody@example.org", PASSWORD),
        ("closed@example.org", PASSWORD),
        ("invited@example.org", PASSWORD),
        ("invited@example.org", "!unusable"),
    ],
)
def test_no_refusal_tells_who_has_an_account(client, person, username, password):
    make_account(email="closed@example.org", is_active=False)
    make_account(email="invited@example.org", password="!unusable")

    response = sign_in(client, username, password)

    assert errors(response) == [WRONG]
    assert not is_signed_in(client)
    assert password not in response.content.decode()


def test_what_is_left_empty_is_named_beside_its_field(client, db):
    response = client.post("/account/sign-in/", {})

    assert errors(response) == ["Enter your email address.", "Enter your password."]
    html = page(response)
    assert html.one("input", id="id_username").attributes["aria-invalid"] == "true"
    described = html.one("input", id="id_username").attributes["aria-describedby"].split()
    assert described == ["id_username_helptext", "id_username_error"]
    assert html.one(id="id_username_error").text == "Error: Enter your email address."


@pytest.mark.parametrize("typed", ["a\0b", "x" * 5000, "'; DROP TABLE", "ann@example.org\r\nBcc: all"])
def test_nonsense_is_refused_in_words(client, db, typed):
    assert errors(sign_in(client, typed))


@pytest.mark.parametrize("address", ["/people/", "/account/?a=1", "/returns/?state=late&trust=kent"])
def test_whoever_was_sent_to_sign_in_comes_back(client, person, address):
    assert sign_in(client, "ann@example.org", also={"next": address})["Location"] == address


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", r"/\evil.example", ""]
)
def test_nobody_is_sent_to_another_site(client, person, address):
    assert sign_in(client, "ann@example.org", also={"next": address})["Location"] == "/returns/"


def test_a_form_from_another_site_is_refused(person):
    strict = Client(enforce_csrf_checks=True)
    response = sign_in(strict, "ann@example.org")

    assert response.status_code == 403
    assert page(response).one("h1").text == "This form can’t be used any more"
    assert "no-store" in response["Cache-Control"]


def test_the_session_cookie_is_for_this_site_and_this_browser_window(client, person):
    cookie = sign_in(client, "ann@example.org").cookies["sessionid"]

    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert (cookie["max-age"], cookie["expires"]) == ("", "")


def test_in_service_cookies_travel_by_https_alone(client, person, settings):
    settings.SESSION_COOKIE_SECURE = True

    assert sign_in(client, "ann@example.org").cookies["sessionid"]["secure"] is True


def test_a_new_session_begins_with_signing_in(client, person):
    """So that nobody can be made to use a session whose key somebody else knows."""
    client.get("/account/sign-in/")
    client.cookies["sessionid"] = "a" * 32

    sign_in(client, "ann@example.org")

    assert client.cookies["sessionid"].value != "a" * 32


def test_five_wrong_passwords_lock_an_account(client, person):
    assert fail(client, 4).status_code == 200

    response = fail(client, 1)

    assert (response.status_code, response["Retry-After"]) == (429, "900")
    assert page(response).one("h1").text == "Too many wrong passwords"
    assert "from where you are for 15 minutes" in page(response).text
    assert "no-store" in response["Cache-Control"]
    assert sign_in(client, "ann@example.org").status_code == 429
    assert sign_in(client, "ANN@example.org").status_code == 429
    assert not is_signed_in(client)


def test_a_lock_looks_the_same_where_there_is_no_account(client, db):
    assert fail(client, 5, username="nobody@example.org").status_code == 429


def test_a_lock_is_for_one_account_and_one_address(client, person):
    make_account(email="bo@example.org")
    fail(client, 5)

    assert sign_in(client, "bo@example.org").status_code == 302
    assert sign_in(Client(), "ann@example.org", REMOTE_ADDR="192.0.2.7").status_code == 302


def test_a_lock_ends_after_a_quarter_of_an_hour_however_often_one_tries(client, person, later):
    fail(client, 5)
    later(minutes=10)
    assert fail(client, 3).status_code == 429

    later(minutes=6)

    assert sign_in(client, "ann@example.org").status_code == 302


def test_signing_in_forgets_the_wrong_passwords_before(client, person):
    fail(client, 4)
    sign_in(client, "ann@example.org")

    assert fail(Client(), 4).status_code == 200
    assert sign_in(Client(), "ann@example.org").status_code == 302


@pytest.mark.parametrize(
    ("proxies", "forwarded", "locked"),
    [
        # What a visitor claims counts for nothing.
        (0, ["198.51.100.1", "198.51.100.2"], True),
        (1, ["198.51.100.1, 192.0.2.9", "198.51.100.2, 192.0.2.9"], True),
        # What the proxy says does.
        (1, ["192.0.2.9", "192.0.2.10"], False),
        (2, ["192.0.2.9, 203.0.113.1", "192.0.2.10, 203.0.113.1"], False),
        (1, ["nonsense", "nonsense"], True),
    ],
)
def test_behind_a_proxy_the_visitor_is_whom_the_proxy_says(
    client, person, settings, proxies, forwarded, locked
):
    settings.PROXIES = proxies
    first, second = forwarded

    fail(client, 5, HTTP_X_FORWARDED_FOR=first)

    answer = sign_in(client, "ann@example.org", HTTP_X_FORWARDED_FOR=second)
    assert (answer.status_code == 429) == locked


def test_a_demo_account_signs_in_on_ones_own_machine_alone(client, db, settings):
    make_account(username="demo-analyst", email="")
    assert sign_in(client, "demo-analyst").status_code == 302
    assert is_signed_in(client)

    settings.LOCAL = False

    assert not is_signed_in(client)
    assert errors(sign_in(Client(), "demo-analyst")) == [WRONG]


def test_an_invited_person_may_have_any_address(client, db, settings):
    settings.LOCAL = False
    make_account(email="demo-team@example.org")

    assert sign_in(client, "demo-team@example.org").status_code == 302
