"""Saving what a member types, while they type."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from guide_site.core import rescued_forms
from guide_site.core.access import Permission, requires
from guide_site.models import MemberRequest
from moderation import actions

MAX_LENGTH = 200_000  # characters of one form, as a browser sends it


@requires(Permission.PROPOSE)
@require_POST
def autosave(request: MemberRequest) -> HttpResponse:
    """Keep the fields of the form at `autosave_place`, or (`start_over`) forget them.

    Called by static/js/autosave.js; “start over” is a form, and leads back to its page.
    """
    fields = request.POST.copy()
    address = fields.pop("autosave_place", [""])[-1]
    place = address.partition("?")[0]
    if not rescued_forms.is_rescued_form(place) or len(place) > 300 or "\0" in place:
        return HttpResponse("No form of this site.", status=400, content_type="text/plain")
    if "start_over" in fields:
        actions.forget_typing(by=request.user, place=place)
        return redirect(address)
    fields.pop("csrfmiddlewaretoken", None)
    typed = fields.urlencode()
    if len(typed) > MAX_LENGTH:
        return HttpResponse("Too long to save.", status=413, content_type="text/plain")
    actions.save_typing(by=request.user, place=place, fields=typed)
    return HttpResponse(status=204)
