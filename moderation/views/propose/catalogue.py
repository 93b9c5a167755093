"""Typing a proposal about services and cells of the matrix."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from moderation.forms import subjects
from moderation.models import Operation, Subject
from moderation.views.propose.subject import propose, typed
from services.models import Capability, Offering, Provider, Service


@typed
def edit_service(request, slug):
    """Other facts of a service."""
    service = get_object_or_404(Service, slug=slug)
    return propose(
        request,
        subjects.ServiceForm,
        Operation.EDIT,
        service,
        heading=f"Edit the facts of {service.name}",
        back=service.get_absolute_url(),
        title=f"Facts of {service.name}",
    )


@typed
def add_service(request):
    """A new service for the catalogue."""
    return propose(
        request,
        subjects.ServiceForm,
        Operation.ADD,
        Subject.SERVICE,
        heading="Add a service",
        back=reverse("services"),
        title="Add a service",
    )


@typed
def edit_offering(request, pk):
    """Another name, link or note in a cell of the matrix."""
    offering = _offering(pk)
    return propose(
        request,
        subjects.OfferingForm,
        Operation.EDIT,
        offering,
        heading=f"{offering.capability}, {offering.provider}: edit “{offering.name}”",
        back=reverse("matrix"),
        title=f"{offering.name} in the service matrix",
        page={"instead": [("remove it", reverse("offering-remove", args=[pk]))]},
    )


@typed
def add_offering(request, capability, provider):
    """What a provider has for a capability."""
    row = get_object_or_404(Capability, pk=capability)
    column = get_object_or_404(Provider, slug=provider)
    return propose(
        request,
        subjects.NewOfferingForm,
        Operation.ADD,
        Subject.OFFERING,
        heading=f"{row}: what {column} has",
        back=reverse("matrix"),
        title=f"{row}, {column} in the service matrix",
        options={"cell": {"capability": row.pk, "provider": column.slug}},
    )


@typed
def remove_offering(request, pk):
    """Take something out of its cell of the matrix."""
    offering = _offering(pk)
    return propose(
        request,
        subjects.PlainForm,
        Operation.RETIRE,
        offering,
        heading=f"{offering.capability}, {offering.provider}: remove “{offering.name}”",
        back=reverse("matrix"),
        title=f"Remove {offering.name} from the service matrix",
    )


@typed
def add_capability(request):
    """A new row of the matrix, with its first cell."""
    return propose(
        request,
        subjects.CapabilityForm,
        Operation.ADD,
        Subject.OFFERING,
        heading="Add a row to the service matrix",
        back=reverse("matrix"),
        title="A new row of the service matrix",
    )


def _offering(pk):
    return get_object_or_404(Offering.objects.select_related("capability", "provider"), pk=pk)
