"""What the names in a file stand for: the stored organisations, frameworks and measures."""

from dataclasses import dataclass

from performance.frameworks.figure_checks import Known
from performance.models import Framework, FrameworkMeasure, Measure
from trusts.models import Organisation


@dataclass(frozen=True)
class Names:
    """Read once for any number of files."""

    organisations: dict[str, Organisation]
    frameworks: dict[str, Framework]
    measures: dict[str, Measure]
    framework_measures: dict[tuple[str, str], FrameworkMeasure]

    @classmethod
    def from_database(cls) -> "Names":
        in_frameworks = FrameworkMeasure.objects.select_related("domain__framework", "measure")
        return cls(
            organisations=Organisation.objects.in_bulk(field_name="slug"),
            frameworks=Framework.objects.in_bulk(field_name="slug"),
            measures=Measure.objects.in_bulk(field_name="code"),
            framework_measures={(f.domain.framework.slug, f.measure.code): f for f in in_frameworks},
        )

    @property
    def known(self) -> Known:
        return Known(
            organisations=frozenset(self.organisations),
            units={code: measure.unit for code, measure in self.measures.items()},
            framework_measures=frozenset(self.framework_measures),
        )
