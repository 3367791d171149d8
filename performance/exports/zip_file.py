"""Files put together in one zip, the same bytes for the same files whenever and wherever it is made."""

import io
import zipfile
from collections.abc import Mapping

# The earliest that a zip can tell: files of a release have no time of their own.
NO_TIME = (1980, 1, 1, 0, 0, 0)
READABLE_BY_ALL = 0o100644 << 16


def zipped(files: Mapping[str, str]) -> bytes:
    """Files: the text of each by its path, in the order in which the zip lists them."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for path, text in files.items():
            entry = zipfile.ZipInfo(path, NO_TIME)
            entry.external_attr = READABLE_BY_ALL
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode())
    return target.getvalue()
