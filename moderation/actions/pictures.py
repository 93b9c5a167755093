"""Pictures that members send: kept until the merge of a text that refers to them."""

import datetime
import json
import posixpath
from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify

from entries.actions.figures import rerender_what_shows, set_figure
from entries.models import RenderContext
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
_WAITS = datetime.timedelta(days=1)  # for a text that refers to it


def upload_picture(*, by: User, file_name: str, original: bytes) -> PendingPicture:
    """Keep a picture of `by` until the merge of a text that refers to it.

    file_name  what it is called on the member's machine: its own name begins so

    The same file again is the same picture. Raises Refused with a sentence.
    """
    try:
        made = PendingPicture.from_file(original, author_id=by.pk, name="-")
    except NotAPicture as error:
        raise Refused(error) from error
    made.name = _name(file_name, original, made.kind)
    with history.writing():
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
    alive = [*AMENDABLE, Status.WITHDRAWN]
    texts = Change.objects.filter(proposal__status__in=alive).values_list("proposed", flat=True)
    words = "\n".join(json.dumps(text) for text in texts.filter(proposal__author=author))
    words += "\n".join(Autosave.objects.filter(user=author).values_list("fields", flat=True))
    for pk, name in old.values_list("pk", "name"):
        if posixpath.basename(name) not in words:
            PendingPicture.objects.filter(pk=pk).delete()


def publish_pictures(texts: Iterable[dict[str, Any]], authors: Collection[int]) -> None:
    """Make figures of the pending pictures that published texts refer to.

    texts    the values of the changes that were published
    authors  primary keys of the members whose pictures these may be

    Callers hold `history.revision()`. Raises ValidationError if the guide takes no more.
    """
    names = _names_in(texts)
    if not names:
        return
    pending = PendingPicture.objects.filter(name__in=names, author__in=authors)
    for picture in pending.order_by("pk"):
        try:
            set_figure(name=picture.name, original=bytes(picture.original))
        except NotAPicture as error:
            raise ValidationError(f"The picture “{picture.name}”: {error}") from error
    rerender_what_shows(names)
    pending.delete()


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
    """“figures/plan-1a2b3c4d.png”: no other picture can have the same name."""
    stem, ending = posixpath.splitext(posixpath.basename(file_name.replace("\\", "/")))
    ending = ending.lower() if ending.lower() in ENDINGS else f".{kind}"
    return f"{_FOLDER}/{slugify(stem)[:60] or 'picture'}-{digest(original)[:8]}{ending}"
