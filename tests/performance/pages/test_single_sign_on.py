"""Signing in with an organisation's own account, by a provider that really answers."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.accounts import is_signed_in, make_account
from tests.performance.pages.provider import CODE, make_key, running_provider
from tests.performance.pages.reading import read
from trusts.models import Person, Role


@pytest.fixture(scope="module")
def _provider():
    with running_provider() as provider:
        yield provider


@pytest.fixture
def provider(_provider, settings, monkeypatch):
    """It knows Ann, who has an account here."""
    for name, value in {"token": {}, "signed_with": None, "algorithm": "RS256"}.items():
        setattr(_provider, name, value)
    _provider.person = {"sub": "42", "email": "Ann@Example.org", "email_verified": True}
    for name, value in _provider.settings.items():
        setattr(settings, name, value)
    # A proxy of the environment is for other hosts than this one.
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return _provider


@pytest.fixture
def ann(db):
    return make_account(Role.NOMS_PUBLISHER, email="ann@example.org", password="!unusable")


def go_through(client, provider, after: str = ""):
    """From our page to the provider and back."""
    sent = client.get("/account/single-sign-on/", {"next": after} if after else {})
    assert sent.status_code == 302
    back = urlsplit(provider.sign_in(sent["Location"]))
    return client.get(f"{back.path}?{back.query}")


def test_an_invited_person_is_let_in(client, provider, ann):
    html = read(client.get("/account/sign-in/?next=/account/").content.decode())
    (link,) = [a for a in html.all("a") if a.text == "Sign in with your organisation’s account"]
    assert link.attributes["href"] == "/account/single-sign-on/?next=/account/"

    response = go_through(client, provider)

    assert (response.status_code, response["Location"]) == (302, "/returns/")
    assert response["Cache-Control"] == "private, no-store"
    assert is_signed_in(client)
    assert client.session["_auth_user_id"] == str(ann.pk)
    assert "began" in client.session
    assert (provider.asked["scope"], provider.asked["code_challenge_method"]) == ("openid email", "S256")


def test_the_reader_comes_back_to_the_page_that_was_asked_for(client, provider, ann):
    assert go_through(client, provider, "/account/?a=1")["Location"] == "/account/?a=1"


def test_the_reader_is_not_sent_to_another_site(client, provider, ann):
    assert go_through(client, provider, "https://evil.example/")["Location"] == "/returns/"


def test_a_person_who_was_deactivated_meanwhile_is_out_with_the_next_page(client, provider, ann):
    go_through(client, provider)
    Person.objects.update(is_active=False)

    assert not is_signed_in(client)


def assert_refused(client, response) -> None:
    assert response.status_code == 403
    assert read(response.content.decode()).one("h1").text == "You couldn’t be signed in"
    assert response["Cache-Control"] == "private, no-store"
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "said",
    [
        {"email": "nobody@example.org"},
        {"email": ""},
        {"email_verified": False},
        {"email_verified": "true"},
        # Of somebody else than the token.
        {"sub": "43"},
    ],
)
def test_only_a_verified_address_that_was_invited_is_let_in(client, provider, ann, said):
    make_account(username="by-command", email="")
    provider.person |= said

    assert_refused(client, go_through(client, provider))
    assert Person.objects.count() == 2


def test_an_address_that_the_provider_does_not_give_is_refused(client, provider, ann):
    del provider.person["email"]

    assert_refused(client, go_through(client, provider))


def test_a_deactivated_person_is_refused(client, provider, ann):
    Person.objects.update(is_active=False)

    assert_refused(client, go_through(client, provider))


def test_refusals_lock_nobody_out(client, provider, ann):
    provider.person["email"] = "nobody@example.org"
    for _ in range(6):
        assert_refused(client, go_through(client, provider))
    provider.person["email"] = "ann@example.org"

    assert go_through(client, provider).status_code == 302


@pytest.mark.parametrize(
    "claims", [{"aud": "another"}, {"aud": []}, {"nonce": "another"}, {"exp": time.time() - 600}]
)
def test_a_token_that_is_not_for_this_sign_in_is_refused(client, provider, ann, claims):
    provider.token = claims

    assert_refused(client, go_through(client, provider))


def test_a_token_for_several_sites_is_good_for_ours(client, provider, ann):
    provider.token = {"aud": ["another", "dashboard"]}

    assert go_through(client, provider).status_code == 302


def test_a_token_that_somebody_else_signed_is_refused(client, provider, ann):
    provider.signed_with = make_key()

    assert_refused(client, go_through(client, provider))


@pytest.mark.filterwarnings("ignore:The HMAC key is")
def test_a_token_that_is_signed_in_another_way_is_refused(client, provider, ann):
    provider.algorithm = "HS256"

    assert_refused(client, go_through(client, provider))


def test_a_provider_that_is_away_is_a_refusal(client, provider, ann, settings):
    settings.OIDC_OP_TOKEN_ENDPOINT = "http://127.0.0.1:9/token"

    assert_refused(client, go_through(client, provider))


@pytest.mark.parametrize(
    "query", [f"code={CODE}&state=made-up", f"code={CODE}", "error=access_denied&state=made-up", ""]
)
def test_an_answer_that_nobody_asked_for_is_refused(client, provider, ann, query):
    client.get("/account/single-sign-on/")

    assert_refused(client, client.get(f"/account/single-sign-on/answer/?{query}"))


def test_an_answer_counts_once(client, provider, ann):
    sent = client.get("/account/single-sign-on/")
    back = urlsplit(provider.sign_in(sent["Location"]))
    client.get(f"{back.path}?{back.query}")
    client.post("/account/sign-out/")

    assert_refused(client, client.get(f"{back.path}?{back.query}"))


def test_a_password_form_with_a_code_in_its_address_is_a_password_form(client, provider, ann):
    """The provider isn't asked: neither way in can be entered through the other."""
    response = client.post(
        f"/account/sign-in/?code={CODE}&state=made-up", {"username": "ann@example.org", "password": "wrong"}
    )

    assert response.status_code == 200
    assert not is_signed_in(client)


@pytest.mark.parametrize("address", ["/account/single-sign-on/", "/account/single-sign-on/answer/"])
def test_where_none_is_set_there_are_no_such_pages(client, db, address):
    assert client.get(address).status_code == 404
    assert "your organisation’s account" not in client.get("/account/sign-in/").content.decode()


def test_our_address_is_the_one_that_the_provider_sends_people_back_to(client, provider, db):
    asked = parse_qs(urlsplit(client.get("/account/single-sign-on/")["Location"]).query)

    assert asked["redirect_uri"] == ["http://testserver/account/single-sign-on/answer/"]
