"""A small, good set of definition files, for tests to spoil."""

from pathlib import Path

MEASURES = """\
measures:
  - code: reports-on-time
    title: Reports on time
    short_title: Reports on time
    kind: timeliness
    polarity: higher
    unit: share
    counted: reports delivered on time
    out_of: reports due
    why_it_matters: Courts wait for them.
    standing: documented
    sources:
      - title: A circular
  - code: orders-completed
    title: Orders completed
    short_title: Orders completed
    kind: outcome
    polarity: higher
    unit: count
    counted: orders completed
    why_it_matters: An order is meant to be completed.
    standing: reconstructed
    standing_note: The count is read from its title.
    sources:
      - title: Another circular
        address: https://example.org/circular
"""

SCORECARD = """\
slug: scorecard
title: The scorecard
short_title: Scorecard
starts: 2005-04-01
ends: 2006-03-31
applies_to: The 42 areas
summary: It compared the areas.
rating:
  scheme: signed
  zero_means: the minimum expected
standing:
  domains: {standing: documented, note: As printed.}
  measures: {standing: documented, note: As printed.}
  targets: {standing: documented, note: As printed.}
  weights: {standing: reconstructed, note: Equal.}
sources:
  - title: A circular
domains:
  - code: management
    title: Management
    measures:
      - measure: reports-on-time
        target:
          value: 90
        standing: documented
  - code: results
    title: Results
    measures:
      - measure: orders-completed
        target:
          unknown: The record doesn't give it.
        standing: documented
"""

SIGNED = """\
  scheme: signed
  zero_means: the minimum expected
"""
BANDED = """\
  scheme: bands
  bands: {1: Low, 2: Middle, 3: High}
  scoring:
    standing: reconstructed
    note: Ours.
    steps: [0.9, 1.0]
    band_edges: [1.5, 2.5]
"""


def write(directory: Path, *, measures: str = MEASURES, scorecard: str = SCORECARD) -> Path:
    for folder, text in (("measures", measures), ("frameworks", scorecard)):
        (directory / folder).mkdir(exist_ok=True)
        (directory / folder / f"{'all' if folder == 'measures' else 'scorecard'}.yaml").write_text(
            text, encoding="utf-8"
        )
    return directory


def replaced(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def line_of(text: str, part: str) -> int:
    """The line (first = 1) in which a part of the text begins."""
    return text[: text.index(part)].count("\n") + 1
