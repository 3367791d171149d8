"""A rating of one organisation under one framework in a release, whole or by domain."""

from django.db import models
from django.db.models import Q

from performance.models.domain import Domain
from performance.models.framework import Framework
from performance.models.release import Release
from trusts.models import Organisation


class RatingResult(models.Model):
    """`band_probabilities` maps each band to its probability, 0 to 1; `weight_used` is the part of
    the weight, 0 to 1, whose measures had figures. Without enough data there is neither score nor
    band, and `reason` says why."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="rating_results")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="rating_results")
    domain = models.ForeignKey(
        Domain, on_delete=models.PROTECT, null=True, blank=True, related_name="rating_results"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rating_results")
    period_start = models.DateField()
    period_end = models.DateField()
    score = models.FloatField(null=True)
    band = models.PositiveSmallIntegerField(null=True)
    band_probabilities = models.JSONField(default=dict)
    weight_used = models.FloatField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "framework", "domain", "organisation", "period_start", "period_end"],
                condition=Q(domain__isnull=False),
                name="rating_result_of_a_domain_once_per_release",
            ),
            models.UniqueConstraint(
                fields=["release", "framework", "organisation", "period_start", "period_end"],
                condition=Q(domain__isnull=True),
                name="rating_result_of_a_framework_once_per_release",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=False) | (Q(band__isnull=True) & ~Q(reason="")),
                name="rating_result_has_a_score_or_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.framework}, {self.organisation}: {self.band or self.reason}"
