"""What the database of a session held at some point, put back for each module that starts there: filling
it anew for each would take more time than all its tests."""

import sqlite3
from collections.abc import Callable

from django.db import connection, transaction

EMPTY = "empty"


class Snapshots:
    """Of the whole database, each by a name. Not to be used within a transaction."""

    def __init__(self) -> None:
        self._keep = {"sqlite": _SQLiteCopies, "postgresql": _PostgresCopies}[connection.vendor]()
        self._names: set[str] = set()
        self._take(EMPTY)

    def start_from(self, name: str, fill: Callable[[], object] = lambda: None, after: str = EMPTY) -> None:
        """fill: what is done, the first time, to the database as it stood `after` another."""
        if name in self._names:
            self._keep.put_back(name)
            return
        self._keep.put_back(after)
        with transaction.atomic():
            fill()
            # Nobody is sent word of builds that are done.
            connection.run_on_commit.clear()
        self._take(name)

    def _take(self, name: str) -> None:
        self._keep.take(name)
        self._names.add(name)

    def forget(self) -> None:
        self._keep.forget(self._names)


class _SQLiteCopies:
    """In memory, as the database itself is."""

    def __init__(self) -> None:
        self._copies: dict[str, sqlite3.Connection] = {}

    def take(self, name: str) -> None:
        self._copies[name] = sqlite3.connect(":memory:")
        connection.ensure_connection()
        connection.connection.backup(self._copies[name])

    def put_back(self, name: str) -> None:
        connection.ensure_connection()
        self._copies[name].backup(connection.connection)

    def forget(self, names: set[str]) -> None:
        for name in names:
            self._copies[name].close()


class _PostgresCopies:
    """Databases beside it on the same server."""

    def take(self, name: str) -> None:
        self._run(f"CREATE DATABASE {self._named(name)} TEMPLATE {self._named()}")

    def put_back(self, name: str) -> None:
        self._run(
            f"DROP DATABASE {self._named()}", f"CREATE DATABASE {self._named()} TEMPLATE {self._named(name)}"
        )

    def forget(self, names: set[str]) -> None:
        self._run(*(f"DROP DATABASE {self._named(name)}" for name in names))

    def _named(self, *more: str) -> str:
        return connection.ops.quote_name("_".join((connection.settings_dict["NAME"], *more)))

    def _run(self, *statements: str) -> None:
        """From another database, as nobody may be in one that is copied or dropped."""
        connection.close()
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
