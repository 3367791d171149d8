"""Every address x every role x own and other trust: what each gets to see, and may do.

The table below has every address that the site has; one that is added without a line here fails.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from performance.extracts.actions import Request, send_extract
from performance.extracts.jobs import run_count
from performance.models import Framework, Measure, Series, TrustReturn
from performance.pages import urls
from performance.periods import month_of
from performance.returns.actions import approve_return
from tests import factories
from tests.performance.pages.returns.sending import visitor
from tests.performance.returns.sent import (
    GOOD,
    chief_executive,
    content_of,
    drafted,
    make_what_is_known,
    officer,
    someone,
    submitted,
    uploaded,
)
from trusts.models import Person, Role

NOBODY = "nobody"
OFFICER, OTHER_OFFICER = "officer of London", "officer of Kent"
CHIEF, OTHER_CHIEF = "chief executive of London", "chief executive of Kent"
ANALYST, PUBLISHER, ADMINISTRATOR = "analyst", "publisher", "administrator"
SIGNED_IN = (OFFICER, OTHER_OFFICER, CHIEF, OTHER_CHIEF, ANALYST, PUBLISHER, ADMINISTRATOR)
VISITORS = (NOBODY, *SIGNED_IN)
OF_TRUSTS = (OFFICER, OTHER_OFFICER, CHIEF, OTHER_CHIEF)
OF_NOMS = (ANALYST, PUBLISHER)

# What somebody gets: the thing itself, a page that says who may, no sign that there is anything,
# or the page to sign in.
YES, REFUSED, NOT_FOUND, SIGN_IN = "yes", "refused", "not found", "sign in"

Gets = dict[str, str]


def private(yes: tuple[str, ...], not_found: tuple[str, ...] = ()) -> Gets:
    """Others who are signed in are told who may; nobody is asked to sign in."""
    rest = dict.fromkeys(SIGNED_IN, REFUSED) | dict.fromkeys(not_found, NOT_FOUND) | dict.fromkeys(yes, YES)
    return {NOBODY: SIGN_IN} | rest


EVERYONE = dict.fromkeys(VISITORS, YES)
READERS = private((*OF_TRUSTS, *OF_NOMS))
SENDERS = private((OFFICER, OTHER_OFFICER, *OF_NOMS))
NOMS_ALONE = private(OF_NOMS)
ADMINISTRATORS = private((ADMINISTRATOR,))
# Of London's file and London's return those of Kent see nothing, and an administrator neither.
OF_LONDON = private((OFFICER, CHIEF, *OF_NOMS), not_found=(OTHER_OFFICER, OTHER_CHIEF))
STRANGERS = (OTHER_OFFICER, OTHER_CHIEF, ADMINISTRATOR)
RETURN_OF_LONDON = private((OFFICER, CHIEF, *OF_NOMS), not_found=STRANGERS)
SENDERS_OF_LONDON = private((OFFICER, *OF_NOMS), not_found=(OTHER_OFFICER, OTHER_CHIEF))
SUBMITS_LONDON = private((OFFICER, *OF_NOMS), not_found=STRANGERS)
APPROVES_LONDON = private((CHIEF,), not_found=STRANGERS)
REVIEWS_LONDON = private(OF_NOMS, not_found=STRANGERS)

GET: dict[str, Gets] = {
    "returns": READERS,
    "returns-matrix": NOMS_ALONE,
    "accepted-figures": READERS,
    "return-figures": OF_LONDON,
    "return": RETURN_OF_LONDON,
    "send-return": SENDERS,
    "enter-return": SENDERS,
    "return-templates": READERS,
    "return-template": READERS,
    "uploads": READERS,
    "upload": OF_LONDON,
    "upload-progress": OF_LONDON,
    "upload-findings-csv": OF_LONDON,
    "upload-findings-workbook": OF_LONDON,
    "upload-file": OF_LONDON,
    "extracts": READERS,
    "send-extract": SENDERS,
    "extract": OF_LONDON,
    "extract-progress": OF_LONDON,
    # Case by case they are the trust's alone.
    "extract-cases": private((OFFICER, CHIEF), not_found=(OTHER_OFFICER, OTHER_CHIEF, *OF_NOMS)),
    "own-account": private(SIGNED_IN),
    "tokens": private(SIGNED_IN),
    "people": ADMINISTRATORS,
    "invite": ADMINISTRATORS,
    "person": ADMINISTRATORS,
    "sign-in": EVERYONE,
    "signed-out": EVERYONE,
    "forgotten": EVERYONE,
    "password-link-sent": EVERYONE,
    "password-chosen": EVERYONE,
}
POST: dict[str, Gets] = {
    "submit-return": SUBMITS_LONDON,
    "approve-return": APPROVES_LONDON,
    "accept-return": REVIEWS_LONDON,
    "send-back-return": REVIEWS_LONDON,
    "give-reason": SENDERS_OF_LONDON,
    "extract-look-up": private((OFFICER, CHIEF), not_found=(OTHER_OFFICER, OTHER_CHIEF, *OF_NOMS)),
    "deactivate": ADMINISTRATORS,
    "activate": ADMINISTRATORS,
    "send-invitation-again": ADMINISTRATORS,
    "sign-out": EVERYONE,
}
# Of one's own token alone, which its own test tells.
OF_ONES_OWN = {"end-token"}
# Pages and files of what is published, and of how it was worked out, which anyone may read.
OF_RELEASES = {
    "all-series",
    "methods",
    "method",
    "glossary",
    "about",
    *(str(found.name) for found in urls.of_a_series if isinstance(found, URLPattern)),
}
# By a link in a mail, or by the provider's: whoever has it. Their own tests say for how long.
BY_LINK = {"accept-invitation", "choose-password", "single-sign-on", "single-sign-on-answer"}


@dataclass(frozen=True)
class World:
    """What the addresses are about. of: the return with which each step may be taken."""

    series: Series
    extract: int
    of: dict[str, TrustReturn]
    person: int
    inactive: int


@pytest.fixture(scope="module")
def _made_once_a_module(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Within a transaction that the module's tests all run inside."""
    outer = transaction.atomic()
    kept = {
        "MEDIA_ROOT": tmp_path_factory.mktemp("uploads"),
        "EXTRACTS_DIRECTORY": tmp_path_factory.mktemp("extracts"),
    }
    with django_db_blocker.unblock(), override_settings(**kept):
        outer.__enter__()
        yield _world()
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def world(_made_once_a_module: World, db: None) -> World:
    """What a test changes in it is undone after it."""
    return _made_once_a_module


def _world() -> World:
    make_what_is_known()
    series = factories.make_series(
        slug="monthly", title="Monthly returns", standing="management-information", takes_returns=True
    )
    uploaded(series, content_of(GOOD | {"numerator": "51"}))
    approved = approve_return(trust_return=submitted(series, period(GOOD, 7)), by=chief_executive())
    odd = drafted(series, period(GOOD, 5))
    factories.make_finding(upload=odd.upload, trust_return=odd)
    versions = {
        "return": approved,
        "upload": odd,
        "submit-return": drafted(series, period(GOOD, 4)),
        "approve-return": submitted(series, period(GOOD, 6)),
        "accept-return": approved,
        "send-back-return": approved,
    }
    inactive = factories.make_person(role=Role.NOMS_ANALYST, is_active=False, email="x@noms.example")
    person = factories.make_person(role=Role.NOMS_ANALYST, email="y@noms.example", password="!")
    return World(series, _extract(series), versions, person.pk, inactive.pk)


def _extract(series: Series) -> int:
    """Of London, counted."""
    Measure.objects.filter(code="orders-completed").update(
        case_rule={
            "version": 1,
            "counts": "happenings",
            "events": ["unpaid-work-completed"],
            "standing": "reconstructed",
            "note": "Of a test.",
        }
    )
    extract = send_extract(
        file=ContentFile(b"case,trust,tier,event,date\n1,london,,unpaid-work-completed,2010-09-01"),
        name="events.csv",
        request=Request(
            Framework.objects.get(slug="ptrs"),
            month_of(datetime.date(2010, 9, 1)),
            datetime.date(2010, 10, 1),
        ),
        series=series,
        by=officer(),
    )
    run_count(extract.job.pk)
    extract.refresh_from_db()
    assert extract.state == "counted", extract.job.outcome
    return extract.pk


def period(row: dict[str, str], month: int) -> dict[str, str]:
    days = {4: 30, 5: 31, 6: 30, 7: 31}[month]
    return row | {"period_start": f"2010-{month:02d}-01", "period_end": f"2010-{month:02d}-{days}"}


def client_of(who: str) -> Client:
    return Client() if who == NOBODY else visitor(person_called(who))


def person_called(who: str) -> Person:
    people = {
        OFFICER: officer,
        OTHER_OFFICER: lambda: officer("kent"),
        CHIEF: chief_executive,
        OTHER_CHIEF: lambda: chief_executive("kent"),
        ANALYST: lambda: someone(Role.NOMS_ANALYST),
        PUBLISHER: lambda: someone(Role.NOMS_PUBLISHER),
        ADMINISTRATOR: lambda: someone(Role.ADMINISTRATOR),
    }
    return people[who]()


def address_of(name: str, world: World) -> str:
    odd = world.of["upload"]
    if name in world.of and name != "upload":
        return reverse(name, args=[world.of[name].pk])
    if name.startswith("upload") and name != "uploads" or name == "give-reason":
        return reverse(name, args=[odd.upload.pk])
    if name.startswith("extract") and name != "extracts":
        return reverse(name, args=[world.extract])
    if name == "return-figures":
        return reverse(name, args=[world.of["return"].pk])
    if name in ("person", "deactivate", "send-invitation-again"):
        return reverse(name, args=[world.person])
    if name == "activate":
        return reverse(name, args=[world.inactive])
    if name == "return-template":
        return reverse(name, args=["ptrs", "2010-04"])
    return reverse(name)


def what_came_of_it(response: Any) -> str:
    status = HTTPStatus(response.status_code)
    if status == HTTPStatus.FOUND and response["Location"].startswith(reverse("sign-in")):
        return SIGN_IN
    if status in (HTTPStatus.OK, HTTPStatus.FOUND):
        return YES
    return {HTTPStatus.FORBIDDEN: REFUSED, HTTPStatus.NOT_FOUND: NOT_FOUND}[status]


@pytest.mark.parametrize("who", VISITORS)
@pytest.mark.parametrize("name", GET)
def test_who_sees_which_page_and_file(world, name, who):
    response = client_of(who).get(address_of(name, world))
    response.getvalue()  # of a file, so that it is closed

    assert what_came_of_it(response) == GET[name][who]
    if who != NOBODY and name not in ("sign-in",):
        check_is_kept_by_nobody(response, name)


@pytest.mark.parametrize("who", VISITORS)
@pytest.mark.parametrize("name", POST)
def test_who_takes_which_step(world, name, who):
    said = {"reason": "A total is off.", "numbers": "1"}
    if name == "give-reason":
        said |= {"code": "jump", "trust_return": str(world.of["upload"].pk)}
    before = dict(TrustReturn.objects.values_list("pk", "state"))

    response = client_of(who).post(address_of(name, world), said)

    assert what_came_of_it(response) == POST[name][who]
    if POST[name][who] != YES:
        assert dict(TrustReturn.objects.values_list("pk", "state")) == before


@pytest.mark.parametrize("who", VISITORS)
def test_public_pages_are_the_same_for_everyone(world, who):
    for name in ("summary", "all-series", "releases"):
        response = client_of(who).get(reverse(name))

        assert what_a_public_page_says(response) == what_a_public_page_says(Client().get(reverse(name)))
        assert not response.cookies


def what_a_public_page_says(response: Any) -> tuple[int, str]:
    return response.status_code, response.content.decode()


def check_is_kept_by_nobody(response: Any, name: str) -> None:
    if GET[name] is not EVERYONE:
        assert response.get("Cache-Control") == "private, no-store"


def test_the_table_has_every_address() -> None:
    assert set(private_names()) == {*GET, *POST, *BY_LINK, *OF_ONES_OWN}


def private_names() -> Iterator[str]:
    """The names of addresses that aren't pages of releases, which anyone may read, nor of the API, which has
    a table of its own."""
    public = {"series", "numbered"}
    for found in get_resolver(urls.__name__).url_patterns:
        yield from _names(found, public)


def _names(found: URLPattern | URLResolver, public: set[str]) -> Iterator[str]:
    if isinstance(found, URLResolver):
        if found.namespace not in public:
            for inner in found.url_patterns:
                yield from _names(inner, public)
    elif found.name not in OF_RELEASES:
        yield str(found.name)
