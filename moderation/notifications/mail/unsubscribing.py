"""Links that turn mail off without a log-in: whoever holds one may do that, and nothing else."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from guide_site.models import User

_SALT = "guide.mail.off"


def address(user):
    """The whole address of the page where `user` turns mail off."""
    token = Signer(salt=_SALT).sign(user.pk)
    return settings.GUIDE_URL + reverse("mail-off", args=[token])


def user_of(token):
    """The member whose link it is, or None if it is not whole or they are gone."""
    try:
        pk = Signer(salt=_SALT).unsign(token)
    except BadSignature:
        return None
    return User.objects.filter(pk=pk).first()
