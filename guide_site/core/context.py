"""What every template may use."""

from django.conf import settings

from guide_site.core.access import Permission, can


def site(request):
    """The guide's name, and whether the member may see the review queue."""

    def may_review():
        return can(request.user, Permission.REVIEW)

    return {"guide_name": settings.GUIDE_NAME, "may_review": may_review}
