"""Pictures that wait for the merge of a text: sent with its form, and seen by reviewers."""

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from guide_site.core.access import Permission, requires
from guide_site.core.pictures.encoding import HEADERS, Kind
from guide_site.models import MemberRequest
from moderation import actions, policies
from moderation.models import PendingPicture

FIELD, ALT, BODY = "picture", "picture_alt", "body"  # names of fields of the form
NO_ALT = "Say in a few words what the picture shows, for those who cannot see it."
_MOST_ALT = 300  # characters


@requires(Permission.PROPOSE)
@require_safe
def pending_picture(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    """A picture that is not in the guide yet."""
    row = get_object_or_404(PendingPicture.objects.defer("original"), pk=pk, kind=kind)
    if not policies.may_see_picture(request.user, row):
        raise Http404("No such picture.")
    headers = {**HEADERS, "Cache-Control": "private, no-store"}
    return HttpResponse(bytes(row.data), content_type=Kind(row.kind).media_type, headers=headers)


def place_picture(request: MemberRequest) -> tuple[QueryDict, str]:
    """Keep the picture that came with a form, and refer to it at the end of the text.

    Returns what was typed with that, and why the picture was refused, or "".
    """
    typed = request.POST
    file = request.FILES.get(FIELD)
    if file is None:
        return typed, ""
    alt = " ".join(typed.get(ALT, "").split())[:_MOST_ALT]
    if not alt:
        return typed, NO_ALT
    try:
        picture = actions.upload_picture(
            by=request.user, file_name=file.name or "", original=file.read()
        )
    except actions.Refused as refusal:
        return typed, str(refusal)
    placed = typed.copy()
    body = typed.get(BODY, "").rstrip()
    if picture.name not in body:
        words = alt.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
        placed[BODY] = f"{body}\n\n![{words}]({picture.name})".lstrip()
    placed[ALT] = ""
    return placed, ""
