"""What is asked of every table, whatever it is of."""

from performance.api.fields import fields_of
from performance.releases.tables import Table
from tests.performance.api.asking import Query, rows


def holds_to_its_filters_and_orders(table: Table, token: str = "") -> None:
    """Each column as a filter, as ends, and as an order, page by page."""
    address = f"{table.slug}/"

    def ask(query: Query) -> list[dict]:
        return rows(address, query, token)

    everything = ask({})
    assert everything
    for column, field in fields_of(table).items():
        values = [row[column] for row in everything]
        for value in {0: values[0], 1: values[-1]}.values():
            if not isinstance(value, str) or len(value) <= 200:
                found = ask({column: "" if value is None else value})
                assert found == [row for row in everything if row[column] == value], column
        told = sorted({value for value in values if value is not None}) if field.type != "text" else []
        if told and field.type != "boolean":
            found = ask({f"{column}_from": told[0], f"{column}_to": told[0]})
            assert found == [row for row in everything if row[column] == told[0]], column
        for sign in ("", "-"):
            found = ask({"ordering": f"{sign}{column}", "limit": max(1, len(everything) // 3)})
            assert sorted(map(repr, found)) == sorted(map(repr, everything)), column
            told_in_order = [row[column] for row in found if row[column] is not None]
            assert [row[column] for row in found][: len(told_in_order)] == told_in_order, column
            if field.type != "text":
                assert told_in_order == sorted(told_in_order, reverse=bool(sign)), column
