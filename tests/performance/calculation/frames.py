"""Frames of figures for tests: plain rows in, the data frame that `inputs` gives out."""

import datetime
import math
from typing import Any

import pandas as pd

from performance.calculation.places import Places

RESULTS = ("value", "lower", "upper", "target_status", "attainment", "baseline", "flag", "is_part")
NUMBERS = ["observation_id", "numerator", "denominator", "expected", "value", "percent_of_target", "target"]

ROW = {
    "observation_id": 1,
    "measure": "reports-on-time",
    "kind": "timeliness",
    "polarity": "higher",
    "unit": "share",
    "organisation": "gwent-area",
    "organisation_kind": "area",
    "region": "wales-region",
    "period_start": datetime.date(2009, 4, 1),
    "period_end": datetime.date(2010, 3, 31),
    "status": "reported",
    "numerator": None,
    "denominator": None,
    "expected": None,
    "value": None,
    "percent_of_target": None,
    "target": None,
    "framework": "",
    "as_printed": "",
    "source": "https://example.org/hansard",
    "certainty": "verbatim",
    "note": "",
}


def row(**changes: Any) -> dict[str, Any]:
    assert changes.keys() <= ROW.keys()
    return ROW | changes


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    made = pd.DataFrame.from_records(list(rows), columns=list(ROW))
    made[NUMBERS] = made[NUMBERS].astype(float)
    for day in ("period_start", "period_end"):
        made[day] = pd.to_datetime(made[day]).astype("datetime64[s]")
    return made


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Back to plain rows: no NaN, days as dates, and counts as whole numbers."""
    rows = [{key: plain(cell) for key, cell in row.items()} for row in frame.to_dict("records")]
    for row in rows:
        for count in ("numerator", "denominator"):
            row[count] = None if row[count] is None else int(row[count])
    return rows


def plain(cell: Any) -> Any:
    if isinstance(cell, pd.Timestamp):
        return cell.date()
    return None if isinstance(cell, float) and math.isnan(cell) else cell


# A small England and Wales: two regions of three trusts, and one of a single trust; the areas that
# became the trusts of the first; and a region of today that takes one trust from each.
TRUSTS = {
    "north": ["cumbria", "lancashire", "merseyside"],
    "south": ["dorset", "hampshire", "kent"],
    "capital": ["london"],
}
AREAS = {"north": ["cumbria-area", "lancashire-area", "merseyside-area"]}
TODAY = {"coast": ["lancashire", "kent", "lancashire-area"]}


def places() -> Places:
    organisations = [
        (slug, slug.replace("-area", "").title(), kind, region)
        for kind, regions in (("trust", TRUSTS), ("area", AREAS))
        for region, slugs in regions.items()
        for slug in slugs
    ]
    regions = [(region, region.title(), "region", "") for region in TRUSTS]
    kinds = {slug: kind for slug, _, kind, _ in organisations}
    today = [(member, kinds[member], region) for region, members in TODAY.items() for member in members]
    return Places(
        pd.DataFrame([*organisations, *regions], columns=["slug", "name", "kind", "region"]),
        pd.DataFrame(today, columns=["organisation", "kind", "today"]),
        "england-and-wales",
    )


def month(year: int, number: int) -> dict[str, datetime.date]:
    """A calendar month as the period of a row."""
    return months(year, number, 1)


def months(year: int, first: int, length: int) -> dict[str, datetime.date]:
    """So many calendar months as the period of a row."""
    after = year * 12 + first - 1 + length
    end = datetime.date(after // 12, after % 12 + 1, 1) - datetime.timedelta(days=1)
    return {"period_start": datetime.date(year, first, 1), "period_end": end}


def financial_year(first: int) -> dict[str, datetime.date]:
    return months(first, 4, 12)


def trust(slug: str, **changes: Any) -> dict[str, Any]:
    (region,) = (region for region, slugs in TRUSTS.items() if slug in slugs)
    return row(organisation=slug, organisation_kind="trust", region=region, **changes)


def area(slug: str, **changes: Any) -> dict[str, Any]:
    return row(organisation=slug, organisation_kind="area", region="north", **changes)
