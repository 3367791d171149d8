"""Which chart suits a comparison."""

from collections.abc import Sequence

from performance.charts.chosen_dots import chosen_dots, lines_in
from performance.charts.chosen_lines import MOST_LINES, chosen_lines
from performance.charts.chosen_parts import by_measure
from performance.charts.chosen_scatter import FEWEST, chosen_scatter, pairs_of
from performance.charts.figure import Figure, Table
from performance.releases.rows import ResultRow

# Lines of dots, and panels of lines, that can still be looked through.
MOST_DOTTED, MOST_PANELS = 120, 6


def chosen_figure(rows: Sequence[ResultRow], table: Table, gist: str) -> Figure | None:
    """Two measures at one time as a scatter, a few organisations over time as lines, anything else
    as dots; None for a single figure, or for more than a chart can show.

    rows: of a comparison, by measure; table: what stands behind the chart; gist: what they come to
    together, or ''."""
    known = [row for row in rows if row.value is not None]
    if len(known) < 2:
        return None
    groups = by_measure(known)
    is_one_time = all(len({row.period for row in some}) == 1 for some in groups)
    if is_one_time and len(groups) == 2 and len(pairs := pairs_of(*groups)) >= FEWEST:
        return chosen_scatter(pairs, table, gist)
    if not is_one_time and len({row.organisation for row in known}) <= MOST_LINES:
        return chosen_lines(known, table) if len(groups) <= MOST_PANELS else None
    return chosen_dots(known, table) if lines_in(known) <= MOST_DOTTED else None
