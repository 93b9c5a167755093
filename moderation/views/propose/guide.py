"""Proposing other facts of the guide itself."""

from django.http import HttpResponse
from django.urls import reverse

from entries.models import Guide
from guide_site.core import rescued_forms
from guide_site.core.access import Permission
from guide_site.models import MemberRequest
from moderation.forms.guide import GuideForm
from moderation.models import Operation
from moderation.views.propose.base import RowChange, propose
from moderation.views.propose.editor_page import EditorPage

_TITLE = "Guide settings"


@rescued_forms.rescues_form(Permission.EDIT_FACTS)
def edit_guide(request: MemberRequest) -> HttpResponse:
    """The page “Guide settings”: name, licence, language and the other facts of the guide.

    Only leads open it. What they change is a proposal like all others, which other leads review.
    """
    change = RowChange(GuideForm, Operation.EDIT, Guide.current(), title=_TITLE)
    return propose(request, change, EditorPage(heading=_TITLE, back=reverse("home")))
