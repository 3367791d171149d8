"""A measure in a framework's domain, with its weight and the framework's own target."""

from django.db import models
from django.db.models import Q

from performance.models.domain import Domain
from performance.models.measure import Measure
from performance.vocabulary import Standing


class FrameworkMeasure(models.Model):
    """`target` is null where none is known, and then `target_note` says why."""

    domain = models.ForeignKey(Domain, on_delete=models.CASCADE, related_name="framework_measures")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="framework_measures")
    position = models.PositiveSmallIntegerField()
    local_code = models.CharField(max_length=40, blank=True)
    weight = models.FloatField()
    target = models.FloatField(null=True, blank=True)
    target_standing = models.CharField(max_length=16, choices=Standing.choices(), blank=True)
    target_note = models.TextField(blank=True)
    standing = models.CharField(max_length=16, choices=Standing.choices())
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["domain", "position"]
        constraints = [
            models.UniqueConstraint(fields=["domain", "measure"], name="framework_measure_once_per_domain"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="framework_measure_weight_is_positive"),
            models.CheckConstraint(
                condition=Q(target__isnull=False, target_standing__in=Standing.values())
                | (Q(target__isnull=True, target_standing="") & ~Q(target_note="")),
                name="framework_measure_has_a_target_with_standing_or_says_why_not",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=Standing.values()), name="framework_measure_standing_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.domain}: {self.measure}"
