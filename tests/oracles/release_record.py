"""A series like the public record: areas, a national provider, and a few trusts beside them."""

from typing import Any

from tests.oracles.release_edges import Series, figure, one_year, series, share
from tests.oracles.release_series import TRUSTS

Row = dict[str, Any]


def the_public_record() -> Series:
    """Areas' accommodation beside their workload, court reports beside reoffending, and trusts in the
    same period as areas."""
    more = {
        "accommodation_at_termination": ("outcome", "higher", "share", 12),
        "offenders_per_offender_manager": ("resource", "none", "rate", 1),
        "nps_sl001": ("timeliness", "higher", "share", 3),
        "binary_rate": ("outcome", "lower", "share", 3),
    }
    like = one_year()[0]
    found = [
        row
        for code, (kind, polarity, unit, _) in more.items()
        for row in of_the_record(
            like | {"measure": code.replace("_", "-"), "kind": kind, "polarity": polarity, "unit": unit}
        )
    ]
    made, plans, where, measures = series(found, [], **more)
    areas = [
        {"slug": f"area-{place:02}", "name": f"Area {place}", "kind": "area", "region": "north"}
        for place in range(12)
    ]
    provider = {"slug": "national-probation-service", "name": "NPS", "kind": "provider", "region": ""}
    where["organisations"] = sorted([*where["organisations"], *areas, provider], key=lambda row: row["slug"])
    return made, plans, where, measures


def of_the_record(like: Row) -> list[Row]:
    match like["measure"]:
        case "accommodation-at-termination":
            own = [
                figure(
                    like,
                    f"area-{place:02}",
                    "area",
                    first,
                    0,
                    12,
                    **share(60 + 7 * place % 31, 100, target=aim),
                )
                for first in (2010, 2011)
                for place, aim in enumerate([70.0, 71.5, None, *[75.0] * 9])
            ]
            trusts = [figure(like, slug, "trust", 2010, 0, 12, **share(7, 9)) for slug in TRUSTS[:3]]
            return [*own, *trusts]
        case "offenders-per-offender-manager":
            days = [
                figure(like, f"area-{place:02}", "area", first, 0, 1, value=30.0 + (5 * place + first) % 7)
                for first in (2008, 2009, 2010)
                for place in range(12)
            ]
            return [row | {"period_end": row["period_start"]} for row in days]
        case "nps-sl001":
            values = [91.5, 92, 90, 94, 95, 93.5, 96, 97, 95.5, 98, 99, 97.5]
        case _:
            values = [44.0, 43, 43.5, 42, 42.5, 41, 41.5, 40, 40.5, 39, 38.5, 39.5]
    return [
        figure(
            like,
            "national-probation-service",
            "provider",
            2015 + at // 4,
            3 * (at % 4),
            3,
            value=float(value),
        )
        for at, value in enumerate(values)
    ]
