"""What is published never changes: the database refuses, whoever asks and by whatever door.

Triggers on a release and on its rows. They are made anew after each migrate, as SQLite loses them
whenever a migration rebuilds a table.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connections
from django.db.models import Model

from performance.models.audit_result import AuditResult
from performance.models.change_result import ChangeResult
from performance.models.divergence_result import DivergenceResult
from performance.models.early_sight import EarlySight
from performance.models.indicator_result import IndicatorResult
from performance.models.national_result import NationalResult
from performance.models.prediction_result import PredictionResult
from performance.models.rating_measure_result import RatingMeasureResult
from performance.models.rating_result import RatingResult
from performance.models.release import Release, ReleaseState
from performance.models.reweighting_result import ReweightingResult
from performance.models.sentence import Sentence

REFUSAL = "What is published never changes: publish a correction, or withdraw the release."

ROWS_OF_A_RELEASE: tuple[type[Model], ...] = (
    IndicatorResult,
    PredictionResult,
    ChangeResult,
    RatingResult,
    RatingMeasureResult,
    ReweightingResult,
    DivergenceResult,
    NationalResult,
    AuditResult,
    Sentence,
    EarlySight,
    Release.published_tables.through,
    Release.trust_returns.through,
)
# A published release may still be withdrawn; nothing else of it may change.
WITHDRAWAL = ("state", "withdrawn_at", "withdrawn_by_id", "withdrawal_reason")
# Which versions of a row each statement has.
VERSIONS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}

POSTGRES_REFUSES = f"""
    CREATE OR REPLACE FUNCTION {{function}}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {{condition}} THEN
            RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END $$
"""
POSTGRES_TRIGGER = """
    CREATE OR REPLACE TRIGGER {function} BEFORE {statement} ON {table}
    FOR EACH ROW EXECUTE FUNCTION {function}()
"""
SQLITE_FORGETS = "DROP TRIGGER IF EXISTS {function}"
SQLITE_TRIGGER = f"""
    CREATE TRIGGER {{function}} BEFORE {{statement}} ON {{table}} WHEN {{condition}}
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
"""
STATEMENTS = {
    "postgresql": (POSTGRES_REFUSES, POSTGRES_TRIGGER),
    "sqlite": (SQLITE_FORGETS, SQLITE_TRIGGER),
}


def protect_published_rows(using: str = "default", **_: Any) -> None:
    """Make the triggers anew: a receiver of post_migrate."""
    connection = connections[using]
    differ = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    with connection.cursor() as cursor:
        for table, statement, condition in _refusals(differ):
            words = {
                "function": f"{table}_{statement.lower()}_when_published",
                "table": table,
                "statement": statement,
                "condition": condition,
            }
            for template in STATEMENTS[connection.vendor]:
                cursor.execute(template.format(**words))


def _refusals(differ: str) -> Iterator[tuple[str, str, str]]:
    """Table, statement and the condition on which it is refused."""
    release = Release._meta.db_table
    for model in ROWS_OF_A_RELEASE:
        for statement, versions in VERSIONS.items():
            releases = ", ".join(f"{version}.release_id" for version in versions)
            is_published = f"id IN ({releases}) AND state <> '{ReleaseState.DRAFT}'"
            condition = f"EXISTS (SELECT 1 FROM {release} WHERE {is_published})"  # noqa: S608 - our own names
            yield model._meta.db_table, statement, condition
    was_published = f"OLD.state <> '{ReleaseState.DRAFT}'"
    yield release, "DELETE", was_published
    columns = [field.column for field in Release._meta.concrete_fields if field.column not in WITHDRAWAL]
    changes = [f"NEW.{column} {differ} OLD.{column}" for column in columns]
    changes.append(f"NEW.state NOT IN (OLD.state, '{ReleaseState.WITHDRAWN}')")
    yield release, "UPDATE", f"{was_published} AND ({' OR '.join(changes)})"
