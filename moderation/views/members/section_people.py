"""Who looks after a section."""

from dataclasses import dataclass
from operator import attrgetter

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from entries.models import Section
from guide_site.core.access import Permission, requires
from guide_site.models import MemberRequest, User
from moderation import actions, owners, policies
from moderation.forms.members import PeopleForm
from moderation.views.refusals import refusal_in_form

CHANGES_SHOWN = 10


@dataclass(frozen=True)
class Holders:
    """Those who hold a role for a section, and the section above that they come from, if any."""

    people: list[User]
    above: Section | None


@login_not_required
@require_safe
def section_people(request: HttpRequest, slug: str) -> HttpResponse:
    """The editors and experts of a section, or of the nearest one above that has some.

    Not cached: people are appointed without a revision.
    """
    section = _section(slug)
    context = {
        "section": section,
        "editors": _holders("editors", section),
        "experts": _holders("experts", section),
        "may_appoint": request.user.is_authenticated and not policies.why_not_appoint(request.user),
        "changes": owners.appointments(section)[:CHANGES_SHOWN],
    }
    return render(request, "moderation/people.html", context)


@requires(Permission.APPOINT)
def appoint(request: MemberRequest, slug: str) -> HttpResponse:
    """Leads choose the editors and experts of a section by name."""
    section = _section(slug)
    form = PeopleForm(request.POST or None, initial=_names(section))
    if request.method == "POST" and form.is_valid():
        with refusal_in_form(form):
            changed = actions.appoint(section, by=request.user, **form.cleaned_data)
            messages.success(request, "Saved." if changed else "Nothing was changed.")
            return redirect("section-people", section.slug)
    context = {"section": section, "form": form}
    return render(request, "moderation/appoint.html", context)


def _section(slug: str) -> Section:
    return get_object_or_404(Section.objects.shown(), slug=slug)


def _holders(role: str, section: Section) -> Holders:
    """Who holds a role (“editors” or “experts”) for a section."""
    at, people = owners.inherited(role, [section.pk])[section.pk]
    return Holders(
        people=sorted(User.objects.filter(pk__in=people), key=attrgetter("username")),
        above=Section.objects.get(pk=at) if at not in (None, section.pk) else None,
    )


def _names(section: Section) -> dict[str, str]:
    """{role: user names}, as the form has them"""
    return {
        role: ", ".join(getattr(section, role).values_list("username", flat=True))
        for role in owners.ROLES
    }
