"""What must hold of a figure, whoever sent it: one small function for each rule.

A rule takes a frame of figures and what is known, looks at whole columns, and gives the places that
break it. Nothing but those places is ever put into words.
"""

from performance.frameworks.figure_checks.known import Known
from performance.frameworks.figure_checks.rules import CHECKS
from performance.frameworks.figure_checks.tables import check_table

__all__ = ["CHECKS", "Known", "check_table"]
