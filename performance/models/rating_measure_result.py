"""What one measure did to the rating of one organisation under one framework in a release."""

from django.db import models

from performance.models.domain import Domain
from performance.models.framework import Framework
from performance.models.measure import Measure
from performance.models.release import Release
from trusts.models import Organisation


class RatingMeasureResult(models.Model):
    """`score` is the measure's own, from 1; `weight` its part of the organisation's whole score, 0
    to 1, with what missing measures left to it. `value` and `target` are in the measure's unit.

    `higher_at` is the value from which its score would be one more, and `higher_score` and
    `higher_band` what the whole would then be, all else as it was; `lower_at` is the value below
    which (or above, where lower is better) it would be one less, with `lower_score` and
    `lower_band`. They are null at the best and the worst score, and the wholes where nobody was
    rated. Without a score `reason` says why."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="rating_measure_results")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="rating_measure_results")
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="rating_measure_results")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="rating_measure_results")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="rating_measure_results"
    )
    period_start = models.DateField()
    period_end = models.DateField()
    score = models.FloatField(null=True)
    weight = models.FloatField(null=True)
    value = models.FloatField(null=True)
    target = models.FloatField(null=True)
    higher_at = models.FloatField(null=True)
    higher_score = models.FloatField(null=True)
    higher_band = models.PositiveSmallIntegerField(null=True)
    lower_at = models.FloatField(null=True)
    lower_score = models.FloatField(null=True)
    lower_band = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "framework", "measure", "organisation", "period_start", "period_end"],
                name="rating_measure_result_once_per_release",
            ),
            models.CheckConstraint(
                condition=models.Q(score__isnull=False) | ~models.Q(reason=""),
                name="rating_measure_result_has_a_score_or_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(weight__isnull=True) | models.Q(weight__gte=0, weight__lte=1),
                name="rating_measure_result_weight_is_0_to_1",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.framework}, {self.organisation}, {self.measure}: {self.score or self.reason}"
