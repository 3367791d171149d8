"""The life of a return as a diagram in words, made from the table of steps: docs/returns.md has it."""

from performance.models import ReturnState
from performance.returns.life_cycle import STEPS, Step

NOWHERE = "(a file)"


def diagram() -> str:
    """A line for each way from one state to another, and who may take it."""
    lines = [_line(step, begins) for step in STEPS for begins in (step.begins or (None,))]
    from_width = max(len(begins) for begins, _, _ in lines)
    step_width = max(len(step) for _, step, _ in lines)
    return "\n".join(
        f"{begins:>{from_width}} --{step:-<{step_width}}--> {ends}" for begins, step, ends in lines
    )


def who_takes_it() -> str:
    """A table in Markdown: step, from, to, who."""
    rows = [
        f"| {step.verb} | {_states(step)} | {step.ends.label.lower()}{_with_reason(step)} | {step.who} |"
        for step in STEPS
    ]
    return "\n".join(["| step | from | to | who |", "|---|---|---|---|", *rows])


def _line(step: Step, begins: ReturnState | None) -> tuple[str, str, str]:
    return (begins.label.lower() if begins else NOWHERE, f" {step.verb} ", step.ends.label.lower())


def _states(step: Step) -> str:
    return ", ".join(state.label.lower() for state in step.begins) or NOWHERE


def _with_reason(step: Step) -> str:
    return ", with a reason" if step.needs_reason else ""
