"""Making the local database and static files ready, with a sentence when that can't be done."""

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection
from django.db.migrations.exceptions import (
    BadMigrationError,
    InconsistentMigrationHistory,
    NodeNotFoundError,
)
from django.db.migrations.loader import MigrationLoader

from performance.exports.site_version import site_version


class NotReady(Exception):
    """Something of an earlier installation is in the way. Its text says what to do."""


def migrate_database() -> str:
    """Bring the database up to this version and return its name. Raises NotReady if it can't be."""
    try:
        _refuse_unknown_migrations()
        call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        if "already exists" not in str(error):
            raise NotReady(f"The database can't be read or written: {error}.") from error
        raise NotReady(_old_database(str(error))) from error
    except (
        BadMigrationError,
        DatabaseError,
        InconsistentMigrationHistory,
        NodeNotFoundError,
    ) as error:
        raise NotReady(_old_database(str(error))) from error
    return f"{connection.vendor}, {connection.settings_dict['NAME']}"


def _refuse_unknown_migrations() -> None:
    """A database that a later version has changed isn't ours to use."""
    loader = MigrationLoader(connection)
    ours = {app for app, _ in loader.disk_migrations}
    unknown = sorted(
        f"{app}.{name}"
        for app, name in loader.applied_migrations
        if app in ours and (app, name) not in loader.disk_migrations
    )
    if unknown:
        raise NotReady(_old_database(f"it holds {unknown[0]}, which this version doesn't know"))


def _old_database(reason: str) -> str:
    if connection.vendor != "sqlite":
        return f"The database can't be used by this version ({reason}): restore one that can."
    return (
        f"The database {connection.settings_dict['NAME']} was made by another version of this "
        f"project ({reason}): move it away or delete it, and run the command again."
    )


def collect_static_files() -> None:
    """Hash and compress the static files, unless that was done for just these. Those of earlier
    versions stay: pages that a reader's browser kept name them."""
    stamp = settings.STATIC_ROOT / ".made-for"
    made_for = f"{site_version()} {settings.STORAGES['staticfiles']['BACKEND']}"
    if stamp.exists() and stamp.read_text() == made_for:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(made_for)
