"""Working a release out again and comparing."""

from dataclasses import dataclass

import pandas as pd

from performance.calculation.code_version import code_version
from performance.calculation.digest import RESULT_COLUMNS, inputs_digest, results_digest
from performance.calculation.framework_mix import framework_mixes
from performance.calculation.indicators import indicators
from performance.calculation.inputs import inputs_of
from performance.models import Release

FLOATS = [
    "numerator",
    "denominator",
    "expected",
    "value",
    "lower",
    "upper",
    "target",
    "attainment",
    "baseline",
]


@dataclass(frozen=True)
class Verification:
    """Four comparisons, and a sentence for each that fails."""

    release: Release
    differences: list[str]

    @property
    def holds(self) -> bool:
        return not self.differences

    @property
    def sentence(self) -> str:
        if self.holds:
            return (
                f"Release {self.release.number} is verified: worked out again from the same figures, "
                f"it gives the same digest, {self.release.digest}."
            )
        return f"Release {self.release.number} is not verified. " + " ".join(self.differences)


def verify_release(release: Release) -> Verification:
    """Compare the stored results, the stored inputs, and the results worked out afresh from
    those inputs with the digests that the release was given when it was built, and what its
    frameworks rewarded with what they reward by today's definitions."""
    inputs = inputs_of(release.published_tables.all())
    differences = []
    if results_digest(stored_results(release), release.framework_mixes) != release.digest:
        differences.append("The stored results are not those that were released.")
    if inputs_digest(inputs.frame) != release.inputs_digest:
        differences.append("The figures it was worked out from have changed since.")
    if results_digest(indicators(inputs.frame), release.framework_mixes) != release.digest:
        differences.append(f"Working it out again gives other results; {_code(release)}")
    if release.framework_mixes != framework_mixes():
        differences.append("The definitions of the frameworks have changed since.")
    return Verification(release, differences)


def _code(release: Release) -> str:
    if release.code_version == code_version():
        return "the code is the same."
    return f"the code was {release.code_version} then and is {code_version()} now."


def stored_results(release: Release) -> pd.DataFrame:
    """The release's rows as they stand in the database, in the columns of a digest."""
    fields = {column: column for column in RESULT_COLUMNS}
    fields |= {"measure": "measure__code", "organisation": "organisation__slug"}
    rows = release.indicator_results.values_list(*fields.values())
    frame = pd.DataFrame.from_records(rows, columns=list(fields))
    frame[FLOATS] = frame[FLOATS].astype(float)
    return frame
