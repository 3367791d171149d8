"""What the tests of private pages share: who is signed in, and what a page says is wrong."""

import datetime
import re
import time

import pytest
from django.utils import timezone

from performance.people.links import FORGOTTEN, INVITATION
from tests.accounts import make_account, sign_in
from tests.performance.pages.reading import Element, read
from trusts.models import Role

ANOTHER = "four windy paper boats"
SITE = "http://testserver"
WRONG = "The email address or the password is wrong. After five wrong tries you can’t sign in for 15 minutes."


def page(response) -> Element:
    return read(response.content.decode())


def errors(response) -> list[str]:
    """What the summary says, each of which leads to a field that says the same."""
    html = page(response)
    (summary,) = [one for one in html.all("div") if "govuk-error-summary" in one.classes]
    for link in summary.all("a"):
        html.one(id=link.attributes["href"].removeprefix("#"))
    assert html.one("title").source.startswith("Error: ")
    return [item.text for item in summary.all("li")]


def link_in(message) -> str:
    (address,) = re.findall(rf"{SITE}(/account/(?:invitation|password)/\S+)", message.body)
    return address


def fail(client, times, username="ann@example.org", **given):
    for _ in range(times):
        response = sign_in(client, username, "a wrong password", **given)
    return response


@pytest.fixture
def person(db):
    return make_account(email="ann@example.org", name="Ann Higginbottom")


@pytest.fixture
def administrator(db):
    return make_account(Role.ADMINISTRATOR, name="Ada Min")


@pytest.fixture
def inside(client, person):
    sign_in(client, "ann@example.org")
    return client


@pytest.fixture
def later(monkeypatch):
    """Moves the clock on."""
    real_time, real_now = time.time, timezone.now
    passed = datetime.timedelta()

    def move(**length):
        nonlocal passed
        passed += datetime.timedelta(**length)

    monkeypatch.setattr("time.time", lambda: real_time() + passed.total_seconds())
    for place in ("django.utils.timezone.now", "axes.handlers.proxy.now", "axes.attempts.now"):
        monkeypatch.setattr(place, lambda: real_now() + passed)
    return move


@pytest.fixture
def later_links(monkeypatch):
    """Moves the clock of links on."""
    began, passed = datetime.datetime.now(), datetime.timedelta()

    def move(**length):
        nonlocal passed
        passed += datetime.timedelta(**length)

    for links in (INVITATION, FORGOTTEN):
        monkeypatch.setattr(links, "_now", lambda: began + passed)
    return move
