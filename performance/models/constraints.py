"""Constraints that several models share."""

from django.db import models
from django.db.models import Q


def at_and_by_together(model: str, step: str) -> models.CheckConstraint:
    """A person's step has a time and a person, or neither."""
    both = Q(**{f"{step}_at__isnull": False, f"{step}_by__isnull": False})
    neither = Q(**{f"{step}_at__isnull": True, f"{step}_by__isnull": True})
    return models.CheckConstraint(condition=both | neither, name=f"{model}_{step}_at_and_by_together")
