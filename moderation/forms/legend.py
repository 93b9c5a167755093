"""Forms for the signs of the legend."""

from django import forms

from entries.models import MEANING, LegendTag
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
    sign = forms.CharField(max_length=8, help_text="One picture, such as ❗. It stays for good.")

    def clean_sign(self) -> str:
        """Refuse a sign that the legend has already, whatever its variation."""
        sign: str = self.cleaned_data["sign"]
        key = LegendTag(sign=sign).key
        for other in LegendTag.objects.all():
            if other.key == key:
                raise forms.ValidationError(f"“{other.label}” has this sign already.")
        return sign
