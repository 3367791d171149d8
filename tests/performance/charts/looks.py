"""How a mark looks to who sees no colour."""


def luminance(colour: str) -> float:
    """Of a colour such as #12436D: from 0, black, to 1, white."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2
