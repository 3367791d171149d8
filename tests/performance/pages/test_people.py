"""The pages of administrators."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from tests.accounts import is_signed_in, make_account
from tests.factories import make_organisation, make_person
from tests.performance.pages.account_pages import errors, page
from tests.performance.pages.reading import rows_of
from trusts.models import Person, Role
from trusts.permission import Permission, who_has

INVITATION = {"name": "Bo Peep", "email": "Bo@Example.org", "role": "noms-analyst", "organisation": ""}


@pytest.fixture
def ada(client, administrator):
    """The browser of an administrator."""
    client.force_login(administrator)
    return client


@pytest.fixture
def kent(db):
    return make_organisation(slug="kent", name="Kent Probation Trust")


def addresses(person: Person) -> list[str]:
    one = f"/people/{person.pk}/"
    return ["/people/", "/people/invite/", one, f"{one}deactivate/", f"{one}activate/", f"{one}invitation/"]


def notice(response, client) -> str:
    """What the page says to which an action leads."""
    assert response.status_code == 302
    html = page(client.get(response["Location"]))
    (banner,) = [one for one in html.all("div") if "govuk-notification-banner" in one.classes]
    return banner.text.removeprefix("Done").strip()


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_administrators_see_people(client, db, role, method):
    other = make_account(name="Bo Peep")
    client.force_login(make_account(role))
    for address in addresses(other):
        response = getattr(client, method)(address)
        if role == Role.ADMINISTRATOR:
            assert response.status_code in (200, 302, 403, 405)
            continue
        assert response.status_code in (403, 405)
        assert "Bo Peep" not in response.content.decode()
        if response.status_code == 403:
            assert f"Only {who_has(Permission.MANAGE_PEOPLE)} may" in page(response).text
    if role != Role.ADMINISTRATOR:
        assert Person.objects.get(pk=other.pk).is_active


def test_whoever_is_not_signed_in_is_asked_to(client, db):
    person = make_account()
    for address in addresses(person)[:3]:
        assert client.get(address)["Location"] == f"/account/sign-in/?next={address}"
    for address in addresses(person)[3:]:
        before = {"Referer": "http://testserver/people/"}
        assert client.post(address, headers=before)["Location"] == "/account/sign-in/?next=/people/"
        for elsewhere in ({}, {"Referer": "http://elsewhere.example/people/"}):
            assert client.post(address, headers=elsewhere)["Location"] == "/account/sign-in/"
    assert Person.objects.get().is_active


def test_the_list_says_how_each_account_stands(ada, administrator, kent):
    sent = datetime.datetime(2026, 7, 1, 9, 30, tzinfo=datetime.UTC)
    make_account(name="Bo", password="!", invitation_sent=sent)
    make_account(name="Cy", password="!")
    make_account(Role.TRUST_OFFICER, name="Di", organisation=kent, is_active=False)
    make_account(name="Ed", last_login=timezone.make_aware(datetime.datetime(2026, 7, 2, 10)))
    # Takes steps with simulated returns: nobody can sign in as it.
    make_person(username="simulated-analyst", password="!")

    response = ada.get("/people/")
    rows = rows_of(page(response).one("table"))

    assert response["Cache-Control"] == "private, no-store"
    assert [(row["Name"].text, row["Account"].text) for row in rows] == [
        ("Ada Min", "Active"),
        ("Bo", "Invited on 1 July 2026, 10:30"),
        ("Cy", "Invitation not sent"),
        ("Di", "Deactivated"),
        ("Ed", "Active"),
    ]
    assert (rows[3]["Role"].text, rows[3]["Trust"].text) == (
        "Trust information officer",
        "Kent Probation Trust",
    )
    last = [row["Last signed in"].text for row in rows[1:]]
    assert last == ["Never", "Never", "Never", "2 July 2026, 10:00"]
    assert rows[1]["Name"].link == f"/people/{Person.objects.get(name='Bo').pk}/"


def test_an_invitation_goes_out_and_the_page_says_when(ada):
    response = ada.post("/people/invite/", INVITATION)

    bo = Person.objects.get(name="Bo Peep")
    assert response["Location"] == f"/people/{bo.pk}/"
    assert notice(response, ada) == "An invitation is on its way to bo@example.org."
    assert "Invited on " in page(ada.get(f"/people/{bo.pk}/")).text
    (message,) = mail.outbox
    assert "http://testserver/account/invitation/" in message.body


def test_people_of_a_trust_are_invited_with_their_trust(ada, kent):
    ada.post("/people/invite/", INVITATION | {"role": "trust-officer", "organisation": "kent"})

    assert Person.objects.get(name="Bo Peep").organisation == kent
    assert "as Trust information officer of Kent Probation Trust." in mail.outbox[0].body


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": ""}, "Enter their full name."),
        ({"email": ""}, "Enter their email address."),
        ({"email": "bo"}, "Enter an email address, such as name@example.org."),
        ({"email": "taken@example.org"}, "taken@example.org has an account already."),
        ({"role": ""}, "Choose a role."),
        (
            {"role": "chief-executive"},
            "Say which trust they work for: a trust chief executive acts for one trust.",
        ),
        ({"organisation": "kent"}, "Choose no trust: a NOMS analyst doesn't work for one."),
    ],
)
def test_what_is_wrong_with_an_invitation_is_said_beside_its_field(ada, kent, given, said):
    make_account(email="taken@example.org")
    response = ada.post("/people/invite/", INVITATION | given)

    assert errors(response) == [said]
    assert not Person.objects.filter(name="Bo Peep").exists()
    assert mail.outbox == []


@pytest.mark.parametrize("given", [{"role": "king"}, {"organisation": "nowhere"}])
def test_a_choice_that_is_not_offered_is_refused(ada, kent, given):
    assert len(errors(ada.post("/people/invite/", INVITATION | given))) == 1


def test_only_trusts_are_offered(ada, kent):
    make_organisation(slug="kent-area", name="Kent Area", kind="area")
    options = page(ada.get("/people/invite/")).one("select").all("option")

    assert [(option.attributes["value"], option.text) for option in options] == [
        ("", "No trust"),
        ("kent", "Kent Probation Trust"),
    ]


def test_every_choice_of_a_form_has_its_label(ada):
    html = page(ada.get("/people/invite/"))
    radios = html.all("input", type="radio")

    assert [html.one("label", **{"for": radio.attributes["id"]}).text for radio in radios] == Role.labels
    assert html.one("legend").text == "Role"


def test_an_invitation_that_did_not_leave_can_be_sent_again(ada, settings):
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    response = ada.post("/people/invite/", INVITATION)
    assert notice(response, ada) == "The email to bo@example.org couldn't be sent. Try again later."
    bo = Person.objects.get(name="Bo Peep")
    assert "Invitation not sent" in page(ada.get(f"/people/{bo.pk}/")).text

    settings.EMAIL_BACKEND = backend
    response = ada.post(f"/people/{bo.pk}/invitation/")

    assert notice(response, ada) == "An invitation is on its way to bo@example.org."
    assert len(mail.outbox) == 1


def test_an_account_is_closed_and_opened_again(ada, client):
    bo = make_account(name="Bo Peep")
    browser = type(client)()
    browser.force_login(bo)

    response = ada.post(f"/people/{bo.pk}/deactivate/")
    assert notice(response, ada) == "The account of Bo Peep is deactivated, and they are signed out."
    assert not is_signed_in(browser)

    response = ada.post(f"/people/{bo.pk}/activate/")
    assert notice(response, ada) == f"An invitation is on its way to {bo.email}."
    # Whoever had the old session stays out.
    assert not is_signed_in(browser)


def test_an_account_without_an_address_cannot_be_opened_again(ada):
    bo = make_account(username="by-command", email="", name="Bo", is_active=False)

    assert "Activate the account" not in page(ada.get(f"/people/{bo.pk}/")).text
    response = ada.post(f"/people/{bo.pk}/activate/")
    assert "The account of Bo has no email address to send an invitation to." in page(response).text


def test_a_role_is_changed(ada, kent):
    bo = make_account(name="Bo Peep")
    form = page(ada.get(f"/people/{bo.pk}/"))
    assert form.one("input", value="noms-analyst").attributes.get("checked") is not None

    response = ada.post(f"/people/{bo.pk}/", {"role": "chief-executive", "organisation": "kent"})

    assert notice(response, ada) == "The role of Bo Peep is changed."
    bo.refresh_from_db()
    assert (bo.role, bo.organisation) == (Role.CHIEF_EXECUTIVE, kent)
    again = ada.post(f"/people/{bo.pk}/", {"role": "chief-executive", "organisation": "kent"})
    assert errors(again) == ["Bo Peep is Trust chief executive, Kent Probation Trust already."]


def test_ones_own_account_is_left_to_another_administrator(ada, administrator):
    html = page(ada.get(f"/people/{administrator.pk}/")).one("main")

    assert html.all("button") == []
    assert "another administrator must change it" in html.text
    for address in addresses(administrator)[3:]:
        assert ada.post(address).status_code == 403
    assert Person.objects.get().is_active


def test_a_step_that_is_no_longer_possible_says_why(ada):
    bo = make_account(name="Bo Peep", is_active=False)

    response = ada.post(f"/people/{bo.pk}/deactivate/")

    assert response.status_code == 403
    assert "The account of Bo Peep is deactivated already." in page(response).text


@pytest.mark.parametrize("address", ["/people/999999/", "/people/0/", "/people/x/"])
def test_a_person_who_is_not_there_is_not_found(ada, address):
    assert ada.get(address).status_code == 404


def test_an_account_that_takes_simulated_steps_is_not_an_administrators_matter(ada):
    machine = make_person(username="simulated-analyst", password="!")

    assert ada.get(f"/people/{machine.pk}/").status_code == 404
    assert ada.post(f"/people/{machine.pk}/activate/").status_code == 404


def test_names_are_text(ada):
    bo = make_account(name="<script>alert(1)</script>")

    assert "<script>alert" not in ada.get("/people/").content.decode()
    assert "<script>alert" not in ada.get(f"/people/{bo.pk}/").content.decode()
