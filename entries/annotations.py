"""What layers above the guide show on its entries, such as the number of open reports.

Each mark is an expression that becomes an attribute of the entries a page reads: it costs no
query of its own, and the guide need not know what it means.
"""

known = {}


def add(**expressions):
    """Make entries that are read for a page bear these values: attribute=expression."""
    known.update(expressions)
