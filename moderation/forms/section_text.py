"""The form of the section editor."""

from collections.abc import Iterable

from django import forms

from entries.section_editor.steps import Edit
from moderation.forms.fields import BodyField, replace_typed
from moderation.forms.proposal import ProposalForm

SECTION_LENGTH = 80_000  # characters of one section in the editor


class SectionTextForm(ProposalForm):
    """A section as Markdown.

    below  the text has the sections below as well
    known  the remarks about the text that the author has read and sends it again in spite of
    """

    text = BodyField(
        label="Markdown",
        max_length=SECTION_LENGTH,
        strip=False,
        help_text="Only what you change is proposed, bullet by bullet.",
        error_messages={"required": "The text is empty. To take a section out, retire it."},
    )
    retired_because = forms.CharField(
        label="Why what you took out should go",
        required=False,
        max_length=300,
        help_text="Needed only if you removed something. Stays with it for everyone to read.",
    )
    below = forms.BooleanField(required=False, widget=forms.HiddenInput)
    known = forms.CharField(required=False, widget=forms.HiddenInput)

    def accepts(self, edit: Edit) -> bool:
        """True if nothing stands in the way of `edit`, and all will be as typed; else an error."""
        if edit.problems:
            self.add_error("text", _lines(edit.problems))
        elif edit.removed and not self.cleaned_data["retired_because"]:
            names = "; ".join(f"“{lead}”" for lead in edit.removed[:5])
            more = f" and {len(edit.removed) - 5} more" if len(edit.removed) > 5 else ""
            self.add_error("retired_because", f"You removed {names}{more}: say why.")
        elif edit.notes and self.cleaned_data["known"] != (remarks := " ".join(_lines(edit.notes))):
            replace_typed(self, {"known": remarks})
            self.add_error(
                None, "Some of it will not be as you typed it. Continue if that is right."
            )
            self.add_error("text", _lines(edit.notes))
        return not self.errors


def _lines(remarks: Iterable[tuple[int, str]]) -> list[str]:
    return [f"Line {line}: {words}." for line, words in remarks]
