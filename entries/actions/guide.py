"""Writes to the guide's own facts. Callers hold `history.revision()`."""

from typing import Any

from django.core.exceptions import ValidationError

from entries.models import Entry, Guide
from guide_site.core import guide_facts

# What the HTML of entries with links or pictures depends on
_LINKING = {"source_url", "pictures_url", "picture_hosts"}


def edit_guide(guide: Guide, **facts: Any) -> Guide:
    """Change some facts of the guide, by the names of the fields of Guide.

    Raises ValidationError with a sentence for each fact that cannot be so.
    """
    facts = {name: _checked(name, value) for name, value in facts.items()}
    changed = {name for name, value in facts.items() if getattr(guide, name) != value}
    for name in changed:
        setattr(guide, name, facts[name])
    guide.full_clean(validate_unique=False, validate_constraints=False)
    guide.save()
    if changed & _LINKING:
        Entry.objects.that_may_link().rerender()
    return guide


def _checked(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return guide_facts.checked(name, value)
    except ValidationError as error:
        raise ValidationError({name: error.messages}) from None
