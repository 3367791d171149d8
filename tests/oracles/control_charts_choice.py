"""Which chart suits a series of shares, in plain Python."""

from fractions import Fraction
from statistics import median


def suited_chart(counts: list[tuple[int | None, int | None]]) -> str:
    told = [(x, n) for x, n in counts if x is not None and n]
    if not told:
        return "none"
    cases = [n for _, n in told]
    share = Fraction(sum(x for x, _ in told), sum(cases))
    average = Fraction(sum(cases), len(cases))
    if median(cases) * min(share, 1 - share) < 5:
        return "p-chart"
    if median(cases) > 1000:
        return "laney-p-chart"
    if any(abs(n - average) > average / 4 for n in cases):
        return "p-chart"
    return "xmr"
