from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from entries.actions.guide import edit_guide
from entries.models import Guide
from guide_site.core import history
from guide_site.core.guide_facts import UNKNOWN, direction_of
from guide_site.models import User

_FACTS = tuple(UNKNOWN)
_FLAGS = {"on": True, "off": False}


class Command(BaseCommand):
    """Show the facts of the guide, or change some as one revision."""

    help = "Show the settings of the guide, or change some: guide_settings name='Guide to Tea'."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "facts", nargs="*", metavar="NAME=VALUE", help="has_catalogue is on or off"
        )
        parser.add_argument("--by", metavar="USERNAME", help="who changes them (default: nobody)")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = dict(self._fact(given) for given in options["facts"])
        if "language" in wanted and "direction" not in wanted:
            wanted["direction"] = direction_of(wanted["language"])
        guide = Guide.current()
        if any(getattr(guide, name) != value for name, value in wanted.items()):
            try:
                with history.revision(by=self._user(options["by"]), comment="Guide settings"):
                    guide = edit_guide(guide, **wanted)
            except ValidationError as error:
                sentences = [f"{n}: {words[0]}" for n, words in error.message_dict.items()]
                raise CommandError(f"{' '.join(sentences)} Nothing was changed.") from error
        for name in _FACTS:
            self.stdout.write(f"{name} = {_said(getattr(guide, name))}")

    def _fact(self, given: str) -> tuple[str, Any]:
        name, sign, value = given.partition("=")
        name = name.strip().replace("-", "_")
        if not sign or name not in _FACTS:
            raise CommandError(f"“{given}”: write NAME=VALUE, with one of {', '.join(_FACTS)}.")
        if name != "has_catalogue":
            return name, value
        if value not in _FLAGS:
            raise CommandError(f"“{given}”: write on or off.")
        return name, _FLAGS[value]

    def _user(self, name: str | None) -> User | None:
        try:
            return User.objects.get(username__iexact=name) if name else None
        except User.DoesNotExist:
            raise CommandError(f"There is no account “{name}”.") from None


def _said(value: str | bool) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return value.replace("\n", "\n    ")
