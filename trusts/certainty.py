"""How sure we are of a fact from the public record, from surest to least sure."""

from django.db import models


class Certainty(models.TextChoices):
    VERBATIM = "verbatim", "read in the named source"
    SECOND_HAND = "second-hand", "reported by a second source"
    DERIVED = "derived", "worked out from what a source prints"
    UNVERIFIED = "unverified", "from memory, not verified"
