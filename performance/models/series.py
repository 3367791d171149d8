"""A stream of numbered releases with one standing. Figures of two standings never meet."""

from django.db import models
from django.db.models import Q


class SeriesStanding(models.TextChoices):
    OFFICIAL = "official", "Official statistics"
    MANAGEMENT_INFORMATION = "management-information", "Management information"
    PUBLISHED_RECORD = "published-record", "Public record"
    SIMULATED = "simulated", "Simulated figures"


class Series(models.Model):
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=120)
    standing = models.CharField(max_length=24, choices=SeriesStanding)
    description = models.TextField()

    class Meta:
        verbose_name_plural = "series"
        constraints = [
            models.CheckConstraint(
                condition=Q(standing__in=SeriesStanding.values), name="series_standing_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.title
