"""Forms of changes of an entry: edit, add, retire, restore."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from entries.markdown import bullets
from entries.markdown.bullets import Bullet, NotBullets
from entries.models import Entry, EntryKind, LegendTag, Section
from entries.reading.lines import nest, walk
from guide_site.core import markdown
from moderation.changes.field_types import Values
from moderation.changes.fields import content
from moderation.forms.entry_operations import why_not_become
from moderation.forms.fields import BodyField, TagsField, read_text, set_choices, shows_nothing
from moderation.forms.proposal import ProposalForm
from moderation.models import Operation

_HELP = {  # what stands below the text of an entry of these kinds
    EntryKind.FOOTNOTE: "Markdown. In front stands the name that texts use: “[^name]: ”.",
    EntryKind.DEFINITION: "The name that texts use, and its address: “[name]: https://…”.",
}


class EntryForm(ProposalForm):
    """Edit an entry: its text, its legend tags.

    entry  the row, or None for an addition
    kind   a value of EntryKind; "" for that of the entry
    """

    takes_pictures = True

    body = BodyField(
        label="Text",
        max_length=markdown.MAX_LENGTH,
        strip=False,
        help_text="Markdown, without the bullet in front.",
        error_messages={
            "required": "The text is empty. To take an entry out of the guide, retire it.",
        },
    )
    tags = TagsField(label="Legend tags")

    def __init__(
        self, *args: Any, entry: Entry | None = None, kind: str = "", **kwargs: Any
    ) -> None:
        self.row = entry
        self.default_kind = kind or (entry.kind if entry else EntryKind.BULLET)
        super().__init__(*args, **kwargs)

    @property
    def written_so(self) -> str:
        """How a text of this kind is written, where that is said in other words than of most."""
        return _HELP.get(EntryKind(self.row.kind), "") if self.row is not None else ""

    @property
    def is_definition(self) -> bool:
        """True for a link definition: it has no legend tags, and no Markdown."""
        return self.row is not None and self.row.kind == EntryKind.DEFINITION

    def clean(self) -> Values:
        """Refuse a text that an export of the guide could not say."""
        data = super().clean()
        read_text(self, data.get("kind") or self.default_kind, self.row)
        return data

    def clean_body(self) -> str:
        """Refuse a text of which a page would show nothing, unless it is a link definition."""
        body: str = self.cleaned_data["body"].strip("\n").rstrip()
        kind = self.data.get("kind") or self.default_kind
        if shows_nothing(body) and kind != EntryKind.DEFINITION:
            raise forms.ValidationError(self.fields["body"].error_messages["required"])
        return body


class EditForm(EntryForm):
    """Edit `entry`; a list of bullets that was pasted into it may become as many entries."""

    as_list = forms.ChoiceField(
        label="What you typed is a list of bullets",
        choices=[("split", "Split it: one entry for each"), ("one", "Keep it as one entry")],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        self.entry = entry
        self.legend = LegendTag.objects.slugs() if args else {}
        super().__init__(*args, entry=entry, **kwargs)

    def clean(self) -> Values:
        """Ask what a list shall become, unless that is chosen."""
        data = super().clean()
        self.bullets = self._pasted(data.get("body", ""))
        if self.bullets and not data.get("as_list"):
            self.add_error("as_list", "Choose what becomes of it.")
        elif data.get("as_list") == "split" and (reason := why_not_become(self.bullets)):
            self.add_error("as_list", reason)
        return data

    @property
    def operation(self) -> Operation:
        """What the change does: it edits the entry, or splits it."""
        is_split = self.bullets and self.cleaned_data["as_list"] == "split"
        return Operation.SPLIT if is_split else Operation.EDIT

    @property
    def proposed(self) -> Values:
        """The fields of the change. The tags that were chosen are those of the first bullet."""
        if self.operation == Operation.EDIT:
            return content(self.cleaned_data)
        first, *rest = [{"body": b.body, "tags": list(b.tags)} for b in self.bullets]
        tags = sorted({*first["tags"], *self.cleaned_data["tags"]})
        return content(self.cleaned_data) | {"body": first["body"], "tags": tags, "rest": rest}

    def _pasted(self, body: str) -> list[Bullet]:
        """The bullets of a text that is a list and was none before; else nothing."""
        if not self.entry.is_listed or _is_list(self.entry.body, self.legend):
            return []
        return bullets.read(body, self.legend) if _is_list(body, self.legend) else []


class AddForm(EntryForm):
    """Add an entry to `section`: its content, kind and place."""

    KINDS = [
        (kind.value, kind.label)
        for kind in (
            EntryKind.BULLET,
            EntryKind.NUMBERED,
            EntryKind.PARAGRAPH,
            EntryKind.TABLE,
            EntryKind.CODE,
            EntryKind.FOOTNOTE,
            EntryKind.DEFINITION,
        )
    ]
    place = forms.ChoiceField(
        required=False,
        error_messages={
            "invalid_choice": "The entry at this place is no longer there: choose another place."
        },
    )
    kind = forms.ChoiceField(choices=KINDS, initial=EntryKind.BULLET)

    def __init__(self, *args: Any, section: Section, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entries = Entry.objects.live().filter(section=section)
        self.known = {entry.pk: entry for entry in entries}
        listed = [(line.row, depth) for line, depth in walk(nest(self.known.values()))]
        places = [
            ("", "At the end of the section"),
            ("After", [(f"after-{e.pk}", _option(e, depth)) for e, depth in listed]),
            (
                "Nested under",
                [(f"under-{e.pk}", _option(e, depth)) for e, depth in listed if e.is_listed],
            ),
        ]
        set_choices(self, "place", places)

    @property
    def proposed(self) -> Values:
        """The fields of the change: text, tags, kind, and the place by primary keys."""
        data = self.cleaned_data
        relation, _, number = data["place"].partition("-")
        anchor = self.known[int(number)] if number else None
        return content(data) | {
            "kind": data["kind"],
            "parent": anchor and (anchor.pk if relation == "under" else anchor.parent_id),
            "after": anchor.pk if anchor and relation == "after" else None,
        }


class RestoreForm(EntryForm):
    """Bring back an entry or a version of it.

    nested  entries that retired with it: the form offers to bring them back too
    """

    along = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, nested: Sequence[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if nested:
            leads = "; ".join(f"“{entry.opening_words}”" for entry in nested[:5])
            more = f" and {len(nested) - 5} more" if len(nested) > 5 else ""
            self.fields["along"].label = f"Bring back what was nested under it: {leads}{more}"
        else:
            del self.fields["along"]


def _is_list(body: str, legend: Mapping[str, str]) -> bool:
    """True for two bullets or more, and nothing else."""
    try:
        return len(bullets.read(body, legend)) > 1
    except NotBullets:
        return False


def _option(entry: Entry, depth: int) -> str:
    return "\u2003" * depth + entry.opening_words
