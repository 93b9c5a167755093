"""What higher layers show on the entries of a page, such as the number of open reports.

Each is an expression that becomes an attribute of the entries a page reads: it costs no query
of its own, and the guide need not know what it means.
"""

from django.db.models.expressions import BaseExpression

known: dict[str, BaseExpression] = {}  # by attribute


def add(**expressions: BaseExpression) -> None:
    """Annotate the entries that pages read with these values: attribute=expression."""
    known.update(expressions)
