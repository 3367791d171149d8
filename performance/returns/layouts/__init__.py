"""From cells to figures, whatever the layout in which they came.

A layout is recognised by its headers alone. Each turns a block of cells into texts, one for each
part of each figure, and all of them are read in the same way, by whole columns.
"""

from performance.returns.layouts.reading import read_figures, recognised
from performance.returns.layouts.said import Said

__all__ = ["Said", "read_figures", "recognised"]
