"""Results of one part of a calculation, kept under the digest of what they were worked out from.

A build that stopped half way, or comes again after one trust has sent a new version, finds here
what hasn't changed. Nothing is lost if the rows are: they are worked out again.
"""

from django.db import models


class CalculatedPart(models.Model):
    """`key` is the digest of the part's inputs and of the code; `payload` its packed results."""

    key = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=80)
    payload = models.BinaryField()
    calculated = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
