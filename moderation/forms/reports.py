"""Forms of reports."""

from collections.abc import Collection
from typing import Any, Self

from django import forms

from entries.models import Entry
from moderation.actions import Fixes
from moderation.forms.fields import TextField, set_choices
from moderation.models import Report, ReportKind


class ReportForm(forms.Form):
    """A problem with an entry, in one sentence."""

    kind = forms.ChoiceField(
        label="What is the matter?",
        choices=ReportKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is the matter."},
    )
    text = forms.CharField(
        label="In one sentence",
        max_length=500,
        help_text="What is outdated, wrong or missing, and how you know. Everyone can read it.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Say in one sentence what is the matter."},
    )


class SettleForm(forms.Form):
    """Why a report is closed or opened again."""

    note = TextField(label="Note", required=False, max_length=2000)


class FixesForm(forms.Form):
    """Which open reports of some entries a proposal fixes. It is never invalid."""

    fixes = forms.ModelMultipleChoiceField(
        queryset=Report.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    @classmethod
    def beside(
        cls, form: forms.Form, *, entries: Collection[Entry], ticked: Collection[int]
    ) -> Self:
        """Return the form that stands beside `form` on a page and is sent with it.

        entries  whose open reports it offers
        ticked   primary keys of the reports that a fresh form ticks
        """
        fields = form.data if form.is_bound else None
        return cls(fields, entries=entries, initial={"fixes": list(ticked)})

    def __init__(self, *args: Any, entries: Collection[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reports = list(Report.objects.open().filter(entry__in=entries))
        labels = [(r.pk, f"{r.get_kind_display()}: “{r.text}”") for r in self.reports]
        set_choices(self, "fixes", labels)

    @property
    def chosen(self) -> Fixes:
        """The ticked reports, as actions take them; a report that is not offered is ignored."""
        ticked = {str(value) for value in self["fixes"].value() or ()}
        chosen = [report for report in self.reports if str(report.pk) in ticked]
        return Fixes(chosen=chosen, offered=self.reports)
