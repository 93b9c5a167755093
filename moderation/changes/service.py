"""Changes of a service: how each operation merges with the catalogue and is published.

Services are never deleted: one that retires becomes unavailable, with the reason as its note.
"""

from __future__ import annotations

from django.db.models import Q

from moderation.changes.field_types import Values
from moderation.changes.handlers import Handler, as_proposed, merge_with
from moderation.changes.merge import Merged, merge_fields
from moderation.changes.references import FROM_DATABASE, Gone, References
from moderation.changes.targets import fresh_target, is_as_proposed, known_target
from moderation.changes.versions import snapshot
from moderation.models import Change, Operation
from services import actions
from services.models import Availability, Service


def _merged_addition(change: Change, references: References) -> Merged:
    name, provider = change.proposed["name"], change.proposed["provider"]
    new = change.proposed.get("new_provider")
    same = Q(provider__name__iexact=new) if new else Q(provider__slug=provider)
    if Service.objects.filter(same, name=name).exists():
        raise Gone(f"The catalogue has “{name}” already: edit that.")
    return as_proposed(change, references)


def _merged_edit(change: Change, references: References) -> Merged:
    return merge_with(change, snapshot(known_target(change, Service)))


def _merged_retirement(change: Change, references: References) -> Merged:
    wanted = {
        "availability": Availability.RETIRED.value,
        "note": change.proposed["retired_because"],
    }
    return merge_fields(
        change.base, snapshot(known_target(change, Service)), wanted, whole={"availability"}
    )


def _publish_addition(change: Change, values: Values) -> None:
    change.service = actions.add_service(**with_new_provider(_facts(values)))
    change.save(update_fields=["service"])


def _publish_edit(change: Change, values: Values) -> None:
    actions.edit_service(fresh_target(change, Service), **_facts(values))


HANDLERS = {
    Operation.ADD: Handler(_merged_addition, _publish_addition),
    Operation.EDIT: Handler(_merged_edit, _publish_edit, is_as_proposed),
    Operation.RETIRE: Handler(_merged_retirement, _publish_edit, is_as_proposed),
}


def with_new_provider(values: Values) -> Values:
    """The values with the slug of their new provider, which is in the catalogue then."""
    rest = {name: value for name, value in values.items() if name != "new_provider"}
    if name := values.get("new_provider"):
        rest["provider"] = actions.provider_called(name).slug
    return rest


def _facts(values: Values) -> Values:
    """The values as the actions of the catalogue take them: with a Section for its reference."""
    if "section" not in values:
        return values
    return values | {"section": FROM_DATABASE.section(values["section"])}
