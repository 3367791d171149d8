from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    """What a row may name: organisations, measures with their unit, measures in frameworks."""

    organisations: frozenset[str]
    units: dict[str, str]
    framework_measures: frozenset[tuple[str, str]]

    @property
    def frameworks(self) -> set[str]:
        return {framework for framework, _ in self.framework_measures}
