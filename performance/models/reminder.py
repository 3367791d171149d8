"""A mail that was sent about a return that is due or late: sent once, however often beat asks."""

from django.db import models
from django.db.models import F, Q

from performance.models.framework import Framework
from performance.models.series import Series
from trusts.models import Organisation


class ReminderKind(models.TextChoices):
    DUE_SOON = "due-soon", "Due soon"
    LATE = "late", "Late"


class Reminder(models.Model):
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="reminders")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reminders")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="reminders")
    period_start = models.DateField()
    period_end = models.DateField()
    kind = models.CharField(max_length=12, choices=ReminderKind)
    sent = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["series", "organisation", "framework", "period_start", "period_end", "kind"],
                name="reminder_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=ReminderKind.values), name="reminder_kind_is_known"),
            models.CheckConstraint(
                condition=Q(period_start__lte=F("period_end")), name="reminder_period_runs_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.organisation}, {self.period_start} to {self.period_end}"
