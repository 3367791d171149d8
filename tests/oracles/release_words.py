"""Which figures a sentence of a release holds, and which its tables have for it.

What the sentences say is proved elsewhere, text by text. Here it is only whether a figure in one is a
figure of the release: of the rows that it is about, or a sum or a share of these.
"""

import re
from collections import Counter
from typing import Any

from tests.oracles.release_process import PROCESS

Row = dict[str, Any]
Key = tuple[Any, ...]

# What stands in sentences without being a figure of the release: levels, the margin, the design effect.
CONSTANTS = ("95%", "80%", "99%", "99.8%", "4 times in 5", "1.3 times", "0.5 points", "holds 0", "above 0")
SUMS = ("targets_met", "targets_judged", "counted", "cases", "required", "reoffended", "cohort", "expected")
NUMBER = re.compile(r"\N{MINUS SIGN}?\d[\d,]*(?:\.\d+)?")
PERIODS = re.compile(r"\b\d{4}-\d{2}\b|\b(?:April|March|January) \d{4}\b|from 0(?![.\d])")


def figures(text: str, titles: list[str]) -> list[str]:
    """As they are written, without the names of frameworks and periods."""
    for title in sorted(titles, key=len, reverse=True):
        text = text.replace(title, "")
    for constant in CONSTANTS:
        text = re.sub(rf"(?<![\d.,]){re.escape(constant)}", "", text)
    return NUMBER.findall(PERIODS.sub("", text))


def is_among(written: str, numbers: list[float]) -> bool:
    """Whether a number is written so, if rounded to as many decimals."""
    decimals = len(written.partition(".")[2])
    value = float(written.replace(",", "").replace("\N{MINUS SIGN}", "-"))
    return any(abs(abs(number) - abs(value)) <= 0.5 * 10**-decimals + 1e-9 for number in numbers)


def of_one(tables: dict[str, dict[Key, Row]], frameworks: list[Row], slug: str, start: Any) -> list[float]:
    """What is told of one organisation in one year."""
    found: list[float] = [
        sum(m["kind"] in PROCESS and m["weight"] > 0 for m in own["measures"]) for own in frameworks
    ]
    for key, row in tables["divergence"].items():
        if key[1:4] == ("all", slug, start):
            found += [*numbers(row), *shares(row, "counted", "required"), *percent(row, "probability")]
    for key, row in tables["predictions"].items():
        if key[1:3] == (slug, start):
            found += [*numbers(row), *shares(row, "observed", "cases"), *shares(row, "expected", "cases")]
    for key, row in tables["ratings"].items():
        if key[1:4] == ("", slug, start):
            found += [*numbers(row), *percent(row, "weight_used"), *map(float, row["band_probabilities"])]
            found += [100 * chance for chance in row["band_probabilities"].values()]
    return found


def of_all(tables: dict[str, dict[Key, Row]], start: Any) -> list[float]:
    """What is told of all organisations together, for a year or from a year on."""
    found: list[float] = []
    for key, row in tables["national"].items():
        if key[3:5] == ("all", start):
            found += [*numbers(row), *percent(row, "estimate"), (row["estimate"] or 0) * row["n"]]
    wholes = {key: row for key, row in tables["ratings"].items() if key[1] == ""}
    together = {key: row for key, row in tables["divergence"].items() if key[1] == "all"}
    for rows in by_framework(together, start):
        found += of_trusts(rows)
    for rows in by_framework(wholes, start):
        found += [len(rows), *counts(rows, "band"), *counts(rows, "reason")]
        found += [float(row["band"] or 0) for row in rows]
    return found


def of_kind(tables: dict[str, dict[Key, Row]], kind: str, start: Any) -> list[float]:
    """What is told of one kind of process, of all organisations together."""
    own = [row for key, row in tables["national"].items() if key[3:5] == (kind, start)]
    return [number for row in own for number in numbers(row)]


def by_framework(table: dict[Key, Row], start: Any) -> list[list[Row]]:
    """The rows of the year that begins then."""
    found: dict[str, list[Row]] = {}
    for key, row in table.items():
        if key[-2] == start:
            found.setdefault(key[0], []).append(row)
    return list(found.values())


def of_trusts(rows: list[Row]) -> list[float]:
    """The sums of a framework's trusts, and how many there are of each sort."""
    judged = [row for row in rows if row["process"] is not None]
    followed = [row for row in rows if row["outcome"] is not None]
    found: list[float] = [len(rows), len(judged), len(followed)]
    found.append(sum(None not in (row["attainment"], row["outcome"]) for row in rows))
    for own in (judged, followed):
        total = {name: float(sum(row[name] or 0 for row in own)) for name in SUMS}
        total["observed"], total["points"] = total["reoffended"], total["reoffended"] - total["expected"]
        found += total.values()
        for part, whole in (
            *(("targets_met", "targets_judged"), ("counted", "required")),
            *(("observed", "cohort"), ("expected", "cohort"), ("points", "cohort")),
        ):
            found += shares(total, part, whole)
    found += [100 * row["probability"] for row in rows if row["probability"] is not None]
    for name in ("quadrant", "fact", "reason"):
        found += counts(rows, name)
    return [*found, sum(bool(row["reason"]) for row in rows)]


def numbers(row: Row) -> list[float]:
    """Its cells, and what its reason has of numbers."""
    said = [float(number) for number in NUMBER.findall(row.get("reason", ""))]
    return [*said, *(float(cell) for cell in row.values() if isinstance(cell, (int, float)))]


def percent(row: Row, name: str) -> list[float]:
    return [] if row[name] is None else [100 * row[name]]


def shares(row: Row, part: str, whole: str) -> list[float]:
    return [100 * row[part] / row[whole]] if row[part] is not None and row[whole] else []


def counts(rows: list[Row], name: str) -> list[int]:
    return list(Counter(row[name] for row in rows).values())
