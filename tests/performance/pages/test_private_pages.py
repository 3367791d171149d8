"""Pages for people who have signed in, and what is the same for all of them."""

import pytest
from django.http import HttpResponse
from django.urls import include, path

from performance.pages.errors import fault as handler500  # noqa: F401
from performance.pages.errors import not_found as handler404  # noqa: F401
from performance.pages.signed_in import allowed, signed_in
from tests.accounts import make_account
from tests.performance.pages.account_pages import page
from tests.performance.pages.reading import headings
from trusts.models import Role
from trusts.permission import NotAllowed, Permission


@signed_in
def walled(request):
    raise NotAllowed("You are of Kent.")


@allowed(Permission.PUBLISH_RELEASE)
def for_publishers(request):
    return HttpResponse("You came in.")


urlpatterns = [
    path("walled/", walled),
    path("for-publishers/", for_publishers),
    path("", include("noms_dashboard.urls")),
]


def test_a_private_page_names_the_reader_and_is_kept_by_nobody(client, db):
    officer = make_account(Role.TRUST_OFFICER, name="Olga Officer")
    client.force_login(officer)
    response = client.get("/account/")

    assert response["Cache-Control"] == "private, no-store"
    bar = page(response).one("div", **{"class": "app-signed-in"})
    assert f"Olga Officer, Trust information officer, {officer.organisation}" in bar.text
    assert [link.text for link in bar.all("a")] == ["Returns", "Your account"]


def test_each_role_is_led_to_its_own_pages(client, db):
    for role in Role:
        client.force_login(make_account(role))
        bar = page(client.get("/account/")).one("div", **{"class": "app-signed-in"})
        is_administrator = role == Role.ADMINISTRATOR
        assert [link.text for link in bar.all("a")][0] == ("People" if is_administrator else "Returns")


@pytest.mark.urls(__name__)
def test_a_wall_is_a_page_that_says_why(inside):
    response = inside.get("/walled/")

    assert response.status_code == 403
    assert "You are of Kent." in page(response).one("main").text
    assert "You are signed in as: NOMS analyst." in page(response).one("main").text
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.urls(__name__)
def test_a_page_for_some_lets_them_in(client, db):
    client.force_login(make_account(Role.NOMS_PUBLISHER))

    assert client.get("/for-publishers/").content == b"You came in."


@pytest.mark.urls(__name__)
def test_a_page_for_others_says_whom(inside):
    response = inside.get("/for-publishers/")

    assert response.status_code == 403
    assert "Only a NOMS publisher may publish, correct or withdraw a release." in page(response).text


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ["/walled/?a=1", "/for-publishers/"])
def test_whoever_is_not_signed_in_is_asked_to(client, db, address):
    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"].startswith("/account/sign-in/?next=/")
    assert response["Cache-Control"] == "private, no-store"


OPEN_PAGES = [
    "/account/sign-in/",
    "/account/signed-out/",
    "/account/forgotten/",
    "/account/forgotten/sent/",
    "/account/password-chosen/",
]


@pytest.mark.parametrize("address", OPEN_PAGES)
def test_pages_about_an_account_are_kept_by_nobody_and_well_made(client, db, address):
    response = client.get(address)

    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert "sessionid" not in response.cookies
    html = page(response)
    assert headings(html)[0] == 1
    for control in html.all("input"):
        if control.attributes.get("type") not in ("hidden", None):
            html.one("label", **{"for": control.attributes["id"]})
            assert control.attributes["autocomplete"]


@pytest.mark.parametrize("address", OPEN_PAGES)
def test_pages_about_an_account_carry_the_strict_policy(client, db, address):
    policy = client.get(address)["Content-Security-Policy"]

    assert "form-action 'self'" in policy
    assert "script-src 'self'" in policy
    assert "default-src 'none'" in policy
