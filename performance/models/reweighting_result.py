"""How an organisation would have been rated had kinds of measure counted otherwise, in a release."""

from django.db import models
from django.db.models import Q

from performance.models.framework import Framework
from performance.models.release import Release
from performance.vocabulary import Weighting
from trusts.models import Organisation


class ReweightingResult(models.Model):
    """`score` and `band` under that weighting, of the same measures' scores as the rating itself.
    Who has no rating has none here either, and `reason` says why."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="reweighting_results")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="reweighting_results")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="reweighting_results"
    )
    weighting = models.CharField(max_length=16, choices=Weighting.choices())
    period_start = models.DateField()
    period_end = models.DateField()
    score = models.FloatField(null=True)
    band = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "framework", "weighting", "organisation", "period_start", "period_end"],
                name="reweighting_result_once_per_release",
            ),
            models.CheckConstraint(
                condition=Q(weighting__in=Weighting.values()),
                name="reweighting_result_weighting_is_known",
            ),
            models.CheckConstraint(
                condition=Q(band__isnull=False) | ~Q(reason=""),
                name="reweighting_result_has_a_band_or_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.get_weighting_display()}: {self.band or self.reason}"
