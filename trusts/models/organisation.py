"""An organisation that answered for probation in a place for some years."""

import datetime

from django.db import models
from django.db.models import F, Q

from trusts.certainty import Certainty


class OrganisationKind(models.TextChoices):
    NATION = "nation", "Nation"
    PROVIDER = "provider", "National provider"
    REGION = "region", "NOMS region"
    AREA = "area", "Probation area"
    TRUST = "trust", "Probation trust"
    CRC = "crc", "Community rehabilitation company"
    NPS_DIVISION = "nps-division", "NPS division"
    PROBATION_REGION = "probation-region", "Probation region"
    PEER_GROUP = "peer-group", "Peer group"


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def of_kind(self, *kinds: str) -> "OrganisationQuerySet":
        return self.filter(kind__in=kinds)

    def standing_on(self, day: datetime.date) -> "OrganisationQuerySet":
        """Open on that day. A date that the record doesn't give can't rule one out."""
        opened = Q(opened__isnull=True) | Q(opened__lte=day)
        not_closed = Q(closed__isnull=True) | Q(closed__gte=day)
        return self.filter(opened & not_closed)


class Organisation(models.Model):
    """`code` is the NDelius code where there is one; area and trust of one place share theirs."""

    slug = models.SlugField(max_length=80, unique=True)
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    region = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="members"
    )
    opened = models.DateField(null=True, blank=True)
    closed = models.DateField(null=True, blank=True, help_text="The last day it stood.")
    certainty = models.CharField(max_length=12, choices=Certainty.choices())
    source = models.TextField(blank=True)
    note = models.TextField(blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="organisation_code_once_per_kind"),
            models.CheckConstraint(
                condition=Q(closed__isnull=True) | Q(opened__isnull=True) | Q(opened__lte=F("closed")),
                name="organisation_opens_before_it_closes",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OrganisationKind.values), name="organisation_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(certainty__in=Certainty.values()), name="organisation_certainty_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name
