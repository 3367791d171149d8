"""Writes the parts of the guides that are made from the code, between their marks.

    .venv/bin/python -m scripts.guides

A test fails where a guide has them otherwise.
"""

import os
import re
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs" / "returns.md"


def parts() -> dict[str, str]:
    """By the name of the mark, as Markdown."""
    from performance.returns.diagram import diagram, who_takes_it

    return {
        "diagram": f"```text\n{diagram()}\n```",
        "steps": who_takes_it(),
        "checks": checks_table(),
    }


def checks_table() -> str:
    from performance.returns.checks import CHECKS

    rows = [f"| `{check.code}` | {check.severity.label.lower()} | {check.holds} |" for check in CHECKS]
    return "\n".join(["| code | | what must hold |", "|---|---|---|", *rows])


def with_parts(text: str) -> str:
    for name, content in parts().items():
        marked = re.compile(rf"(<!-- {name}: .*? -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
        text, found = marked.subn(lambda match, content=content: f"{match[1]}{content}\n{match[2]}", text)  # type: ignore[misc]
        if found != 1:
            raise SystemExit(f"{GUIDE.name} must have the marks of '{name}' once; it has them {found} times.")
    return text


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "noms_dashboard.settings")
    os.environ.setdefault("LOCAL", "true")
    django.setup()
    GUIDE.write_text(with_parts(GUIDE.read_text()))
