"""Asking the API as a program does."""

import csv
import io
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client

from performance.people.tokens import make_token
from trusts.models import Person

START = "/api/v1/"
RECORD = "series/public-record/releases/1/"
SIMULATED = "series/simulated/releases/1/"
# Parts of an address, several values of one among them.
Query = dict[str, Any]


def token_of(person: Person, *, may_send: bool = False) -> str:
    return make_token(person=person, name="A test", days=30, may_send=may_send)[1]


def bearing(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def ask(path: str, query: Query | None = None, token: str = "", **headers: str) -> HttpResponse:
    """path: below /api/v1/, or a whole address."""
    address = path if path.startswith(("/", "http")) else f"{START}{path}"
    if query:
        address = f"{address}?{urlencode(query, doseq=True)}"
    return Client().get(address, headers=headers | (bearing(token) if token else {}))


def answer(path: str, query: Query | None = None, token: str = "") -> dict[str, Any]:
    response = ask(path, query, token)
    assert response.status_code == 200, response.content
    return response.json()


def rows(path: str, query: Query | None = None, token: str = "") -> list[dict[str, Any]]:
    """Of every page."""
    found = answer(path, {"limit": 1000} | (query or {}), token)
    all_rows = found["rows"]
    while found["next"]:
        found = answer(found["next"], token=token)
        assert found["rows"]
        all_rows += found["rows"]
    return all_rows


def csv_rows(response: HttpResponse) -> list[dict[str, str]]:
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def problem(response: HttpResponse, status: int) -> dict[str, Any]:
    """What it says, in the form of RFC 9457."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "private, no-store"
    content = response.json()
    assert content["status"] == status
    assert content["detail"]
    return content
