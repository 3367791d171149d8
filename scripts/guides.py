"""Writes the parts of the guides that are made from the code, between their marks.

    .venv/bin/python -m scripts.guides

A test fails where a guide has them otherwise.
"""

import os
import re
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
GUIDES = ("returns", "extracts")


def guide(name: str) -> Path:
    return ROOT / "docs" / f"{name}.md"


def parts_of(name: str) -> dict[str, str]:
    """By the name of the mark, as Markdown."""
    from performance.returns.diagram import diagram, who_takes_it

    if name == "extracts":
        return {"events": events_table(), "rules": rules_table(), "faults": faults_table()}
    return {
        "diagram": f"```text\n{diagram()}\n```",
        "steps": who_takes_it(),
        "checks": checks_table(),
    }


def checks_table() -> str:
    from performance.returns.checks import CHECKS

    rows = [f"| `{check.code}` | {check.severity.label.lower()} | {check.holds} |" for check in CHECKS]
    return "\n".join(["| code | | what must hold |", "|---|---|---|", *rows])


def events_table() -> str:
    from performance.frameworks.case_events import CaseEvent

    rows = [f"| `{event.value}` | {event.label} |" for event in CaseEvent]
    return "\n".join(["| event | what happened |", "|---|---|", *rows])


def rules_table() -> str:
    from performance.frameworks.reader import read_definitions
    from performance.frameworks.rule_words import in_short

    measures = read_definitions().measures.values()
    rows = [
        f"| `{measure.code}` | {in_short(measure.case_rule)} | {measure.case_rule.version} |"
        for measure in measures
        if measure.case_rule
    ]
    return "\n".join(["| measure | what is counted | version |", "|---|---|---|", *rows])


def faults_table() -> str:
    from performance.extracts.faults import OF_ROWS, SHOWN_TO_NOBODY, Fault

    rows = [
        f"| `{fault.value}` | {'rows' if fault in OF_ROWS else 'cases'} that {fault.label} |"
        for fault in Fault
        if fault not in SHOWN_TO_NOBODY
    ]
    return "\n".join(["| kind | what |", "|---|---|", *rows])


def with_parts(text: str, guide: str) -> str:
    for name, content in parts_of(guide).items():
        marked = re.compile(rf"(<!-- {name}: .*? -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
        text, found = marked.subn(lambda match, content=content: f"{match[1]}{content}\n{match[2]}", text)  # type: ignore[misc]
        if found != 1:
            raise SystemExit(f"{guide}.md must have the marks of '{name}' once; it has them {found} times.")
    return text


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "noms_dashboard.settings")
    os.environ.setdefault("LOCAL", "true")
    django.setup()
    for name in GUIDES:
        guide(name).write_text(with_parts(guide(name).read_text(), name))
