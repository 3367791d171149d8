"""Process beside outcome for one organisation in a release."""

from django.db import models
from django.db.models import Q

from performance.models.framework import Framework
from performance.models.release import Release
from performance.vocabulary import ProcessKind, Quadrant
from trusts.models import Organisation


class DivergenceResult(models.Model):
    """Both indices run so that high is good: `process` as the weighted share of targets met, 0 to
    100, `outcome` in percentage points below predicted reoffending, each with its standard error.

    Their raw parts stand beside them: how many targets there were and how many were met; cases
    done as asked (`counted`), all cases and cases that the targets ask for (`required`), with
    `attainment`, the first as a percentage of the last; who reoffended, of how many, against how
    many predicted. `meets` and `worse` are the probabilities that the true level meets the
    targets and is worse than predicted by a margin that matters. `fact` is the quarter as
    counted, `quadrant` the one that is probable enough to be named.

    `kind` is which process measures are looked at. Of the `ranked` organisations that have both
    sides, the ranks (1 is best) are by attainment and by outcome, each with the 95% interval that
    its noise leaves."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="divergence_results")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="divergence_results")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="divergence_results"
    )
    kind = models.CharField(max_length=12, choices=ProcessKind.choices(), default=ProcessKind.ALL)
    period_start = models.DateField()
    period_end = models.DateField()
    process = models.FloatField(null=True)
    process_standard_error = models.FloatField(null=True)
    targets_judged = models.PositiveSmallIntegerField(default=0)
    targets_met = models.PositiveSmallIntegerField(default=0)
    counted = models.BigIntegerField(null=True)
    cases = models.BigIntegerField(null=True)
    required = models.FloatField(null=True)
    attainment = models.FloatField(null=True)
    attainment_standard_error = models.FloatField(null=True)
    outcome = models.FloatField(null=True)
    outcome_standard_error = models.FloatField(null=True)
    reoffended = models.BigIntegerField(null=True)
    cohort = models.BigIntegerField(null=True)
    expected = models.FloatField(null=True)
    meets = models.FloatField(null=True)
    worse = models.FloatField(null=True)
    fact = models.CharField(max_length=20, choices=Quadrant.choices(), default=Quadrant.NOT_COMPARED)
    quadrant = models.CharField(max_length=20, choices=Quadrant.choices())
    probability = models.FloatField(null=True)
    ranked = models.PositiveSmallIntegerField(default=0)
    process_rank = models.PositiveSmallIntegerField(null=True)
    process_rank_lower = models.PositiveSmallIntegerField(null=True)
    process_rank_upper = models.PositiveSmallIntegerField(null=True)
    outcome_rank = models.PositiveSmallIntegerField(null=True)
    outcome_rank_lower = models.PositiveSmallIntegerField(null=True)
    outcome_rank_upper = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "framework", "kind", "organisation", "period_start", "period_end"],
                name="divergence_result_once_per_release",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ProcessKind.values()), name="divergence_result_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(quadrant__in=Quadrant.values()), name="divergence_result_quadrant_is_known"
            ),
            models.CheckConstraint(
                condition=Q(fact__in=Quadrant.values()), name="divergence_result_fact_is_known"
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
