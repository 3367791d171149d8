"""One organisation taking over from another, wholly or in part."""

from django.db import models
from django.db.models import F, Q

from trusts.certainty import Certainty
from trusts.models.organisation import Organisation


class Territory(models.TextChoices):
    WHOLE = "whole", "the whole of its territory"
    PART = "part", "part of its territory"


class Succession(models.Model):
    """Merged organisations share a successor; divided ones have several. `territory` says how
    much of the predecessor's map went to the successor: in 2014 a CRC and an NPS division each
    took over the whole of a trust's, and shared its cases by risk."""

    predecessor = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="successions_out")
    successor = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="successions_in")
    date = models.DateField(help_text="The successor's first day.")
    territory = models.CharField(max_length=8, choices=Territory)
    certainty = models.CharField(max_length=12, choices=Certainty.choices())
    source = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["date", "predecessor__name"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="succession_is_not_to_itself"
            ),
            models.CheckConstraint(
                condition=Q(territory__in=Territory.values), name="succession_territory_is_known"
            ),
            models.CheckConstraint(
                condition=Q(certainty__in=Certainty.values()), name="succession_certainty_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} to {self.successor}, {self.date:%-d %B %Y}"
