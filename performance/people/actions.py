"""What is done with people's accounts, by administrators and by themselves. Each action is one
transaction and leaves one event."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from performance.models import Event
from performance.people.rules import (
    check_fits,
    check_may_activate,
    check_may_change_role,
    check_may_deactivate,
    check_may_invite_again,
    check_may_manage_people,
)
from trusts.models import Organisation, Person, Role
from trusts.permission import NotAllowed
from trusts.tokens import live_tokens_of


def invite_person(
    *, name: str, email: str, role: Role, organisation: Organisation | None = None, by: Person
) -> Person:
    """Make an account that has no password yet. Raises NotAllowed, also where the address has one."""
    email = email.strip().lower()
    with transaction.atomic():
        check_may_manage_people(by)
        check_fits(role, organisation)
        person = Person(username=email, email=email, name=name.strip(), role=role, organisation=organisation)
        person.set_unusable_password()
        _store_new(person)
        _record(by, "invited", person)
    return person


def invite_again(*, person: Person, by: Person) -> Person:
    """Void the earlier invitations of somebody who hasn't used one. Raises NotAllowed."""
    with transaction.atomic():
        person, by = _locked(person, by)
        check_may_invite_again(person, by)
        _void_links(person)
        _record(by, "invited again", person)
    return person


def deactivate_person(*, person: Person, by: Person) -> Person:
    """Close an account: its sessions end with their next page, its tokens for good. Raises NotAllowed."""
    with transaction.atomic():
        person, by = _locked(person, by)
        check_may_deactivate(person, by)
        person.is_active = False
        person.save(update_fields=["is_active"])
        live_tokens_of(person).update(ended=timezone.now())
        _record(by, "deactivated", person)
    return person


def activate_person(*, person: Person, by: Person) -> Person:
    """Open an account again. Its old password and sessions stay closed: it was closed for a reason,
    so whoever comes back is sent an invitation. Raises NotAllowed."""
    with transaction.atomic():
        person, by = _locked(person, by)
        check_may_activate(person, by)
        person.is_active = True
        person.save(update_fields=["is_active"])
        _void_links(person)
        _record(by, "activated", person)
    return person


def change_role(
    *, person: Person, role: Role, organisation: Organisation | None = None, by: Person
) -> Person:
    """Say what somebody does from now on, and for which trust. Their tokens end: programs that hold them
    were trusted with what they did before. Raises NotAllowed."""
    with transaction.atomic():
        person, by = _locked(person, by)
        check_may_change_role(person, by)
        check_fits(role, organisation)
        before = _described(person)
        if (person.role, person.organisation) == (role, organisation):
            raise NotAllowed(f"{person} is {before} already.")
        person.role, person.organisation = role, organisation
        person.save(update_fields=["role", "organisation"])
        live_tokens_of(person).update(ended=timezone.now())
        _record(by, "changed the role of", person, before=before)
    return person


def choose_password(*, person: Person, password: str) -> None:
    """Set a password that has passed the rules. Ends the person's sessions, and links to choose one."""
    with transaction.atomic():
        person.set_password(password)
        person.save(update_fields=["password"])
        _record(person, "chose a password", person)


def _store_new(person: Person) -> None:
    """The database knows best: another administrator may be inviting the same person."""
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        raise NotAllowed(f"{person.email} has an account already.") from error


def _locked(person: Person, by: Person) -> tuple[Person, Person]:
    """Both as they are now: of two administrators who close each other's account, one comes first."""
    people = Person.objects.select_for_update(of=("self",)).order_by("pk").in_bulk([person.pk, by.pk])
    return people[person.pk], people[by.pk]


def _void_links(person: Person) -> None:
    """Links and sessions hang on the password, and each unusable one is another."""
    person.set_unusable_password()
    person.save(update_fields=["password"])


def _described(person: Person) -> str:
    where = f", {person.organisation}" if person.organisation else ""
    return f"{person.get_role_display()}{where}"


def _record(actor: Person, verb: str, person: Person, **detail: str) -> None:
    said = {"username": person.username, "as": _described(person), **detail}
    Event.objects.create(actor=actor, verb=verb, subject=str(person), detail=said)
