"""How one organisation's figures on one measure went over time, in a release."""

from django.db import models
from django.db.models import Q

from performance.models.measure import Measure
from performance.models.release import Release
from performance.vocabulary import Assurance, ControlChart, Variation
from trusts.models import Organisation


class ChangeResult(models.Model):
    """A control chart of the months or quarters up to `period_end`, in `points`: columns of equal
    length (period_start, period_end, value, centre, lower, upper, signal), shares from 0 to 100.
    `variation` and `assurance` are what its last point says. Beside it `change`, the last whole
    year less the one before it, in the measure's unit (a share in percentage points), with its
    95% limits where it has any. What can't be told has its reason."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="change_results")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="change_results")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="change_results")
    period_start = models.DateField()
    period_end = models.DateField()
    chart = models.CharField(max_length=16, choices=ControlChart.choices())
    points = models.JSONField(default=dict)
    variation = models.CharField(max_length=24, choices=Variation.choices())
    assurance = models.CharField(max_length=24, choices=Assurance.choices())
    reason = models.TextField(blank=True)
    change = models.FloatField(null=True)
    change_lower = models.FloatField(null=True)
    change_upper = models.FloatField(null=True)
    change_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "measure", "organisation"], name="change_result_once_per_release"
            ),
            models.CheckConstraint(
                condition=Q(chart__in=ControlChart.values()), name="change_result_chart_is_known"
            ),
            models.CheckConstraint(
                condition=Q(variation__in=Variation.values()), name="change_result_variation_is_known"
            ),
            models.CheckConstraint(
                condition=Q(assurance__in=Assurance.values()), name="change_result_assurance_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.organisation}: {self.get_variation_display() or self.reason}"
