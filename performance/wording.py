"""How figures are written for readers. No figure is ever written as None or nan."""

from decimal import ROUND_HALF_UP, Decimal

from performance.vocabulary import Unit


def written_number(value: float, decimals: int = 0) -> str:
    """With thousands separators and a true minus sign: 24,110 or −5.4."""
    step = Decimal(1).scaleb(-decimals)
    # Halves go up, as readers expect: 37.5 is 38 and 38.5 is 39. Adding 0 takes the sign off -0.
    number = Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP) + 0
    return f"{number:,.{decimals}f}".replace("-", "\N{MINUS SIGN}")


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
    """A percentage from 0 to 100. All or none is written only of all or none: 99.7% doesn't
    round to 100%."""
    number = round(value, decimals)
    if number == 100 > value or number == 0 < value:
        return written_share(value, decimals + 1)
    return f"{written_number(value, decimals)}%"


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


def listed(words: list[str]) -> str:
    """a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
