"""Every address of the API x every role x own and other trust: what each gets, as for pages.

The table has every address that there is; one that is added without a line here fails.
"""

from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from performance.api import urls
from performance.api.catalogue import CATALOGUE
from performance.models import Job, Series, TrustReturn, Upload
from performance.releases.whole_tables import WHOLE_TABLES
from tests import factories
from tests.performance.api.asking import bearing, token_of
from tests.performance.pages.returns.sending import checked
from tests.performance.pages.test_permissions import (
    ADMINISTRATOR,
    ANALYST,
    CHIEF,
    NOBODY,
    OFFICER,
    OTHER_CHIEF,
    OTHER_OFFICER,
    PUBLISHER,
    VISITORS,
    person_called,
)
from tests.performance.returns.sent import GOOD, MAY, accepted, content_of, drafted

YES, REFUSED, NOT_FOUND, UNKNOWN = "yes", "refused", "not found", "unknown"
ANSWERS = {
    HTTPStatus.OK: YES,
    HTTPStatus.ACCEPTED: YES,
    HTTPStatus.FORBIDDEN: REFUSED,
    HTTPStatus.NOT_FOUND: NOT_FOUND,
    HTTPStatus.UNAUTHORIZED: UNKNOWN,
}
NOMS = (ANALYST, PUBLISHER)
READERS = (OFFICER, OTHER_OFFICER, CHIEF, OTHER_CHIEF, *NOMS)


def gets(yes: tuple[str, ...], not_found: tuple[str, ...] = ()) -> dict[str, str]:
    """Others who have a token are refused."""
    rest = dict.fromkeys(VISITORS, REFUSED) | dict.fromkeys(not_found, NOT_FOUND) | dict.fromkeys(yes, YES)
    return rest | {NOBODY: UNKNOWN}


EVERYONE = dict.fromkeys(VISITORS, YES)
TABLES = gets(READERS)
OF_LONDON = gets((OFFICER, CHIEF, *NOMS), not_found=(OTHER_OFFICER, OTHER_CHIEF))
GET = {
    "api-observations": TABLES,
    "api-returns": TABLES,
    "api-uploads": TABLES,
    "api-findings": TABLES,
    "api-jobs": TABLES,
    "api-return": OF_LONDON,
    "api-upload": OF_LONDON,
    "api-job": OF_LONDON,
}
POST = {
    "api-uploads": gets((OFFICER, OTHER_OFFICER, *NOMS)),
    "api-submit-return": gets((OFFICER, *NOMS), not_found=(OTHER_OFFICER, OTHER_CHIEF)),
}
PUBLIC = {
    "api-start",
    "api-schema",
    "api-release",
    *(f"api-{table.slug}" for table, _ in CATALOGUE),
    *(f"api-{name}" for name in WHOLE_TABLES),
}


@pytest.fixture
def draft(series: Series) -> TrustReturn:
    """Of London, beside what is accepted of both trusts."""
    accepted(series, GOOD)
    accepted(series, GOOD | {"organisation": "kent"})
    draft = drafted(series, GOOD | MAY)
    factories.make_finding(upload=draft.upload, severity="error")
    checked(draft.upload)
    return draft


def address_of(name: str, draft: TrustReturn) -> str:
    numbers = {
        "api-return": draft.pk,
        "api-submit-return": draft.pk,
        "api-upload": draft.upload_id,
        "api-job": draft.upload.job.pk,
    }
    return reverse(name, args=[numbers[name]] if name in numbers else [])


def headers_of(who: str) -> dict[str, str]:
    if who == NOBODY:
        return {}
    may_send = who not in (CHIEF, OTHER_CHIEF, ADMINISTRATOR)
    return bearing(token_of(person_called(who), may_send=may_send))


@pytest.mark.parametrize("who", VISITORS)
@pytest.mark.parametrize("name", GET)
def test_who_reads_what(draft, name, who):
    response = Client().get(address_of(name, draft), headers=headers_of(who))

    assert ANSWERS[HTTPStatus(response.status_code)] == GET[name][who]
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("who", VISITORS)
@pytest.mark.parametrize("name", POST)
def test_who_sends_what(draft, name, who, django_capture_on_commit_callbacks):
    before = states()
    with django_capture_on_commit_callbacks():
        response = Client().post(address_of(name, draft), **body(name), headers=headers_of(who))

    assert ANSWERS[HTTPStatus(response.status_code)] == POST[name][who]
    assert (states() == before) == (POST[name][who] != YES)


def body(name: str) -> dict[str, Any]:
    if name == "api-uploads":
        return {"data": {"file": june()}}
    return {"data": {}, "content_type": "application/json"}


def june() -> Any:
    return SimpleUploadedFile("june.csv", content_of(GOOD | {"numerator": "1"}))


def states() -> list[Any]:
    return [*TrustReturn.objects.values_list("pk", "state"), Upload.objects.count(), Job.objects.count()]


@pytest.mark.parametrize("who", VISITORS)
def test_people_of_a_trust_see_rows_of_their_own_alone(draft, who):
    """In every table that has rows of both."""
    seen = {
        name: Client().get(reverse(name), headers=headers_of(who)).json().get("rows", [])
        for name in ("api-observations", "api-returns", "api-uploads")
    }
    trusts = {row["organisation"] for rows in seen.values() for row in rows}
    expected = {
        OFFICER: {"london"},
        CHIEF: {"london"},
        OTHER_OFFICER: {"kent"},
        OTHER_CHIEF: {"kent"},
        ANALYST: {"london", "kent"},
        PUBLISHER: {"london", "kent"},
    }

    assert trusts == expected.get(who, set())


@pytest.mark.parametrize("who", VISITORS)
def test_what_is_public_is_the_same_for_everyone(series, who):
    for name in ("api-start", "api-organisations", "api-measures"):
        plain, asked = Client().get(reverse(name)), Client().get(reverse(name), headers=headers_of(who))

        assert asked.content == plain.content
        assert not asked.cookies


def test_the_table_has_every_address():
    names = {found.name for found in urls.urlpatterns}

    assert names == {*GET, *POST, *PUBLIC, "api-nowhere"}
