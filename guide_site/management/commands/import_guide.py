import argparse
import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from tqdm import tqdm

import services.actions
import services.tables.importing
from entries.imports import importing
from entries.markdown import reader
from entries.models import LegendTag, Section
from guide_site.core import history
from guide_site.models import User
from moderation.actions import Refused
from moderation.actions import importing as import_proposal


def _date(text):
    """A day or a moment in ISO form, as UTC where it names no zone."""
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no date such as 2022-08-31.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


class Command(BaseCommand):
    """Publish a Markdown guide as one revision, or change nothing."""

    help = "Read an open guide (a Markdown file); writes what differs, as one revision."

    def add_arguments(self, parser):
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

    def handle(self, *, path, dry_run, if_empty, as_proposal, replace, by, author, date, **options):
        if if_empty and Section.objects.exists():
            self.stdout.write("The guide is there already: nothing to do.")
            return
        guide = self._read(path)
        if as_proposal:
            self._propose(guide, path, by, replace)
            return
        user, comment = self._signature(path, by, author)
        with history.revision(by=user, comment=comment, at=date):
            report = self._write(guide, path, replace)
            services.tables.importing.import_tables(guide, report)
            linked = services.actions.link_sections()
            transaction.set_rollback(dry_run)
        self.stdout.write("Would import:" if dry_run else "Imported:")
        for line in report.lines():
            self.stdout.write(f"  {line}")
        if linked:
            self.stdout.write(f"  {linked} services found their section")
        if report.is_empty:
            self.stdout.write("Nothing to do: the guide is the same already.")

    def _write(self, guide, path, replace):
        because = f"Not in {self._name(path)} any more."
        try:
            return importing.import_guide(
                guide, because=because, replace=replace, progress=self._progress
            )
        except importing.AnotherGuide as error:
            raise CommandError(f"{path}: {error} Nothing was changed.") from error

    def _propose(self, guide, path, by, replace):
        if not by:
            raise CommandError("Say whose proposal it is: --by USERNAME.")
        title, because = (
            f"Changes of {self._name(path)}"[:120],
            f"Not in {self._name(path)} any more.",
        )
        try:
            proposal, report = import_proposal.propose(
                guide, by=self._user(by), title=title, because=because, replace=replace
            )
        except (Refused, importing.AnotherGuide) as error:
            raise CommandError(f"{path}: {error} Nothing was changed.") from error
        for line in report.lines():
            self.stdout.write(f"  {line}")
        if proposal:
            self.stdout.write(f"Proposed: {proposal.get_absolute_url()}")
        else:
            self.stdout.write("Nothing to do: the guide is the same already.")

    def _signature(self, path, by, author):
        """The user and the summary of the revision: the author's account, if there is one."""
        importer = self._user(by) if by else None
        if not author:
            return importer, f"Import of {self._name(path)}"
        account = User.objects.filter(username__iexact=author).first()
        credit = "" if account else f", by {author}"
        hand = f", imported by {importer.username}" if importer else ""
        return account, f"Import of {self._name(path)}{credit}{hand}"

    def _user(self, name):
        try:
            return User.objects.get(username__iexact=name)
        except User.DoesNotExist:
            raise CommandError(f"There is no account “{name}”.") from None

    def _name(self, path):
        """The file's name as text, whatever bytes the file system holds."""
        return path.name.encode(errors="replace").decode()

    def _read(self, path):
        try:
            text = reader.decode(path.read_bytes())
            known = LegendTag.objects.values_list("sign", flat=True)
            return reader.parse(text, signs=known, name=path.stem)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except reader.NotAGuide as error:
            raise CommandError(f"{path}: {error} Nothing was changed.") from error

    def _progress(self, sections):
        return tqdm(sections, unit=" sections", file=self.stderr, disable=None, leave=False)
