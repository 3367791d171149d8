"""What addresses hold beside short names."""

from django.urls import register_converter


class ReleaseNumber:
    """One address for each release: 1, never 01; and no number that no release will reach."""

    regex = "[1-9][0-9]{0,5}"

    def to_python(self, text: str) -> int:
        return int(text)

    def to_url(self, number: int) -> str:
        return str(number)


class Ending:
    """The format of a file; of one that there isn't the view says which there are."""

    regex = "[a-z][a-z0-9.-]{0,39}"

    def to_python(self, text: str) -> str:
        return text

    def to_url(self, ending: str) -> str:
        return ending


class ReleaseAsked:
    """A number, or the newest."""

    regex = f"current|{ReleaseNumber.regex}"

    def to_python(self, text: str) -> str:
        return text

    def to_url(self, text: str) -> str:
        return text


register_converter(ReleaseNumber, "number")
register_converter(ReleaseAsked, "release")
register_converter(Ending, "ending")
