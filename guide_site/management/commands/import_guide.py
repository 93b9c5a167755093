import argparse
import datetime
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from tqdm import tqdm

import services.actions
import services.tables.importing
from entries.imports import importing
from entries.imports.report import Report
from entries.markdown import reader
from entries.markdown.parsed import NotAGuide, ParsedGuide, ParsedSection
from entries.models import LegendTag, Section
from guide_site.core import history
from guide_site.models import User
from moderation.actions import Refused, propose_import
from moderation.models import MAX_TITLE


def _date(text: str) -> datetime.datetime:
    """A date or time in ISO format, in UTC unless it names a zone."""
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no date such as 2022-08-31.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


@dataclass(frozen=True)
class _Options:
    """The arguments of the command, as `add_arguments` describes them."""

    path: Path
    dry_run: bool
    if_empty: bool
    replace: bool
    as_proposal: bool
    by: str | None
    author: str | None
    date: datetime.datetime | None

    @property
    def name(self) -> str:
        """The file's name as text, whatever bytes the file system holds."""
        return self.path.name.encode(errors="replace").decode()

    @property
    def because(self) -> str:
        """Why entries that the file no longer has are retired."""
        return f"Not in {self.name} any more."


class Command(BaseCommand):
    """Publish a Markdown guide as one revision, or change nothing."""

    help = "Read an open guide (a Markdown file); writes what differs, as one revision."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="report, but change nothing")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing if there is a guide already"
        )
        parser.add_argument(
            "--replace", action="store_true", help="import even a file that is another guide"
        )
        parser.add_argument(
            "--as-proposal", action="store_true", help="propose the difference (needs --by)"
        )
        parser.add_argument("--by", metavar="USERNAME", help="who imports (default: nobody)")
        parser.add_argument("--author", metavar="NAME", help="whose changes they are")
        parser.add_argument("--date", type=_date, metavar="DATE", help="when they were made")

    def handle(self, *args: Any, **options: Any) -> None:
        given = _Options(**{field.name: options[field.name] for field in fields(_Options)})
        if given.if_empty and Section.objects.exists():
            self.stdout.write("The guide is there already: nothing to do.")
            return
        guide = self._read(given)
        try:
            if given.as_proposal:
                self._propose(guide, given)
            else:
                self._import(guide, given)
        except (Refused, importing.AnotherGuide) as error:
            raise CommandError(f"{given.path}: {error} Nothing was changed.") from error

    def _read(self, given: _Options) -> ParsedGuide:
        try:
            text = reader.decode(given.path.read_bytes())
            known = LegendTag.objects.values_list("sign", flat=True)
            return reader.parse(text, signs=known, name=given.path.stem)
        except OSError as error:
            raise CommandError(f"{given.path} cannot be read: {error.strerror}.") from error
        except NotAGuide as error:
            raise CommandError(f"{given.path}: {error} Nothing was changed.") from error

    def _import(self, guide: ParsedGuide, given: _Options) -> None:
        user, comment = self._signature(given)
        with history.revision(by=user, comment=comment, at=given.date):
            report = importing.import_guide(
                guide, because=given.because, replace=given.replace, progress=self._progress
            )
            services.tables.importing.import_tables(guide, report)
            linked = services.actions.link_sections()
            transaction.set_rollback(given.dry_run)
        self.stdout.write("Would import:" if given.dry_run else "Imported:")
        self._print(report)
        if linked:
            self.stdout.write(f"  {linked} services found their section")
        if report.is_empty:
            self.stdout.write("Nothing to do: the guide is the same already.")

    def _propose(self, guide: ParsedGuide, given: _Options) -> None:
        if not given.by:
            raise CommandError("Say whose proposal it is: --by USERNAME.")
        proposal, report = propose_import(
            guide,
            by=self._user(given.by),
            title=f"Changes of {given.name}"[:MAX_TITLE],
            because=given.because,
            replace=given.replace,
        )
        self._print(report)
        if proposal:
            self.stdout.write(f"Proposed: {proposal.get_absolute_url()}")
        else:
            self.stdout.write("Nothing to do: the guide is the same already.")

    def _print(self, report: Report) -> None:
        for line in report.lines():
            self.stdout.write(f"  {line}")

    def _signature(self, given: _Options) -> tuple[User | None, str]:
        """The user and the summary of the revision: the author's account, if there is one."""
        importer = self._user(given.by) if given.by else None
        if not given.author:
            return importer, f"Import of {given.name}"
        account = User.objects.filter(username__iexact=given.author).first()
        credit = "" if account else f", by {given.author}"
        hand = f", imported by {importer.username}" if importer else ""
        return account, f"Import of {given.name}{credit}{hand}"

    def _user(self, name: str) -> User:
        try:
            return User.objects.get(username__iexact=name)
        except User.DoesNotExist:
            raise CommandError(f"There is no account “{name}”.") from None

    def _progress(self, sections: list[ParsedSection]) -> Iterable[ParsedSection]:
        return tqdm(sections, unit=" sections", file=self.stderr, disable=None, leave=False)
