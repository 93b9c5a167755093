"""Small honest objects for tests. Every argument has a default."""

import uuid
from itertools import count

from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.text import slugify

import entries.actions.entries
import entries.actions.figures
from entries.actions.guide import edit_guide
from entries.models import GAP, Entry, Figure, Guide, LegendTag, Section
from guide_site.core import history
from guide_site.core.access import Role
from guide_site.models import User
from moderation.changes import entry as entry_changes
from moderation.changes import versions
from moderation.models import Change, Operation, Proposal, Report, ReportKind, Subject
from moderation.states import Status
from services.models import Capability, Offering, Provider, Service
from tests.picture_files import raster

_number = count(1)


def user(role=Role.CONTRIBUTOR, **fields):
    """A member; `role=None` makes one who may only read."""
    fields.setdefault("username", f"user{next(_number)}")
    made = User.objects.create_user(**fields)
    if role:
        made.groups.add(Group.objects.get(name=role.value))
    return made


def facts(**changed):
    """The guide with some facts changed."""
    with history.revision(by=None, comment="factory"):
        return edit_guide(Guide.current(), **changed)


def legend_tag(slug="gotcha", sign="❗", **fields):
    fields = {"label": slug.capitalize(), "meaning": "A risk."} | fields
    with history.revision(by=None, comment="factory"):
        tag = LegendTag(slug=slug, sign=sign, **fields)
        tag.save()
    return tag


def section(title=None, *, parent=None, **fields):
    number = next(_number)
    title = title or f"Section {number}"
    fields.setdefault("slug", title.lower().replace(" ", "-"))
    fields.setdefault("position", number * GAP)
    with history.revision(by=None, comment="factory"):
        made = Section(title=title, parent=parent, **fields)
        made.save()
    return made


def entry(body="Use roles, not keys.", *, section=None, by=None, comment="factory", **fields):
    """An entry of a section of its own, or of `section`; `fields` as for add_entry()."""
    section = section or globals()["section"]()
    with history.revision(by=by, comment=comment):
        return entries.actions.entries.add_entry(section=section, body=body, **fields)


def stored_entry(body, *, section, tags=()):
    """A bullet whose text no action checked, as an older guide may hold it."""
    with history.revision(by=None, comment="factory"):
        made = Entry(section=section, body=body, position=next(_number) * GAP)
        made.save()
        made.tags.set(LegendTag.objects.filter(slug__in=tags))
    return made


def figure(name="plan.png", original=None):
    """A picture of the guide, by default a small red one."""
    with history.revision(by=None, comment="factory"):
        entries.actions.figures.set_figure(name=name, original=original or raster())
        entries.actions.figures.rerender_what_shows([name])
    return Figure.objects.select_related("picture").get(name=name)


def edit(entry, body, *, by=None, tags=None, comment="meanwhile"):
    """Publish another text for an entry, past all moderation."""
    with history.revision(by=by, comment=comment):
        entries.actions.entries.edit_entry(Entry.objects.get(pk=entry.pk), body=body, tags=tags)


def retire(entry, because="No longer true."):
    with history.revision(by=None, comment="factory"):
        entries.actions.entries.retire_entry(Entry.objects.get(pk=entry.pk), because=because)


def service(name="S3", **fields):
    number = next(_number)
    with history.revision(by=None, comment="factory"):
        if "provider" not in fields:
            fields["provider"] = Provider(name=f"Provider {number}", slug=f"provider-{number}")
            fields["provider"].save()
        made = Service(name=name, slug=fields.pop("slug", f"{name.lower()}-{number}"), **fields)
        made.save()
    return made


def provider(name="AWS"):
    """The provider of a name, made if it is missing."""
    with history.revision(by=None, comment="factory"):
        return _named(Provider, name, slug=slugify(name))


def offering(name="SQS", *, capability="Message broker", provider="AWS", **fields):
    """What a provider has for a capability: both by name, made where they are missing."""
    with history.revision(by=None, comment="factory"):
        made = Offering(
            name=name,
            capability=_named(Capability, capability),
            provider=_named(Provider, provider, slug=slugify(provider)),
            **fields,
        )
        made.save()
    return made


def _named(model, name, **fields):
    row = model.objects.filter(name=name).first()
    if row is None:
        row = model(name=name, position=next(_number), **fields)
        row.save()
    return row


def proposal(
    entry=None, body="Use roles, never keys.", *, status=Status.OPEN, author=None, **fields
):
    """A proposal that edits `entry` (one of its own if None) to `body`."""
    entry = entry or globals()["entry"]()
    made = _proposal(status, author, fields)
    base = versions.snapshot(entry)
    Change.objects.create(
        proposal=made,
        operation=Operation.EDIT,
        entry=entry,
        section=entry.section,
        base=base,
        proposed=base | {"body": body},
    )
    return made


def retirement(entry, *, because="Outdated.", children="along", author=None):
    """An open proposal to retire `entry`."""
    made = _proposal(Status.OPEN, author, {})
    Change.objects.create(
        proposal=made,
        operation=Operation.RETIRE,
        entry=entry,
        section=entry.section,
        base=versions.snapshot(entry) | {"nested": entry_changes.nested(entry)},
        proposed={"retired_because": because, "children": children},
    )
    return made


def addition(section, body="A new point.", *, author=None, parent=None, after=None, tags=()):
    """An open proposal to add an entry to `section`."""
    made = _proposal(Status.OPEN, author, {})
    Change.objects.create(
        proposal=made,
        operation=Operation.ADD,
        section=section,
        proposed={
            "body": body,
            "tags": list(tags),
            "kind": "bullet",
            "parent": parent and parent.pk,
            "after": after and after.pk,
        },
    )
    return made


def changing(row, operation=Operation.EDIT, /, *, author=None, **proposed):
    """An open proposal that does something to a row of the guide, whatever it is.

    row   the row, or the Subject of an addition
    """
    made = _proposal(Status.OPEN, author, {})
    also(made, row, operation, **proposed)
    return made


def also(proposal, row, operation=Operation.EDIT, /, **proposed):
    """One more change in `proposal`; arguments as of `changing`."""
    target = {"subject": row}
    if not isinstance(row, Subject):
        target = {"subject": versions.SUBJECTS[type(row)], "base": versions.snapshot(row)}
        target[target["subject"].value] = row
    if isinstance(row, Entry):
        target["section"] = row.section
    return Change.objects.create(
        proposal=proposal,
        position=proposal.changes.count(),
        operation=operation,
        proposed=proposed,
        **target,
    )


def report(entry=None, text="S3 is consistent now.", *, author=None, **fields):
    """An open report of a problem with `entry` (one of its own if None)."""
    fields = {"kind": ReportKind.OUTDATED} | fields
    entry = entry or globals()["entry"]()
    return Report.objects.create(entry=entry, text=text, author=author or user(), **fields)


def _proposal(status, author, fields):
    if status not in (Status.DRAFT, Status.WITHDRAWN):
        fields.setdefault("opened_at", timezone.now())
    fields = {"title": "Say it better", "form_key": uuid.uuid4()} | fields
    return Proposal.objects.create(author=author or user(), status=status, **fields)
