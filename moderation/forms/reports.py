"""Forms of reports."""

from django import forms

from moderation.actions import Fixes
from moderation.forms.fields import TextField
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
    """Which open reports of some entries a proposal fixes. Nothing ticked here is an error."""

    fixes = forms.ModelMultipleChoiceField(
        queryset=Report.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    @classmethod
    def beside(cls, form, *, entries, ticked):
        """The one beside `form`, which was filled in with it; `ticked` (keys) if it was not."""
        fields = form.data if form.is_bound else None
        return cls(fields, entries=entries, initial={"fixes": list(ticked)})

    def __init__(self, *args, entries, **kwargs):
        super().__init__(*args, **kwargs)
        self.reports = list(Report.objects.open().filter(entry__in=entries))
        self.fields["fixes"].choices = [
            (found.pk, f"{found.get_kind_display()}: “{found.text}”") for found in self.reports
        ]

    @property
    def chosen(self) -> Fixes:
        """What was ticked, as actions take it; a report that is not offered here is ignored."""
        ticked = {str(value) for value in self["fixes"].value() or ()}
        chosen = [report for report in self.reports if str(report.pk) in ticked]
        return Fixes(chosen=chosen, offered=self.reports)
