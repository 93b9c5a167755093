"""Typing a proposal about services and cells of the matrix."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from guide_site.models import MemberRequest
from moderation.forms import catalogue as forms
from moderation.forms.subjects import PlainForm
from moderation.models import Operation, Subject
from moderation.views.propose.base import RowChange, RowEditor, propose, proposing
from moderation.views.propose.editor_page import EditorPage
from moderation.views.propose.gone import show_gone
from services.models import Capability, Offering, Provider, Service

CELL_GONE = "This was removed from the service matrix."
ROW_GONE = "This row was removed from the service matrix."

# By the last word of the address
OFFERING_EDITORS = {
    "edit": RowEditor(
        forms.OfferingForm,
        Operation.EDIT,
        title="{row.name} in the service matrix",
        heading="{row.capability}, {row.provider}: edit “{row.name}”",
    ),
    "remove": RowEditor(
        PlainForm,
        Operation.RETIRE,
        title="Remove {row.name} from the service matrix",
        heading="{row.capability}, {row.provider}: remove “{row.name}”",
    ),
}


@proposing
def edit_service(request: MemberRequest, slug: str) -> HttpResponse:
    """Other facts of a service."""
    service = get_object_or_404(Service, slug=slug)
    return propose(
        request,
        RowChange(forms.ServiceForm, Operation.EDIT, service, title=f"Facts of {service.name}"),
        EditorPage(heading=f"Edit the facts of {service.name}", back=service.get_absolute_url()),
    )


@proposing
def add_service(request: MemberRequest) -> HttpResponse:
    """A new service for the catalogue."""
    return propose(
        request,
        RowChange(forms.NewServiceForm, Operation.ADD, Subject.SERVICE, title="Add a service"),
        EditorPage(heading="Add a service", back=reverse("services")),
    )


@proposing
def change_offering(request: MemberRequest, pk: int, editor: str) -> HttpResponse:
    """Edit a cell of the matrix, or take something out of it: one of OFFERING_EDITORS."""
    known = Offering.objects.select_related("capability", "provider")
    offering = known.filter(pk=pk).first()
    if offering is None:
        return _gone(request, CELL_GONE)
    return OFFERING_EDITORS[editor].propose(
        request, offering, key=pk, back=reverse("matrix"), editors=OFFERING_EDITORS
    )


@proposing
def add_offering(request: MemberRequest, capability: int, provider: str) -> HttpResponse:
    """What a provider has for a capability."""
    row = Capability.objects.filter(pk=capability).first()
    if row is None:
        return _gone(request, ROW_GONE)
    column = get_object_or_404(Provider, slug=provider)
    return propose(
        request,
        RowChange(
            forms.NewOfferingForm,
            Operation.ADD,
            Subject.OFFERING,
            title=f"{row}, {column} in the service matrix",
            options={"cell": {"capability": row.pk, "provider": column.slug}},
        ),
        EditorPage(heading=f"{row}: what {column} has", back=reverse("matrix")),
    )


@proposing
def add_capability(request: MemberRequest) -> HttpResponse:
    """A new row of the matrix, with its first cell."""
    return propose(
        request,
        RowChange(
            forms.CapabilityForm,
            Operation.ADD,
            Subject.OFFERING,
            title="A new row of the service matrix",
        ),
        EditorPage(heading="Add a row to the service matrix", back=reverse("matrix")),
    )


def _gone(request: MemberRequest, sentence: str) -> HttpResponse:
    """The matrix, unlike the guide, forgets what is removed: what was typed is not lost with it.

    Raises Http404 where nothing was typed.
    """
    if request.method != "POST":
        raise Http404(sentence)
    return show_gone(request, sentence, reverse("matrix"))
