"""Forms for the signs of the legend."""

from django import forms

from entries.actions.legend import NO_SIGN, is_sign
from entries.models import MEANING, LegendTag
from guide_site.core import emoji
from moderation.forms.fields import TextField
from moderation.forms.subjects import ChangeForm


class LegendTagForm(ChangeForm):
    """What a sign of the legend means."""

    OWN = {"label": "label", "meaning": "meaning"}
    label = forms.CharField(max_length=40)
    meaning = TextField(required=False, max_length=MEANING)


class NewLegendTagForm(LegendTagForm):
    """A new sign of the legend, at its end."""

    OWN = {"sign": "sign"} | LegendTagForm.OWN
    sign = forms.CharField(
        max_length=emoji.LONGEST, help_text="One picture, such as ❗. It stays for good."
    )

    def clean_sign(self) -> str:
        """Refuse what is no sign, and one that the legend has already, whatever its variation."""
        sign: str = self.cleaned_data["sign"]
        if not is_sign(sign):
            raise forms.ValidationError(NO_SIGN)
        key = emoji.bare(sign)
        for other in LegendTag.objects.all():
            if other.key == key:
                raise forms.ValidationError(f"“{other.label}” has this sign already.")
        return sign
