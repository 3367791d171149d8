"""Working a release out again and comparing."""

from dataclasses import dataclass

from performance.calculation.code_version import code_version
from performance.calculation.framework_mix import framework_mixes
from performance.calculation.inputs import Inputs, Origins, inputs_of
from performance.calculation.parts import plan_of, work_out_across, work_out_year
from performance.calculation.tables import TABLES, Results, results_digest
from performance.models import Release


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
    """Compare the stored results, the stored inputs with their definitions, and the results worked
    out afresh from those inputs with the digests that the release was given when it was built, and
    what its frameworks rewarded with what they reward by today's definitions."""
    inputs = inputs_of(Origins(list(release.published_tables.all()), list(release.trust_returns.all())))
    differences = []
    if results_digest(stored_results(release), release.framework_mixes) != release.digest:
        differences.append("The stored results are not those that were released.")
    if inputs.digest != release.inputs_digest:
        differences.append(
            "The figures it was worked out from, or the definitions by which they are read, have changed "
            "since."
        )
    if results_digest(worked_out_afresh(inputs), release.framework_mixes) != release.digest:
        differences.append(f"Working it out again gives other results; {_code(release)}")
    if release.framework_mixes != framework_mixes():
        differences.append("The definitions of the frameworks have changed since.")
    return Verification(release, differences)


def worked_out_afresh(inputs: Inputs) -> Results:
    """Every year anew: parts kept from a build would prove nothing."""
    plan, years = plan_of(inputs)
    worked_out = {part.year: work_out_year(years[part.year], inputs.definitions) for part in plan.parts}
    return work_out_across(worked_out, inputs.definitions)


def stored_results(release: Release) -> Results:
    """The release's tables as they stand in the database."""
    return {table.name: table.stored(release) for table in TABLES}


def _code(release: Release) -> str:
    if release.code_version == code_version():
        return "the code is the same."
    return f"the code was {release.code_version} then and is {code_version()} now."
