"""What all pages share on which members propose something."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from entries.models import Entry, Retirable, Section
from guide_site.core import rescued_forms
from guide_site.core.access import Permission
from guide_site.core.addresses import whole_number
from guide_site.models import MemberRequest, User
from moderation import actions, policies
from moderation.changes import places, versions
from moderation.changes.field_types import Values
from moderation.forms.proposal import ProposalForm
from moderation.forms.reports import FixesForm
from moderation.forms.subjects import ChangeForm
from moderation.lists import overlaps
from moderation.models import MAX_TITLE, Operation, Proposal, Subject
from moderation.views.opened_forms import opened_form
from moderation.views.propose.editor_page import EditorPage, show_editor
from moderation.views.refusals import refusal_in_form

# What a form says that came back as it was opened: an entry, anything else, a whole section
SAME_TEXT = "Nothing is changed yet: the text and the tags are what they were."
SAME_FIELDS = "Nothing is changed yet: this is what the guide has."
SAME_SECTION_TEXT = "Nothing is changed yet: the text says what the guide says."

# Decorates a view for members who may propose, whose form outlives a lost session.
proposing = rescued_forms.rescues_form(Permission.PROPOSE)


@dataclass(frozen=True)
class RowChange:
    """One change of one row of the guide, to be typed into a form.

    target    the row, or the Subject of an addition
    title     edit summary that the form suggests
    options   further arguments of the form
    initial   further values that the form starts with
    """

    form_class: type[ChangeForm]
    operation: Operation
    target: Model | Subject
    title: str
    options: Mapping[str, Any] = field(default_factory=dict)
    initial: Mapping[str, Any] = field(default_factory=dict)

    @property
    def row(self) -> Model | None:
        """The row that changes; None for an addition."""
        return None if isinstance(self.target, Subject) else self.target

    @property
    def subject(self) -> Subject:
        """What kind of row it is."""
        if isinstance(self.target, Subject):
            return self.target
        return versions.SUBJECTS[type(self.target)]

    def opened_form(self, request: MemberRequest) -> ChangeForm:
        """The form of the change, as `opened_form`."""
        initial = {"title": self.title[:MAX_TITLE], **self.initial}
        if self.row is not None and self.operation == Operation.EDIT:
            initial |= self.form_class.initial_of(versions.snapshot(self.row))
        return opened_form(request, self.form_class, initial, target=self.row, **self.options)

    def fields(self, form: ChangeForm) -> dict[str, Any]:
        """The fields of the Change that a valid form asks for."""
        return {
            "subject": self.subject,
            "operation": self.operation,
            self.subject.value: self.row,
            **({"section": self.row.section} if isinstance(self.row, Entry) else {}),
            "base": self._base(form),
            "proposed": form.proposed,
        }

    def why_not(self, user: User) -> str | None:
        """Why `user` cannot propose it: the row was retired, or came back, meanwhile."""
        if not isinstance(self.row, Retirable):
            return None
        is_back = self.operation == Operation.RESTORE
        policy = policies.why_not_restore if is_back else policies.why_not_change
        return policy(user, self.row)

    def _base(self, form: ChangeForm) -> Values:
        if self.row is None:
            return {}
        seen = form.cleaned_data["seen"]
        is_move = self.operation == Operation.MOVE
        return places.place_at(self.row, seen) if is_move else versions.snapshot_at(self.row, seen)


@dataclass(frozen=True)
class RowEditor:
    """How one operation on a row of the guide is proposed. In texts, {row} stands for the row.

    title     edit summary that the form suggests, and heading of the page
    heading   of the page, if it is another one
    """

    form_class: type[ChangeForm]
    operation: Operation
    title: str
    heading: str = ""

    def propose(
        self,
        request: MemberRequest,
        row: Model,
        *,
        key: int | str,
        back: str,
        editors: Mapping[str, "RowEditor"],
    ) -> HttpResponse:
        """The page of the operation, as `propose`.

        key      what addresses name the row by
        back     address to go to instead of saving
        editors  all of such rows, by the last word of their addresses: who edits a row may want
                 to move or to retire it
        """
        title = self.title.format(row=row)
        heading = self.heading.format(row=row) or title
        change = RowChange(self.form_class, self.operation, row, title=title)
        name = change.subject.value.replace("_", "-")
        instead = [
            (f"{word} it", reverse(f"{name}-{word}", args=[key]))
            for word, editor in editors.items()
            if self.operation == Operation.EDIT
            and editor.operation in (Operation.MOVE, Operation.RETIRE)
        ]
        return propose(request, change, EditorPage(heading=heading, back=back, instead=instead))


def propose(request: MemberRequest, change: RowChange, page: EditorPage) -> HttpResponse:
    """Show the form of a change on its page; save what is sent as a draft, and show that.

    What cannot be proposed (any more) stays in the form, with the reason.
    """
    form = change.opened_form(request)
    why_not = page.why_not or change.why_not(request.user)
    entries = [change.row] if isinstance(change.row, Entry) else []
    fixes = FixesForm.beside(form, entries=entries, ticked=[])
    if request.method == "POST" and not why_not and form.is_valid():
        fields = change.fields(form)
        base, proposed = fields["base"], fields["proposed"]
        if change.operation == Operation.EDIT and proposed.items() <= base.items():
            form.add_error(None, SAME_FIELDS)
        elif proposal := save(request, form, [*form.first, fields, *form.then], fixes):
            return redirect(proposal)
    page = replace(page, fixes=fixes, why_not=why_not)
    if change.row is not None and page.entry is None:
        page = replace(page, overlaps=overlaps.about(change.row), about="the same")
    return show_editor(request, form, page)


def save(
    request: MemberRequest,
    form: ProposalForm,
    changes: Iterable[Mapping[str, Any]],
    fixes: FixesForm | None = None,
) -> Proposal | None:
    """Save the changes of a valid form as a draft, or in the proposal that was chosen.

    changes   fields of each Change, as `actions.save_draft` takes them
    fixes     the FixesForm beside the form, if it has one

    Returns None after a refusal, which is then an error of the form.
    """
    data = form.cleaned_data
    with refusal_in_form(form):
        proposal = actions.save_draft(
            by=request.user,
            form_key=data["form_key"],
            texts=form.texts,
            changes=changes,
            into=data.get("into"),
            builds_on=data.get("builds_on"),
            fixes=fixes.chosen if fixes else None,
        )
        forget_typing(request)
        return proposal
    return None


def forget_typing(request: MemberRequest) -> None:
    """What was typed on this page is saved in a proposal: it is not unfinished any more."""
    actions.forget_typing(by=request.user, place=request.path)


def chosen_section(request: MemberRequest) -> Section | None:
    """The section that was chosen to move an entry to, or None."""
    if text := request.POST.get("to"):
        number = whole_number(text)
        return Section.objects.shown().filter(pk=number).first() if number is not None else None
    slug = request.GET.get("to", "").replace("\0", "")  # PostgreSQL compares no NUL character
    return Section.objects.shown().filter(slug=slug).first()
