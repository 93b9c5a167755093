"""Filters of lists: what makes no sense finds nothing."""

import django_filters


class ClosedFilterSet(django_filters.FilterSet):
    """A FilterSet that finds nothing, instead of everything, where its input is invalid."""

    @property
    def found(self):
        """The rows that match; none if the filter makes no sense."""
        return self.qs if self.is_valid() else self.queryset.none()

    @property
    def fields(self):
        """The fields to show: a choice among nothing is left out, unless somebody made one."""
        return [
            field
            for field in self.form
            if field.errors or self.filters[field.name].extra.get("choices") != []
        ]

    @property
    def is_used(self):
        """True if anything was asked for, sensible or not."""
        return not self.is_valid() or any(
            value not in (None, "", []) for value in self.form.cleaned_data.values()
        )
