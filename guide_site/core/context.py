"""What every template may use."""

from django.conf import settings

from guide_site.core.access import Permission, can


def site(request):
    """The guide's name, whether one may sign up, whether the member sees the review queue."""

    def may_review():
        return can(request.user, Permission.REVIEW)

    return {
        "guide_name": settings.GUIDE_NAME,
        "may_sign_up": settings.SIGNUP == "open",
        "may_review": may_review,
    }
