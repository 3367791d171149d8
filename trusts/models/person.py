"""A person who can sign in, with one role and, for trust staff, one organisation."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from trusts.models.organisation import Organisation


class Role(models.TextChoices):
    TRUST_OFFICER = "trust-officer", "Trust information officer"
    CHIEF_EXECUTIVE = "chief-executive", "Trust chief executive"
    NOMS_ANALYST = "noms-analyst", "NOMS analyst"
    NOMS_PUBLISHER = "noms-publisher", "NOMS publisher"
    ADMINISTRATOR = "administrator", "Administrator"


TRUST_ROLES = (Role.TRUST_OFFICER, Role.CHIEF_EXECUTIVE)


class Person(AbstractUser):
    """Whoever was invited has their email address as the username. `invitation_sent` is when
    the last invitation left; empty for accounts that a command made."""

    REQUIRED_FIELDS = ["email", "role"]

    # People have one name, in the order in which they say it.
    first_name = None
    last_name = None
    name = models.CharField(max_length=150, blank=True)
    role = models.CharField(max_length=20, choices=Role)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    invitation_sent = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="person_role_is_known"),
            models.CheckConstraint(
                condition=Q(role__in=TRUST_ROLES, organisation__isnull=False)
                | (~Q(role__in=TRUST_ROLES) & Q(organisation__isnull=True)),
                name="person_of_a_trust_has_an_organisation_and_others_have_none",
            ),
            # Links to choose a password, and single sign-on, find a person by it.
            models.UniqueConstraint(
                Lower("email"), condition=~Q(email=""), name="person_email_is_of_one_person"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
