"""What must hold of the figures that trusts send, and what asks for a reason.

A check looks at whole columns, of a million rows in a moment; only the places that don't hold are
put into words.
"""

from performance.returns.checks.all_checks import CHECKS
from performance.returns.checks.check import Check
from performance.returns.checks.known import KnownToReturns
from performance.returns.checks.run import check_figures

__all__ = ["CHECKS", "Check", "KnownToReturns", "check_figures"]
