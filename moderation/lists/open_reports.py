"""What readers of the guide see of moderation: how many open reports an entry has."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from entries import annotations
from moderation.models import Report


def show_reports() -> None:
    """Give entries on reading pages `open_reports`."""
    of_entry = Report.objects.open().filter(entry=OuterRef("pk")).order_by().values("entry")
    number = Subquery(of_entry.annotate(number=Count("pk")).values("number"))
    annotations.count_open_reports(Coalesce(number, 0))
