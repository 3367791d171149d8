"""What stands beside a file, in the form that it is sent with."""

from dataclasses import dataclass

from performance.periods import Period


@dataclass(frozen=True)
class Said:
    """For cells that the file lacks; organisation and framework as slugs, empty where not said."""

    organisation: str = ""
    framework: str = ""
    period: Period | None = None

    def tells(self, field: str) -> bool:
        return bool(getattr(self, field, None))
