"""A thing that is counted, defined once and used by any number of frameworks."""

from django.db import models
from django.db.models import Q

from performance.vocabulary import PARTS_OF_A_WHOLE, PROCESS_KINDS, Kind, Polarity, Standing, Unit


class Measure(models.Model):
    code = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=160)
    short_title = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=Kind.choices())
    polarity = models.CharField(max_length=8, choices=Polarity.choices())
    unit = models.CharField(max_length=20, choices=Unit.choices())
    unit_label = models.CharField(max_length=60, blank=True)
    decimals = models.PositiveSmallIntegerField(default=0)
    counted = models.TextField()
    out_of = models.TextField(blank=True)
    why_it_matters = models.TextField()
    caveats = models.TextField(blank=True)
    recording = models.TextField(blank=True)
    # How it is counted from events of cases (`performance.frameworks.case_rules`); none where it can't be.
    case_rule = models.JSONField(null=True, blank=True)
    standing = models.CharField(max_length=16, choices=Standing.choices())
    standing_note = models.TextField(blank=True)
    sources = models.JSONField()

    class Meta:
        ordering = ["kind", "title"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values()), name="measure_kind_is_known"),
            models.CheckConstraint(
                condition=Q(polarity__in=Polarity.values()), name="measure_polarity_is_known"
            ),
            models.CheckConstraint(condition=Q(unit__in=Unit.values()), name="measure_unit_is_known"),
            models.CheckConstraint(
                condition=Q(standing__in=Standing.values()), name="measure_standing_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(unit__in=PARTS_OF_A_WHOLE, out_of=""), name="measure_of_a_part_says_out_of_what"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_process(self) -> bool:
        return self.kind in PROCESS_KINDS
