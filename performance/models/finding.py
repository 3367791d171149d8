"""What a check found in a return. Errors block; a warning may be accepted with a reason."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from performance.models.constraints import at_and_by_together
from performance.models.trust_return import TrustReturn
from performance.models.upload import Upload


class Severity(models.TextChoices):
    ERROR = "error", "Error"
    WARNING = "warning", "Warning"


class Finding(models.Model):
    """What stands in a row belongs to the return of that row, if the file was kept; `row` and
    `column` are as the file has them, none for the whole of it."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="findings")
    trust_return = models.ForeignKey(
        TrustReturn, on_delete=models.CASCADE, null=True, blank=True, related_name="findings"
    )
    code = models.CharField(max_length=40)
    severity = models.CharField(max_length=8, choices=Severity)
    row = models.PositiveIntegerField(null=True, blank=True)
    column = models.CharField(max_length=200, blank=True)
    sentence = models.TextField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="findings_accepted",
    )
    acceptance_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["upload", "row", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(severity__in=Severity.values), name="finding_severity_is_known"
            ),
            at_and_by_together("finding", "accepted"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True)
                | (Q(severity=Severity.WARNING) & ~Q(acceptance_reason="")),
                name="finding_accepted_is_a_warning_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence
