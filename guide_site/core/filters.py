"""Filters of lists that match nothing while their values are invalid."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.forms import BoundField


class ClosedFilterSet(django_filters.FilterSet):
    """A FilterSet that matches nothing, instead of everything, if a value is invalid.

    Pass a `queryset`, or name a model in its Meta.
    """

    queryset: QuerySet[Any]

    @property
    def matches(self) -> QuerySet[Any]:
        """The rows that match; none if a value is invalid."""
        return self.qs if self.is_valid() else self.queryset.none()

    @property
    def fields(self) -> list[BoundField]:
        """The fields to show. One with nothing to choose from is left out unless it has errors."""
        return [
            field
            for field in self.form
            if field.errors or self.filters[field.name].extra.get("choices") != []
        ]

    @property
    def is_used(self) -> bool:
        """True if the reader filled in any field, also with an invalid value."""
        return not self.is_valid() or any(
            value not in (None, "", []) for value in self.form.cleaned_data.values()
        )
