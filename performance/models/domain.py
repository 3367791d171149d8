"""A heading of one framework. Frameworks changed their headings, so no list of them is global."""

from django.db import models
from django.db.models import Q

from performance.models.framework import Framework


class Domain(models.Model):
    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="domains")
    code = models.SlugField(max_length=80)
    title = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    weight = models.FloatField()

    class Meta:
        ordering = ["framework", "position"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "code"], name="domain_code_once_per_framework"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="domain_weight_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.framework.short_title}: {self.title}"
