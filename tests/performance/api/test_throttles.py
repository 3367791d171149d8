"""How often one caller may ask."""

from django.test import Client

from performance.api.throttles import MOST_A_MINUTE
from tests.performance.api.asking import ask, bearing, problem, token_of
from tests.performance.returns.sent import officer

ADDRESS = "/api/v1/jobs/"


def statuses(client: Client, times: int, **headers: str) -> list[int]:
    return [client.get(ADDRESS, headers=headers).status_code for _ in range(times)]


def test_one_token_that_asks_ten_thousand_times_is_told_to_wait(series):
    token = token_of(officer())
    found = statuses(Client(), 10_000, **bearing(token))

    assert found == [200] * MOST_A_MINUTE + [429] * (10_000 - MOST_A_MINUTE)
    response = ask(ADDRESS, token=token)
    assert "available in" in problem(response, 429)["detail"]
    assert 1 <= int(response["Retry-After"]) <= 60


def test_others_are_not_told_to_wait_with_it(series):
    one, other = token_of(officer()), token_of(officer())
    statuses(Client(), MOST_A_MINUTE, **bearing(one))

    assert statuses(Client(), 1, **bearing(one)) == [429]
    assert statuses(Client(), 1, **bearing(other)) == [200]


def test_addresses_without_a_token_are_told_apart(db, settings):
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
