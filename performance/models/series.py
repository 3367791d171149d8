"""A stream of numbered releases with one standing. Figures of two standings never meet."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone


class SeriesStanding(models.TextChoices):
    OFFICIAL = "official", "Official statistics"
    MANAGEMENT_INFORMATION = "management-information", "Management information"
    PUBLISHED_RECORD = "published-record", "Public record"
    SIMULATED = "simulated", "Simulated figures"


class Series(models.Model):
    """`takes_returns`: whether this is the one to which trusts send theirs. `day`: the day that it
    is in a simulated series, whose returns are due on days long past; real ones follow the calendar."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=120)
    standing = models.CharField(max_length=24, choices=SeriesStanding)
    description = models.TextField()
    takes_returns = models.BooleanField(default=False)
    day = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "series"
        constraints = [
            models.CheckConstraint(
                condition=Q(standing__in=SeriesStanding.values), name="series_standing_is_known"
            ),
            models.UniqueConstraint(
                fields=["takes_returns"],
                condition=Q(takes_returns=True),
                name="series_that_takes_returns_is_one",
            ),
            models.CheckConstraint(
                condition=Q(day__isnull=True) | Q(standing=SeriesStanding.SIMULATED),
                name="series_with_a_day_of_its_own_is_simulated",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def today(self) -> datetime.date:
        return self.day or timezone.localdate()
