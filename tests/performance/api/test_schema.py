"""The description of the API is true: of whatever it allows and whatever it doesn't, as each role."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from noms_dashboard.wsgi import application
from performance.api.catalogue import CATALOGUE
from performance.api.fields import fields_of
from performance.api.private_tables import PRIVATE_TABLES, TAG
from performance.api.schema import schema as described
from performance.api.throttles import PerCaller
from performance.models import Series
from performance.releases.whole_tables import WHOLE_TABLES
from tests.accounts import make_account
from tests.performance.api.asking import START, ask, bearing, token_of
from tests.performance.pages.returns.sending import checked
from tests.performance.pages.test_permissions import (
    ADMINISTRATOR,
    ANALYST,
    CHIEF,
    NOBODY,
    OFFICER,
    PUBLISHER,
    person_called,
)
from tests.performance.returns.sent import GOOD, MAY, accepted, drafted, officer
from trusts.models import Role

OPERATIONS = [(path, method) for path, methods in described()["paths"].items() for method in methods]
PRIVATE = [(path, method) for path, method in OPERATIONS if TAG in described()["paths"][path][method]["tags"]]
PUBLIC = [operation for operation in OPERATIONS if operation not in PRIVATE]
TABLES = [
    *WHOLE_TABLES.values(),
    *(table for table, _ in CATALOGUE),
    *(table for table, *_ in PRIVATE_TABLES.values()),
]
OF_TYPE = {
    "text": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "date": (str,),
    "datetime": (str,),
}
EXAMPLES = 10
PLAIN = {"Accept-Encoding": "identity"}
# The same on every machine; a failure is shown as it was found.
settings.register_profile(
    "schema",
    settings.get_profile("dashboard"),
    max_examples=EXAMPLES,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def as_often_as_it_likes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PerCaller, "rate", "1000000/min")


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Each request would end the connection, and with it the transaction that the test is in."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def draft(series: Series) -> dict[str, int]:
    """Numbers of things of London that there are, by where they stand in addresses."""
    accepted(series, GOOD)
    found = drafted(series, GOOD | MAY, by=officer())
    job = checked(found.upload)
    return {"returns": found.pk, "uploads": found.upload_id, "jobs": job.pk}


def holds(path: str, method: str, headers: dict[str, str], where: dict[str, Any] | None) -> None:
    """Of requests that the description allows and, where there is anything to say in one, of others."""
    operation = schemathesis.openapi.from_wsgi(f"{START}schema/", application)[path][method]
    has_more = bool(list(operation.query)) or bool(list(operation.body))
    for mode in GenerationMode if has_more else [GenerationMode.POSITIVE]:

        @settings(settings.get_profile("schema"))
        @given(case=operation.as_strategy(generation_mode=mode, path_parameters=where))
        def check(case: schemathesis.Case) -> None:
            untold = [positive_data_acceptance] if says_too_little(case) else []
            case.call_and_validate(headers=headers | PLAIN, excluded_checks=untold)

        check()


def says_too_little(case: schemathesis.Case) -> bool:
    """No description can tell what is a cursor, that a file has a name, or which warnings a return has."""
    if case.media_type == "application/json":
        return isinstance(case.body, dict) and "reasons" in case.body
    return "cursor" in (case.query or {}) or case.media_type == "multipart/form-data"


def test_the_description_is_asked_for_once_and_then_only_whether_it_changed(db):
    response = ask("schema/")

    assert response.json() == described()
    assert ask("schema/", **{"If-None-Match": response["ETag"]}).status_code == 304


def test_the_description_is_valid_and_nothing_in_it_had_to_be_guessed():
    GENERATOR_STATS.reset()
    validate_schema(SchemaGenerator().get_schema(request=None, public=True))

    assert not GENERATOR_STATS


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.slug)
def test_each_table_is_shown_with_a_row_of_its_columns(table):
    (path,) = (path for path in described()["paths"] if path.endswith(f"/{table.slug}/"))
    content = described()["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    (example,) = content["examples"].values()
    (row,) = example["value"]["rows"]

    assert list(row) == list(table.columns)
    for name, field in fields_of(table).items():
        assert row[name] is None or type(row[name]) in OF_TYPE[field.type], name
    assert "about" not in example["value"] or "None is real." in str(example["value"]["about"])


@pytest.mark.parametrize("who", [NOBODY, OFFICER, CHIEF, ANALYST, PUBLISHER, ADMINISTRATOR])
@pytest.mark.parametrize(("path", "method"), PRIVATE)
def test_what_is_not_published_is_answered_as_described(draft, path, method, who):
    may_send = who in (OFFICER, ANALYST, PUBLISHER)
    headers = {} if who == NOBODY else bearing(token_of(person_called(who), may_send=may_send))
    number = next((draft[name] for name in draft if f"/{name}/{{id}}/" in path), None)

    holds(path, method, headers, {"id": number} if number else None)


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize(("path", "method"), PUBLIC)
def test_what_is_published_is_answered_as_described(release_one, path, method, role):
    headers = bearing(token_of(make_account(role))) if role else {}
    where = {"series": "public-record", "release": "current"} if "{series}" in path else None

    holds(path, method, headers, where)
