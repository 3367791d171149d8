"""What is found of all trusts together in a release: one figure of one method."""

from django.db import models
from django.db.models import Q

from performance.models.framework import Framework
from performance.models.release import Release
from performance.vocabulary import Method, ProcessKind, Subject


class NationalResult(models.Model):
    """`estimate` with its interval; `by_chance` what chance alone would give; `n` on how many
    trusts (or periods) it rests. Without an estimate `reason` says why. What spans the years of
    several frameworks belongs to none of them. `kind` is which process measures are looked at."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="national_results")
    subject = models.CharField(max_length=32, choices=Subject.choices())
    method = models.CharField(max_length=32, choices=Method.choices())
    framework = models.ForeignKey(
        Framework, on_delete=models.PROTECT, null=True, related_name="national_results"
    )
    kind = models.CharField(max_length=12, choices=ProcessKind.choices(), default=ProcessKind.ALL)
    period_start = models.DateField()
    period_end = models.DateField()
    estimate = models.FloatField(null=True)
    by_chance = models.FloatField(null=True)
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)
    p = models.FloatField(null=True)
    n = models.PositiveIntegerField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "subject", "method", "framework", "kind", "period_start", "period_end"],
                condition=Q(framework__isnull=False),
                name="national_result_of_a_framework_once_per_release",
            ),
            models.UniqueConstraint(
                fields=["release", "subject", "method", "kind", "period_start", "period_end"],
                condition=Q(framework__isnull=True),
                name="national_result_of_no_framework_once_per_release",
            ),
            models.CheckConstraint(
                condition=Q(subject__in=Subject.values()), name="national_result_subject_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ProcessKind.values()), name="national_result_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(method__in=Method.values()), name="national_result_method_is_known"
            ),
            models.CheckConstraint(
                condition=Q(estimate__isnull=False) | ~Q(reason=""),
                name="national_result_has_an_estimate_or_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}, {self.get_method_display().lower()}"
