"""Process beside outcome for one organisation in a release."""

from django.db import models
from django.db.models import Q

from performance.models.framework import Framework
from performance.models.release import Release
from performance.vocabulary import Quadrant
from trusts.models import Organisation


class DivergenceResult(models.Model):
    """Both indices run so that high is good: `process` as a share of targets met, 0 to 100,
    `outcome` in percentage points below predicted reoffending, each with its standard error."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="divergence_results")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="divergence_results")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="divergence_results"
    )
    period_start = models.DateField()
    period_end = models.DateField()
    process = models.FloatField(null=True)
    process_standard_error = models.FloatField(null=True)
    outcome = models.FloatField(null=True)
    outcome_standard_error = models.FloatField(null=True)
    quadrant = models.CharField(max_length=20, choices=Quadrant.choices())
    probability = models.FloatField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "framework", "organisation", "period_start", "period_end"],
                name="divergence_result_once_per_release",
            ),
            models.CheckConstraint(
                condition=Q(quadrant__in=Quadrant.values()), name="divergence_result_quadrant_is_known"
            ),
            models.CheckConstraint(
                condition=Q(probability__isnull=True) | Q(probability__gte=0, probability__lte=1),
                name="divergence_result_probability_is_0_to_1",
            ),
            models.CheckConstraint(
                condition=Q(process__isnull=False, outcome__isnull=False)
                | (Q(quadrant=Quadrant.NOT_COMPARED) & ~Q(reason="")),
                name="divergence_result_has_both_indices_or_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_quadrant_display()}"
