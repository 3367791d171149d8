"""One number about one organisation in one period. Reoffending and money are measures too."""

from django.db import models
from django.db.models import F, Q

from performance.models.measure import Measure
from performance.models.published_table import PublishedTable
from performance.models.trust_return import TrustReturn
from performance.vocabulary import PARTS_OF_A_WHOLE, WITHOUT_A_NUMBER, Status, Unit
from trusts.certainty import Certainty
from trusts.models import Organisation


class Observation(models.Model):
    """`value` is in the measure's unit, a share as 0 to 100; `expected` the number that a
    prediction gives for the numerator; `percent_of_target` what a source prints without its
    target. `unit` is the measure's as it was when the number came in, so that the database
    itself can refuse a share above the whole."""

    published_table = models.ForeignKey(
        PublishedTable, on_delete=models.CASCADE, null=True, blank=True, related_name="observations"
    )
    trust_return = models.ForeignKey(
        TrustReturn, on_delete=models.CASCADE, null=True, blank=True, related_name="observations"
    )
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="observations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="observations")
    period_start = models.DateField()
    period_end = models.DateField()
    status = models.CharField(max_length=16, choices=Status.choices())
    unit = models.CharField(max_length=20, choices=Unit.choices())
    numerator = models.BigIntegerField(null=True, blank=True)
    denominator = models.BigIntegerField(null=True, blank=True)
    expected = models.FloatField(null=True, blank=True)
    value = models.FloatField(null=True, blank=True)
    percent_of_target = models.FloatField(null=True, blank=True)
    as_printed = models.CharField(max_length=200, blank=True)
    source = models.TextField(blank=True)
    certainty = models.CharField(max_length=12, choices=Certainty.choices())
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(published_table__isnull=False, trust_return__isnull=True)
                | Q(published_table__isnull=True, trust_return__isnull=False),
                name="observation_has_one_origin",
            ),
            models.UniqueConstraint(
                fields=["published_table", "measure", "organisation", "period_start", "period_end"],
                name="observation_once_per_published_table",
            ),
            models.UniqueConstraint(
                fields=["trust_return", "measure", "organisation", "period_start", "period_end"],
                name="observation_once_per_trust_return",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values()), name="observation_status_is_known"
            ),
            models.CheckConstraint(condition=Q(unit__in=Unit.values()), name="observation_unit_is_known"),
            models.CheckConstraint(
                condition=Q(certainty__in=Certainty.values()), name="observation_certainty_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.REPORTED) | Q(value__isnull=False),
                name="observation_reported_has_a_value",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=WITHOUT_A_NUMBER) | Q(value__isnull=True, numerator__isnull=True),
                name="observation_without_a_number_has_none",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.NIL)
                | ((Q(value__isnull=True) | Q(value=0)) & (Q(numerator__isnull=True) | Q(numerator=0))),
                name="observation_nil_is_nothing",
            ),
            models.CheckConstraint(
                condition=~Q(unit__in=PARTS_OF_A_WHOLE)
                | Q(numerator__isnull=True)
                | Q(denominator__isnull=True)
                | Q(numerator__lte=F("denominator")),
                name="observation_share_has_no_more_than_the_whole",
            ),
            models.CheckConstraint(
                condition=~Q(unit__in=PARTS_OF_A_WHOLE)
                | Q(value__isnull=True)
                | Q(value__gte=0, value__lte=100),
                name="observation_share_is_0_to_100",
            ),
            models.CheckConstraint(
                condition=(Q(numerator__isnull=True) | Q(numerator__gte=0))
                & (Q(denominator__isnull=True) | Q(denominator__gte=0)),
                name="observation_counts_are_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(period_start__lte=F("period_end")), name="observation_period_runs_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.organisation}, {self.period_start} to {self.period_end}"
