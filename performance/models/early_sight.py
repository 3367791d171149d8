"""Someone who saw a release before it was published, as the code of practice for statistics asks to list."""

from django.db import models

from performance.models.release import Release


class EarlySight(models.Model):
    """`office` is why they may: "Minister of State for Prisons", "Press office, NOMS"."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="early_sights")
    name = models.CharField(max_length=120)
    office = models.CharField(max_length=160)
    since = models.DateTimeField()

    class Meta:
        ordering = ["release", "since", "name"]
        constraints = [
            models.UniqueConstraint(fields=["release", "name"], name="early_sight_once_per_person"),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(office=""), name="early_sight_says_who"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.office}"
