"""Mails about returns that are due soon or late."""

import datetime

import pytest

from performance.models import Reminder, Series
from performance.returns.actions import send_back_return
from performance.returns.reminders import send_reminders
from tests import factories
from tests.performance.returns.sent import GOOD, drafted, someone, submit, trust
from trusts.models import Person, Role


@pytest.fixture
def takes_returns(series) -> Series:
    return on(series, "2010-05-12")


@pytest.fixture
def london_officer(series) -> Person:
    return factories.make_person(
        role=Role.TRUST_OFFICER, organisation=trust(), email="officer@london.example"
    )


def on(series: Series, day: str) -> Series:
    Series.objects.filter(pk=series.pk).update(
        standing="simulated", takes_returns=True, day=datetime.date.fromisoformat(day)
    )
    series.refresh_from_db()
    return series


def test_a_trust_is_written_to_before_a_return_is_due_and_after(takes_returns, london_officer, mailoutbox):
    send_reminders()
    on(takes_returns, "2010-05-16")
    send_reminders()

    before, after = mailoutbox
    assert (before.to, before.subject) == (["officer@london.example"], "London: 2 returns due soon")
    assert "April 2010: due 15 May 2010\n" in before.body
    assert after.subject == "London: 2 returns late"
    assert "April 2010: due 15 May 2010, 1 day late" in after.body
    assert "http://127.0.0.1:8000/returns/" in after.body


def test_nobody_is_written_to_twice_about_one_thing(takes_returns, london_officer, mailoutbox):
    assert send_reminders() == 1
    assert send_reminders() == 0
    on(takes_returns, "2010-05-13")
    assert send_reminders() == 0

    assert len(mailoutbox) == 1
    assert Reminder.objects.count() == 2


@pytest.mark.parametrize(("day", "mails"), [("2010-05-09", 0), ("2010-05-10", 1), ("2010-05-15", 1)])
def test_the_first_mail_goes_out_five_days_before(takes_returns, london_officer, day, mails):
    on(takes_returns, day)

    assert send_reminders() == mails


def test_what_was_submitted_needs_no_reminder_and_what_was_sent_back_does(
    takes_returns, london_officer, mailoutbox
):
    drafts = [drafted(takes_returns, GOOD | {"framework": name}) for name in ("ippf", "ptrs")]
    _, version = [submit(draft) for draft in drafts]
    assert send_reminders() == 0

    send_back_return(trust_return=version, by=someone(Role.NOMS_ANALYST), reason="A total is off.")

    assert send_reminders() == 1
    assert "April 2010: due 15 May 2010, sent back" in mailoutbox[0].body


def test_several_returns_are_one_mail(takes_returns, london_officer, mailoutbox):
    on(takes_returns, "2010-06-12")

    send_reminders()

    assert [mail.subject for mail in mailoutbox] == ["London: 2 returns late and 2 returns due soon"]


def test_a_trust_without_an_address_is_tried_again(takes_returns, london_officer):
    Person.objects.update(email="")
    assert send_reminders() == 0
    assert not Reminder.objects.exists()

    Person.objects.filter(pk=london_officer.pk).update(email="officer@london.example")

    assert send_reminders() == 1


def test_nobody_else_is_written_to(takes_returns, london_officer, mailoutbox):
    for role in (Role.CHIEF_EXECUTIVE, Role.TRUST_OFFICER):
        factories.make_person(
            role=role, organisation=trust("kent"), email=f"{role}@kent.example", is_active=False
        )
    factories.make_person(role=Role.CHIEF_EXECUTIVE, organisation=trust(), email="chief@london.example")

    send_reminders()

    assert [mail.to for mail in mailoutbox] == [["officer@london.example"]]


def test_a_mail_that_cannot_be_sent_is_tried_again(takes_returns, london_officer, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with pytest.raises(ConnectionRefusedError):
        send_reminders()

    assert not Reminder.objects.exists()


def test_where_no_series_takes_returns_nobody_is_written_to(series, london_officer):
    assert send_reminders() == 0
