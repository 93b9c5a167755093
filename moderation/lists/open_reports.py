"""What readers of the guide see of moderation: how many open reports an entry has."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.expressions import BaseExpression
from django.db.models.functions import Coalesce

from moderation.models import Report


def count_for_entry() -> BaseExpression:
    """The number of open reports of an entry, to annotate entries with.

    The setting OPEN_REPORTS names this function.
    """
    of_entry = Report.objects.open().filter(entry=OuterRef("pk")).order_by().values("entry")
    number = Subquery(of_entry.annotate(number=Count("pk")).values("number"))
    return Coalesce(number, 0)
