"""Pages of rows by cursor: each goes on after the last row of the one before, however far that is. A cursor
is signed, and of one question: changed, or put to another, it isn't read."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import F, Q
from django.db.models.expressions import OrderBy

from performance.api.problems import BadQuery, Error

SIGNER = Signer(salt="performance.api.cursors")
NOT_OURS = "This cursor was changed, or is of another question. Ask without one to begin again."
# Path in the database, and whether the largest comes first.
Path = tuple[str, bool]


def written_cursor(question: Any, last: Sequence[Any]) -> str:
    """last: what the last row of a page has in the columns that decide the order."""
    return SIGNER.sign_object([question, [_plain(value) for value in last]])


def read_cursor(text: str, question: Any) -> list[Any]:
    """Raises BadQuery unless it was written here for the same question."""
    try:
        of, last = SIGNER.unsign_object(text)
    except (BadSignature, ValueError) as error:
        raise BadQuery([Error("cursor", NOT_OURS)]) from error
    if of != _as_read(question):
        raise BadQuery([Error("cursor", NOT_OURS)])
    return list(last)


def in_order(paths: Sequence[Path]) -> list[OrderBy]:
    """What has no value comes last, either way."""
    return [
        F(path).desc(nulls_last=True) if is_falling else F(path).asc(nulls_last=True)
        for path, is_falling in paths
    ]


def after(paths: Sequence[Path], last: Sequence[Any]) -> Q:
    """Rows that come after the one with these values, in this order; the last path is no two rows' alike."""
    if not paths:
        return Q(pk__in=[])
    (path, is_falling), value = paths[0], last[0]
    rest = after(paths[1:], last[1:])
    if value is None:
        return Q(**{f"{path}__isnull": True}) & rest
    beyond = Q(**{f"{path}__lt" if is_falling else f"{path}__gt": value})
    return beyond | Q(**{f"{path}__isnull": True}) | (Q(**{path: value}) & rest)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _as_read(question: Any) -> Any:
    """JSON has lists alone."""
    return [_as_read(one) for one in question] if isinstance(question, (list, tuple)) else question
