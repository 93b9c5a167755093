"""Constraints that many models have. The migrations hold what these functions return."""

from django.db import models
from django.db.models import F, Q


def has(model: str, *fields: str) -> list[models.BaseConstraint]:
    """The constraints that these texts are never empty, such as “section_has_a_title”.

    model  what their names begin with
    """
    return [
        models.CheckConstraint(condition=~Q(**{field: ""}), name=f"{model}_has_a_{field}")
        for field in fields
    ]


def is_known(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """The constraint that a field holds one of its choices."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)


def is_not_its_own_parent(model: str) -> models.CheckConstraint:
    """The constraint that a row of a tree does not stand below itself.

    model  what its name begins with
    """
    return models.CheckConstraint(
        condition=Q(parent=None) | ~Q(parent=F("id")), name=f"{model}_is_not_its_own_parent"
    )
