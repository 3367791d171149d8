"""What stands beside the tables of a whole release, for whoever finds them."""

from collections.abc import Sequence

from performance.exports.about import about
from performance.exports.table_file import ReleaseFile


def readme(files: Sequence[ReleaseFile]) -> str:
    """files: at least one."""
    said = about(files[0])
    listed = "\n".join(
        f"  tables/{file.table.name}.csv\n    {file.table.title}: {file.table.number:,} rows"
        for file in files
    )
    return f"""{said.release_title}
{said.standing}. {said.what_standing_means}
Figures as at {said.figures_as_at}.

Where it stands for good
  {said.release_address}

How to cite
  {said.citation}, {said.release_address}

Digest
  {said.digest}
  The SHA-256 of all results of this release. Its page says how to prove it.

Terms
  {said.terms}

Files
  datapackage.json
    What this is and what each column is, as a data package (Frictionless Data).
  data-dictionary.csv
    What stands in each column of each file of the site.
{listed}
  Beside each table stands what describes it by itself (CSV on the Web): its definitions, methods, caveats.

How to read them
  Tables are CSV in UTF-8 with a byte-order mark. Dates are 2012-03-31, truth is True or False. An empty cell
  holds nothing; it isn't zero, and the status says which way of having no figure it is. Each row names its
  series, its standing and its release.
"""
