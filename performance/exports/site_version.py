"""Which code shows the pages: the digest of everything that decides how they look.

With the release it makes the ETag of a page, so that a reader's copy is refreshed when either
changes and only then.
"""

import hashlib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DECIDING = (
    "performance/**/*.py",
    "performance/**/*.yaml",
    "trusts/**/*.py",
    "trusts/**/*.csv",
    "templates/**/*.html",
    "static/**/*.*",
)


@cache
def site_version() -> str:
    digest = hashlib.sha256()
    for pattern in DECIDING:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
