"""From the bytes of a file to its cells, all of them text, or to what keeps it from being read."""

from performance.returns.files.read import read_sheet
from performance.returns.files.sheet import Block, FileFormat, Sheet

__all__ = ["Block", "FileFormat", "Sheet", "read_sheet"]
