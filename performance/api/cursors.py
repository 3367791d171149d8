"""Pages of rows by cursor: each goes on after the last row of the one before. A cursor is signed, and of one
question: changed, or put to another, it isn't read. It holds no figure, as addresses stand in logs."""

from collections.abc import Sequence
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import F, Q
from django.db.models.expressions import OrderBy

from performance.api.problems import BadQuery, Error

SIGNER = Signer(salt="performance.api.cursors")
NOT_OURS = "This cursor was changed, or is of another question. Ask without one to begin again."
# Of what no row lacks, and no two have alike.
KEY = "pk"
# Path in the database, and whether the largest comes first.
Path = tuple[str, bool]


def written_cursor(question: Any, last: int) -> str:
    """last: the key of the last row of a page."""
    return SIGNER.sign_object([question, last])


def read_cursor(text: str, question: Any) -> int:
    """Raises BadQuery unless it was written here for the same question."""
    try:
        of, last = SIGNER.unsign_object(text)
    except (BadSignature, ValueError) as error:
        raise not_ours() from error
    if of != _as_read(question):
        raise not_ours()
    return int(last)


def not_ours() -> BadQuery:
    return BadQuery([Error("cursor", NOT_OURS)])


def in_order(paths: Sequence[Path]) -> list[OrderBy]:
    """And then by the key. What has no value comes last, either way."""
    ordered = (
        F(path).desc(nulls_last=True) if is_falling else F(path).asc(nulls_last=True)
        for path, is_falling in paths
    )
    return [*ordered, F(KEY).asc()]


def after(paths: Sequence[Path], last: Sequence[Any]) -> Q:
    """Rows that come after the one with these values of the paths and, in the end, this key."""
    if not paths:
        return Q(**{f"{KEY}__gt": last[0]})
    (path, is_falling), value = paths[0], last[0]
    rest = after(paths[1:], last[1:])
    if value is None:
        return Q(**{f"{path}__isnull": True}) & rest
    beyond = Q(**{f"{path}__lt" if is_falling else f"{path}__gt": value})
    return beyond | Q(**{f"{path}__isnull": True}) | (Q(**{path: value}) & rest)


def _as_read(question: Any) -> Any:
    """JSON has lists alone."""
    return [_as_read(one) for one in question] if isinstance(question, (list, tuple)) else question
