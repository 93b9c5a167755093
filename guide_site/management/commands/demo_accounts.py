from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError

from guide_site.core.access import Role
from guide_site.models import User

# For the demo on this machine, refused elsewhere.
PASSWORD = "open-guide"  # noqa: S105
ACCOUNTS = {
    "reader": None,
    "contributor": Role.CONTRIBUTOR,
    "editor": Role.EDITOR,
    "lead": Role.LEAD,
    "lead2": Role.LEAD,  # a sensitive proposal needs two
}


class Command(BaseCommand):
    """Create an account of each kind, to try the software out."""

    help = "Make the demo accounts; refuses on an installation without GUIDE_DEBUG=on."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Demo accounts exist only with GUIDE_DEBUG=on.")
        for name, role in ACCOUNTS.items():
            user, is_new = User.objects.get_or_create(
                username=name, defaults={"email": f"{name}@example.org"}
            )
            if is_new:
                user.set_password(PASSWORD)
                user.save()
                if role:
                    user.groups.add(Group.objects.get(name=role.value))
        self.stdout.write("Log in as " + ", ".join(ACCOUNTS) + f"; password of each: {PASSWORD}")
