"""How sure we are of a fact from the public record, from surest to least sure."""

from trusts.words import Word


class Certainty(Word):
    VERBATIM = "verbatim", "read in the named source"
    SECOND_HAND = "second-hand", "reported by a second source"
    DERIVED = "derived", "worked out from what a source prints"
    UNVERIFIED = "unverified", "from memory, not verified"
