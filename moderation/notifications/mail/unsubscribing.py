"""Signed links that turn email off without a log-in. A link allows only this."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from guide_site.models import User

_SALT = "guide.mail.off"


def address(user: User) -> str:
    """Return the absolute address of the page where `user` turns email off."""
    token = Signer(salt=_SALT).sign(str(user.pk))
    return settings.GUIDE_URL + reverse("mail-off", args=[token])


def user_of(token: str) -> User | None:
    """Return the member whose link has this token; None for a broken link or a deleted account."""
    try:
        pk = Signer(salt=_SALT).unsign(token)
    except BadSignature:
        return None
    return User.objects.filter(pk=pk).first()
