"""Actual reoffending against predicted, of one organisation in a release."""

from django.db import models
from django.db.models import Q

from performance.models.measure import Measure
from performance.models.release import Release
from trusts.models import Organisation


class PredictionResult(models.Model):
    """Rates, differences and limits are in percentage points; below 0 is less reoffending than
    predicted. `z`, `p` and `verdict` allow for people who are counted several times; `adjusted_p`
    for the number of organisations looked at; `spread_verdict` for what organisations usually
    differ by; `national_verdict` compares with the national result for such offenders.
    `verdict_changes` says whether the verdict hangs on how often people are counted. Without
    figures `reason` says why, with figures but no verdict `flag_reason`."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="prediction_results")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="prediction_results")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="prediction_results"
    )
    period_start = models.DateField()
    period_end = models.DateField()
    observed = models.BigIntegerField(null=True)
    cases = models.BigIntegerField(null=True)
    expected = models.FloatField(null=True)
    actual_rate = models.FloatField(null=True)
    predicted_rate = models.FloatField(null=True)
    difference = models.FloatField(null=True)
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)
    standard_error = models.FloatField(null=True)
    ratio = models.FloatField(null=True)
    z = models.FloatField(null=True)
    p = models.FloatField(null=True)
    adjusted_p = models.FloatField(null=True)
    verdict = models.CharField(max_length=80, blank=True)
    verdict_changes = models.BooleanField(default=False)
    spread_verdict = models.CharField(max_length=80, blank=True)
    national_difference = models.FloatField(null=True)
    national_verdict = models.CharField(max_length=80, blank=True)
    reason = models.TextField(blank=True)
    flag_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "measure", "organisation", "period_start", "period_end"],
                name="prediction_result_once_per_release",
            ),
            models.CheckConstraint(
                condition=Q(difference__isnull=False, cases__isnull=False) | ~Q(reason=""),
                name="prediction_result_has_figures_or_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.verdict or self.reason or self.flag_reason}"
