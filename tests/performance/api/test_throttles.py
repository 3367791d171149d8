"""How often one caller may ask."""

import pytest
from django.test import Client

from performance.api.throttles import MOST_A_MINUTE, MOST_REFUSALS, Throttle
from tests.performance.api.asking import ask, bearing, problem, token_of
from tests.performance.returns.sent import officer

ADDRESS = "/api/v1/jobs/"


@pytest.fixture(autouse=True)
def all_in_one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Throttle, "timer", lambda self: 1_000_000.0)


def statuses(client: Client, times: int, **headers: str) -> list[int]:
    return [client.get(ADDRESS, headers=headers).status_code for _ in range(times)]


def test_one_token_that_asks_ten_thousand_times_is_told_to_wait(series):
    token = token_of(officer())
    found = statuses(Client(), 10_000, **bearing(token))

    assert found == [200] * MOST_A_MINUTE + [429] * (10_000 - MOST_A_MINUTE)
    response = ask(ADDRESS, token=token)
    assert problem(response, 429)["detail"].startswith("Too many requests: wait 61 seconds")
    assert response["Retry-After"] == "61"


def test_others_are_not_told_to_wait_with_it(series):
    one, other = token_of(officer()), token_of(officer())
    statuses(Client(), MOST_A_MINUTE, **bearing(one))

    assert statuses(Client(), 1, **bearing(one)) == [429]
    assert statuses(Client(), 1, **bearing(other)) == [200]


def test_addresses_without_a_token_are_told_apart(db):
    near, far = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")
    for _ in range(MOST_A_MINUTE):
        near.get("/api/v1/series/")

    assert near.get("/api/v1/series/").status_code == 429
    assert far.get("/api/v1/series/").status_code == 200
    assert (
        Client(REMOTE_ADDR="192.0.2.1")
        .get("/api/v1/series/", headers={"X-Forwarded-For": "192.0.2.9"})
        .status_code
        == 429
    )


def test_behind_a_proxy_the_address_is_that_which_it_was_asked_from(db, settings):
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": 1}
    for _ in range(MOST_A_MINUTE):
        Client().get("/api/v1/series/", headers={"X-Forwarded-For": "192.0.2.9, 192.0.2.1"})

    def status(forwarded: str) -> int:
        return Client().get("/api/v1/series/", headers={"X-Forwarded-For": forwarded}).status_code

    assert status("198.51.100.7, 192.0.2.1") == 429
    assert status("192.0.2.9, 192.0.2.2") == 200


@pytest.mark.parametrize("headers", [{}, bearing("guess"), {"Authorization": "Basic abc"}])
def test_whoever_is_not_known_may_not_guess_for_ever(db, headers):
    found = statuses(Client(), MOST_REFUSALS + 5, **headers)

    assert found == [401] * MOST_REFUSALS + [429] * 5
