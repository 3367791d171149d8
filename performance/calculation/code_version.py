"""Which code worked a release out: the digest of the sources that decide its figures.

Not the commit: a change to a page leaves the figures as they are, and a copy of the project
without its history still has a version.
"""

import hashlib
from functools import cache
from pathlib import Path

PERFORMANCE = Path(__file__).resolve().parent.parent
# With the words that sentences are made of.
DECIDING = ("calculation", "statistics", "periods.py", "vocabulary.py", "wording.py")


@cache
def code_version() -> str:
    """Sixteen hexadecimal figures, the same wherever the same sources are installed."""
    digest = hashlib.sha256()
    for name in DECIDING:
        place = PERFORMANCE / name
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(path.relative_to(PERFORMANCE).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
