"""A person who can log in, with one role and, for trust staff, one organisation."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from trusts.models.organisation import Organisation


class Role(models.TextChoices):
    TRUST_OFFICER = "trust-officer", "Trust information officer"
    CHIEF_EXECUTIVE = "chief-executive", "Trust chief executive"
    NOMS_ANALYST = "noms-analyst", "NOMS analyst"
    NOMS_PUBLISHER = "noms-publisher", "NOMS publisher"
    ADMINISTRATOR = "administrator", "Administrator"


TRUST_ROLES = (Role.TRUST_OFFICER, Role.CHIEF_EXECUTIVE)


class Person(AbstractUser):
    REQUIRED_FIELDS = ["email", "role"]

    role = models.CharField(max_length=20, choices=Role)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="person_role_is_known"),
            models.CheckConstraint(
                condition=Q(role__in=TRUST_ROLES, organisation__isnull=False)
                | (~Q(role__in=TRUST_ROLES) & Q(organisation__isnull=True)),
                name="person_of_a_trust_has_an_organisation_and_others_have_none",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username
