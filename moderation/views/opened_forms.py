"""The form of a page: as posted, rescued from a lost session, saved while typing, or fresh."""

from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest, QueryDict

from guide_site.core import rescued_forms
from guide_site.core.addresses import whole_number
from guide_site.models import MemberRequest
from moderation.forms.proposal import ProposalForm
from moderation.models import Autosave
from moderation.views.pictures import FIELD, place_picture

RESCUED = "Your session had ended. Here is what you typed."
RESCUED_PROPOSAL = "Your session had ended. Here is what you typed: nothing is lost."

ADD = "add_picture"  # the button that adds a picture without sending the form
ADDED = "The picture stands at the end of the text. Move it to where it belongs."

AnyProposalForm = TypeVar("AnyProposalForm", bound=ProposalForm)


def typed_fields(request: HttpRequest, rescued: str = RESCUED) -> QueryDict | None:
    """What was typed into the form of this page: as posted, or rescued from a lost session.

    rescued: what to say to the member in the second case

    Returns None for a fresh page, so that `SomeForm(typed_fields(request))` is a fresh form.
    """
    if request.method == "POST":
        return request.POST
    fields = rescued_forms.rescued_fields(request)
    if fields is not None:
        messages.info(request, rescued)
    return fields


def opened_form(
    request: MemberRequest,
    form_class: type[AnyProposalForm],
    initial: dict[str, Any],
    **options: Any,
) -> AnyProposalForm:
    """The form of a proposal, also as it was saved while the member typed.

    initial  what a fresh form starts with; it puts its change into the proposal that `?into=`
             names
    options  further arguments of the form
    """
    options.setdefault("by", request.user)
    if into := whole_number(request.GET.get("into")):
        initial = {"into": into} | initial
    fields = typed_fields(request, RESCUED_PROPOSAL)
    if fields is not None and FIELD in request.FILES and form_class.takes_pictures:
        return _with_picture(request, form_class, initial, options)
    if fields is not None:
        return form_class(fields, initial=initial, **options)
    autosave = Autosave.objects.filter(user=request.user, place=request.path).first()
    if autosave is None:
        return form_class(initial=initial, **options)
    form = _unsent(form_class, QueryDict(autosave.fields), initial, options)
    form.autosaved_at = autosave.at
    return form


def _unsent(
    form_class: type[AnyProposalForm],
    typed: QueryDict,
    initial: dict[str, Any],
    options: dict[str, Any],
) -> AnyProposalForm:
    """A form as it was typed, not sent: it is shown without errors."""
    sent = form_class(typed, initial=initial, **options)
    values = {name: sent[name].value() for name in sent.fields}
    return form_class(initial=initial | values, **options)


def _with_picture(
    request: MemberRequest,
    form_class: type[AnyProposalForm],
    initial: dict[str, Any],
    options: dict[str, Any],
) -> AnyProposalForm:
    """The form with the picture in its text: to go on typing, or as it was sent.

    A picture that is refused is an error of the form, and nothing is lost of the text.
    """
    typed, refused = place_picture(request)
    form = form_class(typed, initial=initial, **options)
    if refused:
        form.refuse_picture(refused)
    elif ADD in typed:
        form = _unsent(form_class, typed, initial, options)
        messages.success(request, ADDED)
    return form
