"""Which code worked a release out: the digest of the sources that decide its figures.

Not the commit: a change to a page leaves the figures as they are, and a copy of the project
without its history still has a version.
"""

import hashlib
from functools import cache
from pathlib import Path

PERFORMANCE = Path(__file__).resolve().parent.parent
DECIDING = ("calculation", "statistics")


@cache
def code_version() -> str:
    """Sixteen hexadecimal figures, the same wherever the same sources are installed."""
    digest = hashlib.sha256()
    for folder in DECIDING:
        for path in sorted((PERFORMANCE / folder).rglob("*.py")):
            digest.update(path.relative_to(PERFORMANCE).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
