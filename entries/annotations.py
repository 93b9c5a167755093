"""What a layer above counts for the entries that a page shows.

It is an expression, so that a page reads it with its entries, and the guide need not know where
it comes from.
"""

from django.db.models import Value
from django.db.models.expressions import BaseExpression

_expressions: dict[str, BaseExpression] = {"open_reports": Value(0)}


def open_reports() -> BaseExpression:
    """The number of open reports of an entry; 0 while no layer counts them."""
    return _expressions["open_reports"]


def count_open_reports(expression: BaseExpression) -> None:
    """Count open reports with this expression, from now on and in the whole process."""
    _expressions["open_reports"] = expression
