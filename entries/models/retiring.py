"""What a row has that is retired, with a reason, where others would be deleted."""

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q

from guide_site.core.history import Versioned, VersionedQuerySet

_Row = TypeVar("_Row", bound="Retirable", covariant=True)


def retires_with_a_reason(model: str) -> models.CheckConstraint:
    """The constraint that a row is retired with a reason, or neither retired nor with a reason.

    model  name of the model, as the name of the constraint begins
    """
    return models.CheckConstraint(
        condition=Q(retired_at=None, retired_because="")
        | Q(retired_at__isnull=False) & ~Q(retired_because=""),
        name=f"{model}_retires_with_a_reason",
    )


class RetirableQuerySet(VersionedQuerySet[_Row]):
    """Queries of rows that may be retired."""

    def live(self) -> Self:
        """Those that are not retired."""
        return self.filter(retired_at=None)

    def retired(self) -> Self:
        """Those that are."""
        return self.exclude(retired_at=None)


class Retirable(Versioned):
    """A row of the guide that is retired, never deleted: its address and its history stay."""

    retired_at = models.DateTimeField(null=True, blank=True)
    retired_because = models.CharField(max_length=300, blank=True)

    objects: ClassVar = RetirableQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_live(self) -> bool:
        """True unless the row is retired."""
        return self.retired_at is None
