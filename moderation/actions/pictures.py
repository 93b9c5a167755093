"""Pictures that members send: kept until the merge of a text that refers to them."""

import datetime
import json
import posixpath
from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from entries.actions.figures import rerender_what_shows, set_figure
from entries.models import Figure, RenderContext
from guide_site.core import history, markdown
from guide_site.core.pictures.encoding import digest
from guide_site.core.pictures.refusing import NotAPicture
from guide_site.core.pictures.shown import ENDINGS
from guide_site.models import User
from moderation import policies
from moderation.actions.base import Refused, refuse
from moderation.models import Autosave, Change, PendingPicture
from moderation.states import AMENDABLE, Status

_FOLDER = "figures"
_DIGITS = 32  # of the digest in a name: nobody finds two files with the same ones
_WAITS = datetime.timedelta(days=1)  # for a text that refers to it


def upload_picture(*, by: User, file_name: str, original: bytes) -> PendingPicture:
    """Keep a picture of `by` until the merge of a text that refers to it.

    file_name  what it is called on the member's machine: its own name begins so

    The same file again is the same picture. Raises Refused with a sentence, also where another
    picture has the name already.
    """
    try:
        made = PendingPicture.from_file(original, author_id=by.pk, name="-")
    except NotAPicture as error:
        raise Refused(error) from error
    made.name = _name(file_name, original, made.kind)
    with history.writing():
        refuse(_why_name_is_taken(made))
        if known := PendingPicture.objects.filter(author=by, name=made.name).first():
            return known
        forget_pictures(by)
        refuse(policies.why_not_upload(by, len(original)))
        made.save()
    return made


def forget_pictures(author: User) -> None:
    """Delete the pictures of a member that no text refers to any more, a day after they came."""
    old = PendingPicture.objects.filter(author=author, at__lt=timezone.now() - _WAITS)
    if not old.exists():
        return
    # Reviewers send pictures into proposals of others.
    alive = Q(proposal__status__in=AMENDABLE)
    alive |= Q(proposal__status=Status.WITHDRAWN, proposal__author=author)
    texts = Change.objects.filter(alive).values_list("proposed", flat=True)
    words = "\n".join(map(json.dumps, texts))
    words += "\n".join(Autosave.objects.filter(user=author).values_list("fields", flat=True))
    for pk, name in old.values_list("pk", "name"):
        if posixpath.basename(name) not in words:
            PendingPicture.objects.filter(pk=pk).delete()


def publish_pictures(
    texts: Iterable[dict[str, Any]], authors: Collection[int], written: datetime.datetime | None
) -> None:
    """Make figures of the pending pictures that published texts refer to.

    texts    the values of the changes that were published
    authors  primary keys of the members whose pictures these may be
    written  when reviewers got these texts: no later picture is published; None: any time

    Callers hold `history.revision()`. Raises ValidationError if the guide takes no more, or if
    reviewers may have seen another picture of the name, or none.
    """
    names = _names_in(texts)
    if not names:
        return
    pending = PendingPicture.objects.filter(name__in=names, author__in=authors)
    for picture in pending.order_by("pk"):
        if reason := _why_name_is_taken(picture) or _why_unseen(picture, written):
            raise ValidationError(reason)
        try:
            set_figure(name=picture.name, original=bytes(picture.original))
        except NotAPicture as error:
            raise ValidationError(f"The picture “{picture.name}”: {error}") from error
    rerender_what_shows(names)
    pending.delete()


def _why_name_is_taken(picture: PendingPicture) -> str | None:
    """Why this picture cannot have its name: the guide or a member has another one of that name.

    A text shows one picture of a name. So the one that is reviewed is the one that is published.
    """
    original = bytes(picture.original)
    figures = Figure.objects.filter(name=picture.name)
    waiting = PendingPicture.objects.filter(name=picture.name)
    is_taken = figures.exclude(picture__original_digest=digest(original)).exists()
    if is_taken or waiting.exclude(original=original).exists():
        return (
            f"Another picture is called “{picture.name}” already. Give the file another name and "
            "send it again."
        )
    return None


def _why_unseen(picture: PendingPicture, written: datetime.datetime | None) -> str | None:
    """Why reviewers of a text did not see this picture in it: it came later, and no copy before."""
    if not written or picture.at <= written:
        return None
    if Figure.objects.filter(name=picture.name).exists():
        return None
    return f"The picture “{picture.name}” came after the text: amend it for a new review."


def _names_in(texts: Iterable[dict[str, Any]]) -> set[str]:
    """The names of all pictures that the bodies among these values refer to."""
    bodies = [
        body
        for values in texts
        for body in (values.get("body"), *(b.get("body") for b in values.get("rest") or ()))
        if body and ("![" in body or "<img" in body.lower())
    ]
    if not bodies:
        return set()
    context = RenderContext.current()
    addresses = {a for body in bodies for a in markdown.picture_addresses(body)}
    return {name for address in addresses if (name := context.picture_name(address))}


def _name(file_name: str, original: bytes, kind: str) -> str:
    """“figures/plan-1a2b….png”, with many digits: no other picture can have the same name."""
    stem, ending = posixpath.splitext(posixpath.basename(file_name.replace("\\", "/")))
    ending = ending.lower() if ending.lower() in ENDINGS else f".{kind}"
    return f"{_FOLDER}/{slugify(stem)[:60] or 'picture'}-{digest(original)[:_DIGITS]}{ending}"
