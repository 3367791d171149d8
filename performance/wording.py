"""How figures are written for readers. No figure is ever written as None or nan."""

from decimal import ROUND_HALF_UP, Decimal

from performance.vocabulary import Unit


def written_number(value: float, decimals: int = 0) -> str:
    """With thousands separators and a true minus sign: 24,110 or −5.4."""
    return f"{_rounded(value, decimals):,.{decimals}f}".replace("-", "\N{MINUS SIGN}")


def _rounded(value: float, decimals: int) -> Decimal:
    """Halves go up, as readers expect: 37.5 is 38 and 38.5 is 39. Adding 0 takes the sign off -0."""
    step = Decimal(1).scaleb(-decimals)
    return Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP) + 0


def written_value(value: float, unit: str, decimals: int = 0) -> str:
    """A value with its unit, as briefly as it stays clear: 78%, £13,613,000, 31.8, −5.4 points."""
    number = written_number(value, decimals)
    match unit:
        case Unit.SHARE:
            return written_share(value, decimals)
        case Unit.PERCENT_OF_PROFILE:
            return f"{number}%"
        case Unit.POUNDS:
            return f"\N{MINUS SIGN}£{number[1:]}" if value < 0 else f"£{number}"
        case Unit.POINTS:
            return f"{number} points"
        case Unit.DAYS:
            return f"{number} days"
        case _:
            return number


def written_share(value: float, decimals: int = 0) -> str:
    """A percentage, 0 to 100 or, of a target, above. All or none is written only of all or none:
    99.7% doesn't round to 100%."""
    return f"{written_apart(value, decimals, (0, 100))}%"


def written_apart(value: float, decimals: int, marks: tuple[float, ...] = (0,)) -> str:
    """A number with as many more decimals as keep it off marks that it doesn't reach: above or
    below 0 it isn't written as 0, and below 100 not as 100. What is nearer than a billionth is
    there, as that is how far sums of floats are off."""
    value = round(value, 9)
    while any(_on_mark(value, mark, decimals) for mark in marks):
        decimals += 1
    return written_number(value, decimals)


def _on_mark(value: float, mark: float, decimals: int) -> bool:
    """Whether a value would be written as a mark that it doesn't reach, coming from 0."""
    falls_short = value != mark if mark == 0 else abs(value) < abs(mark)
    return falls_short and _rounded(value, decimals) == mark


def points_from_predicted(outcome: float) -> str:
    """Percentage points of reoffending below the predicted rate, with the sign in a word: 2.71 points
    below, or 0.80 points above."""
    return f"{written_number(abs(outcome), 2)} points {'below' if outcome >= 0 else 'above'}"


def written_probability(probability: float) -> str:
    """A probability, 0 to 1, as a percentage. Never all or nothing: what is estimated isn't certain."""
    if probability > 0.99:
        return "above 99%"
    return "below 1%" if probability < 0.01 else written_share(100 * probability)


def written_p(p: float) -> str:
    """A p-value with what it is: p = 0.031. It isn't written as 0, nor as the 0.05 that it misses."""
    if p < 0.001:
        return "p < 0.001"
    if p >= 0.1:
        return f"p = {written_number(p, 2)}"
    return f"p = {written_number(p, 4 if _rounded(p, 3) == Decimal('0.05') else 3)}"


def written_counts(numerator: float, denominator: float) -> str:
    return f"{written_number(numerator)} of {written_number(denominator)}"


def counted(number: int, singular: str, plural: str = "") -> str:
    """1 area, 2 areas, no areas."""
    if number == 1:
        return f"1 {singular}"
    return f"{written_number(number) if number else 'no'} {plural or singular + 's'}"


NOUNS = {
    "nation": ("nation", "nations"),
    "provider": ("national provider", "national providers"),
    "region": ("NOMS region", "NOMS regions"),
    "area": ("area", "areas"),
    "trust": ("trust", "trusts"),
    "crc": ("CRC", "CRCs"),
    "nps-division": ("NPS division", "NPS divisions"),
    "probation-region": ("probation region", "probation regions"),
    "peer-group": ("peer group", "peer groups"),
}


def counted_organisations(number: int, kind: str) -> str:
    """42 areas, 1 trust; `kind` as organisations have it."""
    return counted(number, *NOUNS[kind])


def short_name(name: str) -> str:
    """Of a trust, as narrow as a chart: that it is a probation trust stands beside it."""
    return name.removesuffix(" Trust").removesuffix(" Probation")


def listed(words: list[str]) -> str:
    """a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def listed_briefly(words: list[str], most: int = 8) -> str:
    """a, b and 3 others: the first of a long list, and how many more there are."""
    if len(words) <= most:
        return listed(words)
    return listed([*words[:most], counted(len(words) - most, "other")])
