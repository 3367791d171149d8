"""Choosing a password: by oneself, by an invitation, after forgetting one."""

import pytest
from django.core import mail
from django.test import Client

from performance.models import Event
from performance.people.actions import invite_again, invite_person
from performance.people.links import INVITATION
from performance.people.mail import CannotSend, send_invitation, send_password_link
from performance.people.tasks import send_password_link_task
from tests.accounts import PASSWORD, is_signed_in, make_account, sign_in
from tests.performance.pages.account_pages import ANOTHER, SITE, errors, fail, link_in, page
from trusts.models import Person, Role

BAD_PASSWORDS = [
    ("short words", "too short"),
    ("password1234", "too common"),
    ("928374650192", "entirely numeric"),
    ("ann@example.org", "too similar"),
    ("higginbottom1", "too similar"),
]


@pytest.mark.parametrize(("password", "reason"), BAD_PASSWORDS)
def test_a_password_that_is_easily_guessed_is_refused_with_the_reason(client, person, password, reason):
    response = client.post(f"/account/invitation/{INVITATION.link_for(person)}/", {"password": password})

    assert any(reason in error for error in errors(response))
    assert page(response).one("input", id="id_password").attributes.get("value") is None
    assert not person.check_password(password)


def test_a_changed_password_ends_the_other_sessions(inside, person):
    other = Client()
    sign_in(other, "ann@example.org")

    response = inside.post("/account/", {"current": PASSWORD, "password": ANOTHER})

    assert response["Location"] == "/account/"
    first, second = page(inside.get("/account/")), page(inside.get("/account/"))
    assert "Your password is changed." in first.one("main").text
    assert "Your password is changed." not in second.text
    assert not is_signed_in(other)
    assert sign_in(other, "ann@example.org").status_code == 200
    assert sign_in(other, "ann@example.org", ANOTHER).status_code == 302
    assert (Event.objects.get().verb, Event.objects.get().actor) == ("chose a password", person)
    person.refresh_from_db()
    assert person.password.startswith("argon2")


def test_changing_a_password_needs_the_current_one(inside, person):
    response = inside.post("/account/", {"current": "a wrong password", "password": ANOTHER})

    assert errors(response) == ["This is not your current password."]
    assert Person.objects.get().check_password(PASSWORD)


def test_the_current_password_cannot_be_guessed_either(inside):
    for _ in range(5):
        response = inside.post("/account/", {"current": "a wrong password", "password": ANOTHER})

    assert response.status_code == 429
    assert Person.objects.get().check_password(PASSWORD)


def test_whoever_signs_in_elsewhere_has_no_password_to_change(client, person):
    person.set_unusable_password()
    person.save()
    client.force_login(person, backend="trusts.single_sign_on.SingleSignOnBackend")

    response = client.post("/account/", {"current": "", "password": ANOTHER})

    assert "so there is no password here to change" in page(response).text
    assert not Person.objects.get().has_usable_password()


@pytest.fixture
def invited(administrator):
    person = invite_person(name="Bo Peep", email="bo@example.org", role=Role.NOMS_PUBLISHER, by=administrator)
    send_invitation(person, administrator, SITE)
    return person


def test_an_invitation_leads_to_a_password_once(client, invited):
    (message,) = mail.outbox
    address = link_in(message)
    assert message.to == ["bo@example.org"]
    assert "Ada Min has invited you to Probation performance as NOMS publisher." in message.body
    assert "Choose a password within 7 days" in message.body
    assert "Your user name is bo@example.org." in message.body
    assert page(client.get(address)).one("h1").text == "Choose a password"
    # A mail server has opened the link before; nothing came of that.
    assert client.get(address).status_code == 200

    assert client.post(address, {"password": ANOTHER})["Location"] == "/account/password-chosen/"

    assert sign_in(client, "bo@example.org", ANOTHER).status_code == 302
    used = client.post(address, {"password": PASSWORD})
    assert used.status_code == 410
    assert "An invitation works once, for seven days" in page(used).text
    assert Person.objects.get(pk=invited.pk).check_password(ANOTHER)


def test_an_invitation_ends_after_seven_days(client, invited, later_links):
    address = link_in(mail.outbox[0])
    later_links(days=6, hours=23)
    assert client.get(address).status_code == 200
    later_links(hours=2)
    assert client.get(address).status_code == 410


def test_a_newer_invitation_takes_the_place_of_an_older(client, invited, administrator):
    send_invitation(invite_again(person=invited, by=administrator), administrator, SITE)
    old, new = map(link_in, mail.outbox)

    assert client.get(old).status_code == 410
    assert client.get(new).status_code == 200


def test_a_deactivated_person_cannot_accept_an_invitation(client, invited):
    Person.objects.filter(pk=invited.pk).update(is_active=False)

    assert client.post(link_in(mail.outbox[0]), {"password": ANOTHER}).status_code == 410
    assert not Person.objects.get(pk=invited.pk).has_usable_password()


@pytest.mark.parametrize("link", ["a", "1-2-3", "zzzzzzzzzzzzz-abc-def", "-", "1", f"{'z' * 40}-a-b"])
@pytest.mark.parametrize("kind", ["invitation", "password"])
def test_a_made_up_link_leads_nowhere(client, db, kind, link):
    response = client.get(f"/account/{kind}/{link}/")

    assert response.status_code == 410
    assert response["Cache-Control"] == "private, no-store"


def test_a_link_is_of_one_person_and_one_kind(client, invited, person):
    number, token = INVITATION.link_for(invited).split("-", 1)
    others, _ = INVITATION.link_for(person).split("-", 1)

    assert client.get(f"/account/invitation/{number}-{token}/").status_code == 200
    assert client.get(f"/account/invitation/{others}-{token}/").status_code == 410
    assert client.get(f"/account/password/{number}-{token}/").status_code == 410


@pytest.mark.parametrize("email", ["ann@example.org", "nobody@example.org"])
def test_asking_for_a_link_is_answered_the_same_for_everyone(client, person, monkeypatch, email):
    asked = []
    monkeypatch.setattr(send_password_link_task, "delay", lambda *given: asked.append(given))
    response = client.post("/account/forgotten/", {"email": email})

    assert response["Location"] == "/account/forgotten/sent/"
    assert asked == [(email, SITE)]
    assert "If an account has the address that you gave" in page(client.get(response["Location"])).text


@pytest.mark.parametrize("email", ["", "ann", "ann@", "a@b\nc"])
def test_a_link_needs_an_address_to_go_to(client, db, email):
    assert len(errors(client.post("/account/forgotten/", {"email": email}))) == 1


def test_a_forgotten_password_is_replaced_within_an_hour(client, person, later_links):
    fail(client, 5)
    send_password_link_task("Ann@example.org", SITE)
    (message,) = mail.outbox
    address = link_in(message)
    assert page(client.get(address)).one("h1").text == "Choose another password"
    later_links(minutes=59)

    assert client.post(address, {"password": ANOTHER}).status_code == 302

    # The lock that the wrong passwords brought is gone too.
    assert sign_in(client, "ann@example.org", ANOTHER).status_code == 302
    assert client.get(address).status_code == 410


def test_a_link_for_a_forgotten_password_ends_after_an_hour(client, person, later_links):
    send_password_link("ann@example.org", SITE)
    later_links(hours=1, seconds=2)

    response = client.get(link_in(mail.outbox[0]))

    assert response.status_code == 410
    assert [link.text for link in page(response).one("main").all("a")] == ["Ask for another link"]


@pytest.mark.parametrize("email", ["nobody@example.org", "closed@example.org", ""])
def test_nobody_else_is_sent_a_link(person, email):
    make_account(email="closed@example.org", is_active=False)
    make_account(email="", username="by-command")

    send_password_link(email, SITE)

    assert mail.outbox == []


def test_links_are_sent_once_in_a_while(person, later):
    send_password_link("ann@example.org", SITE)
    send_password_link("ann@example.org", SITE)
    assert len(mail.outbox) == 1

    later(minutes=6)
    send_password_link("ann@example.org", SITE)
    assert len(mail.outbox) == 2


def test_a_mail_server_that_fails_is_a_sentence(administrator, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    person = invite_person(name="Bo", email="bo@example.org", role=Role.NOMS_ANALYST, by=administrator)

    with pytest.raises(CannotSend, match=r"The email to bo@example.org couldn't be sent. Try again later."):
        send_invitation(person, administrator, SITE)

    assert Person.objects.get(pk=person.pk).invitation_sent is None
    assert "Connection refused" in caplog.text
