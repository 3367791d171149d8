"""A sign in the figures that an audit might ask about, in a release."""

from django.db import models
from django.db.models import Q

from performance.models.measure import Measure
from performance.models.release import Release
from performance.vocabulary import AuditSignal
from trusts.models import Organisation


class AuditResult(models.Model):
    """What was looked at, of one organisation or of all together (no organisation), and the
    `question` it gives rise to, blank where it gives none. `n` is on how many values it rests;
    `observed` and `by_chance` are in the signal's own unit; `p` the chance of as much without any
    doing, `adjusted_p` that chance allowing for how many were looked at. What couldn't be looked
    at has its `reason`."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="audit_results")
    signal = models.CharField(max_length=16, choices=AuditSignal.choices())
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="audit_results")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="audit_results"
    )
    period_start = models.DateField()
    period_end = models.DateField()
    n = models.PositiveIntegerField()
    observed = models.FloatField(null=True)
    by_chance = models.FloatField(null=True)
    p = models.FloatField(null=True)
    adjusted_p = models.FloatField(null=True)
    question = models.TextField(blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "signal", "measure", "organisation", "period_start", "period_end"],
                condition=Q(organisation__isnull=False),
                name="audit_result_of_an_organisation_once_per_release",
            ),
            models.UniqueConstraint(
                fields=["release", "signal", "measure", "period_start", "period_end"],
                condition=Q(organisation__isnull=True),
                name="audit_result_of_all_once_per_release",
            ),
            models.CheckConstraint(
                condition=Q(signal__in=AuditSignal.values()), name="audit_result_signal_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_signal_display()}, {self.measure}: {self.question or self.reason or 'nothing'}"
