"""One figure of a release: what was observed, what follows from it, and how sure it is."""

from django.db import models

from performance.models.measure import Measure
from performance.models.observation import Observation
from performance.models.release import Release
from performance.vocabulary import Flag, Status, Structure, TargetStatus
from trusts.models import Organisation


class IndicatorResult(models.Model):
    """Shares and limits run from 0 to 100. `attainment` is the value as a percentage of its
    target; `baseline` the pooled share that `flag` compares with.

    A figure that nobody sent, but was added up here (a year of months, a region of trusts), has
    no observation, and `note` says of what it is the sum. `is_part` marks a figure that a figure
    for a longer period of the same year holds too."""

    # A release has a million rows: of indexes only those that pages use, which are below.
    release = models.ForeignKey(
        Release, on_delete=models.CASCADE, related_name="indicator_results", db_index=False
    )
    observation = models.ForeignKey(
        Observation, on_delete=models.PROTECT, null=True, related_name="results", db_index=False
    )
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="results", db_index=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="results", db_index=False
    )
    structure = models.CharField(max_length=8, choices=Structure.choices(), default=Structure.THEN)
    is_part = models.BooleanField(default=False)
    period_start = models.DateField()
    period_end = models.DateField()
    status = models.CharField(max_length=16, choices=Status.choices())
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    expected = models.FloatField(null=True)
    value = models.FloatField(null=True)
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)
    target = models.FloatField(null=True)
    target_status = models.CharField(max_length=12, choices=TargetStatus.choices())
    attainment = models.FloatField(null=True)
    baseline = models.FloatField(null=True)
    flag = models.CharField(max_length=12, choices=Flag.choices())
    note = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["release", "organisation"], name="indicator_result_of_one"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "measure", "organisation", "period_start", "period_end"],
                name="indicator_result_once_per_release",
            ),
            models.CheckConstraint(
                condition=models.Q(structure__in=Structure.values()),
                name="indicator_result_structure_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values()), name="indicator_result_status_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(target_status__in=TargetStatus.values()),
                name="indicator_result_target_status_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(flag__in=Flag.values()), name="indicator_result_flag_is_known"
            ),
        ]
        indexes = [models.Index(fields=["release", "organisation"])]

    def __str__(self) -> str:
        return f"{self.measure}, {self.organisation}, {self.period_start} to {self.period_end}"
