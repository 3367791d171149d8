"""Sessions that end."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from performance.people.tasks import clear_sessions_task
from tests.accounts import is_signed_in
from tests.performance.pages.account_pages import page
from trusts.models import Person
from trusts.sessions import BEGAN, LONGEST, RENEWED


def test_a_session_ends_two_hours_after_the_last_page(inside, later):
    later(hours=1, minutes=55)
    assert is_signed_in(inside)
    later(hours=1, minutes=55)
    assert is_signed_in(inside)
    later(hours=2, minutes=1)

    response = inside.get("/account/")
    assert (response.status_code, response["Location"]) == (302, "/account/sign-in/?next=/account/")


def test_a_session_ends_after_twelve_hours_whatever_one_does(inside, later):
    for _ in range(11):
        later(hours=1, minutes=5)
        assert is_signed_in(inside)
    later(minutes=6)

    assert not is_signed_in(inside)
    assert not Session.objects.exists()


def test_a_session_is_written_once_a_minute_at_most(inside, later, django_assert_max_num_queries):
    inside.get("/account/")
    with django_assert_max_num_queries(2):
        inside.get("/account/")
    before = inside.session[RENEWED]
    later(minutes=2)
    inside.get("/account/")
    assert inside.session[RENEWED] - before > 100


def test_public_pages_neither_renew_a_session_nor_ask_for_one(inside, later):
    before = Session.objects.get().expire_date
    later(hours=1)
    response = inside.get("/account/signed-out/")

    assert response.cookies == {}
    assert Session.objects.get().expire_date == before


@pytest.mark.parametrize("address", ["/", "/trusts/", "/releases/1/measures/", "/releases/"])
def test_public_pages_are_the_same_for_everyone(client, inside, release_one, address):
    signed_in, stranger = inside.get(address), Client().get(address)

    assert signed_in.status_code == 200
    assert signed_in.content == stranger.content
    assert stranger["Cache-Control"].startswith("public")
    assert "Cookie" not in signed_in.get("Vary", "")
    assert not signed_in.cookies and not stranger.cookies


def test_a_session_that_doesnt_say_when_it_began_is_over(inside):
    session = inside.session
    del session[BEGAN]
    session.save()

    assert not is_signed_in(inside)
    assert datetime.timedelta(hours=12) == LONGEST


def test_signing_out_ends_the_session_and_needs_a_form(inside):
    key = inside.cookies["sessionid"].value
    assert inside.get("/account/sign-out/").status_code == 405
    assert is_signed_in(inside)

    assert inside.post("/account/sign-out/")["Location"] == "/account/signed-out/"

    assert not Session.objects.filter(pk=key).exists()
    assert not is_signed_in(inside)
    assert page(inside.get("/account/signed-out/")).one("h1").text == "You have signed out"


def test_a_deactivated_person_is_out_with_the_next_page(inside, person):
    Person.objects.filter(pk=person.pk).update(is_active=False)

    assert inside.get("/account/").status_code == 302


def test_rows_of_sessions_that_are_over_are_removed(inside, later):
    clear_sessions_task()
    assert Session.objects.count() == 1
    later(hours=3)
    clear_sessions_task()
    assert Session.objects.count() == 0
