import argparse
import datetime
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from tqdm import tqdm

from entries.imports import finding, importing
from entries.imports.files import Archive, Files, Folder, is_archive
from entries.imports.finding import Found, Incoming, OnlyASection, UnknownBase
from entries.imports.legend_files import NotALegend
from entries.imports.report import Report
from entries.markdown.parsed import NotAGuide, ParsedSection
from entries.markdown.writer import export
from entries.models import Section
from guide_site.management.commands import legend_from_signs
from guide_site.models import User
from moderation.actions import Refused, import_file, import_pictures, known_files, propose_import
from moderation.models import MAX_TITLE

_NOTHING = "Nothing to do: the guide has all that the file changes."
_NO_PICTURES = "Pictures are not proposed with a file: import it, or leave out --files."
_NO_LEGEND = "A legend is not proposed with a file: import it, or leave out --legend."
_PACKED = "A folder or an archive brings its pictures with it: leave out --files."
_NOTHING_PROPOSED = "Nothing was proposed: the lines above say what is left, and why."


def _in_words(path: Path, conflict: importing.InConflict) -> str:
    """What to do about conflicts, after a line for each."""
    lines = "".join(f"\n  {sentence}" for sentence in conflict.sentences)
    return (
        f"{path}: the guide has changed what the file changes. Nothing was changed.{lines}\n"
        "Change the file, or let reviewers decide: --as-proposal --by USERNAME."
    )


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
    base: str | None
    replace: bool
    files: Path | None
    legend: Path | None
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

    help = "Bring what a Markdown file, folder or zip changed into the guide, as one revision."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "path", type=Path, metavar="FILE", help="a Markdown file, or a folder or zip with one"
        )
        parser.add_argument("--dry-run", action="store_true", help="report, but change nothing")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing if there is a guide already"
        )
        parser.add_argument(
            "--base",
            metavar="BASE",
            help="what the file was made from: a revision, a date, or another file",
        )
        parser.add_argument(
            "--replace",
            action="store_true",
            help="make the guide what the file says, even another guide; edits made here go",
        )
        parser.add_argument(
            "--files",
            type=Path,
            metavar="DIR",
            help="the folder of the file: brings the pictures that it refers to",
        )
        parser.add_argument(
            "--legend",
            type=Path,
            metavar="FILE",
            help="a file of signs and what they mean, which become legend tags",
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
        if given.legend is None:
            self._bring(given)
            return
        with transaction.atomic():  # the legend comes in with the guide, or neither does
            self._take_legend(given.legend, given)
            self._bring(given)
            transaction.set_rollback(given.dry_run)

    def _bring(self, given: _Options) -> None:
        file, folder = self._read(given)
        try:
            found = self._base(file, given)
            if found.sentence:
                self.stdout.write(found.sentence)
            if found.is_same:
                self._import_pictures(file, folder, given)
            elif given.as_proposal:
                self._propose(file, found, given)
            else:
                self._import(file, found, folder, given)
        except Refused as refusal:
            place = refusal.instead
            where = f" {place.label}: {place.address}" if place else ""
            message = f"{given.path}: {refusal} Nothing was changed.{where}"
            raise CommandError(message) from refusal
        except (importing.AnotherGuide, OnlyASection, UnknownBase) as error:
            raise CommandError(f"{given.path}: {error} Nothing was changed.") from error
        except importing.InConflict as conflict:
            raise CommandError(_in_words(given.path, conflict)) from conflict

    def _take_legend(self, path: Path, given: _Options) -> None:
        if given.as_proposal:
            raise CommandError(_NO_LEGEND)
        try:
            tags = legend_from_signs.read(path)
        except NotALegend as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        user, _ = self._signature(given)
        for line in legend_from_signs.publish(tags, by=user):
            self.stdout.write(line)

    def _read(self, given: _Options) -> tuple[Incoming, Files | None]:
        """The guide, and what lies beside it if that comes along."""
        try:
            if files := self._packed(given):
                name, data = files.guide()
                return Incoming.read(data, name.rpartition(".")[0]), files
            return Incoming.read(given.path.read_bytes(), given.path.stem), self._folder(given)
        except OSError as error:
            raise CommandError(f"{given.path} cannot be read: {error.strerror}.") from error
        except NotAGuide as error:
            raise CommandError(f"{given.path}: {error} Nothing was changed.") from error

    def _base(self, file: Incoming, given: _Options) -> Found:
        if given.replace:
            return Found(None, "", is_same=file.text == export())
        is_same = finding.is_the_present(file)
        found = finding.named(file, given.base) if given.base else None
        found = found or finding.find(file, known_files())
        return found._replace(is_same=True) if is_same else found

    def _import(self, file: Incoming, found: Found, folder: Files | None, given: _Options) -> None:
        user, comment = self._signature(given)
        report = import_file(
            file,
            found,
            by=user,
            comment=comment,
            because=given.because,
            at=given.date,
            replace=given.replace,
            files=folder,
            dry_run=given.dry_run,
            progress=self._progress,
        )
        self.stdout.write("Would import:" if given.dry_run else "Imported:")
        self._print(report)
        if report.is_empty:
            self.stdout.write(_NOTHING)

    def _import_pictures(self, file: Incoming, folder: Files | None, given: _Options) -> None:
        """Bring pictures of a file that says what the guide says already."""
        user, comment = self._signature(given)
        if folder:
            found = import_pictures(file, folder, by=user, comment=comment, dry_run=given.dry_run)
            for line in found.lines():
                self.stdout.write(f"  {line}")
        if not folder or not found.new:
            self.stdout.write(_NOTHING)

    def _packed(self, given: _Options) -> Folder | Archive | None:
        """The folder or archive that is given instead of a file. Raises OSError and NotAGuide."""
        if not (given.path.is_dir() or is_archive(given.path)):
            return None
        if given.files:
            raise CommandError(_PACKED)
        if given.as_proposal:
            raise CommandError(_NO_PICTURES)
        return Folder(given.path) if given.path.is_dir() else Archive(given.path)

    def _folder(self, given: _Options) -> Files | None:
        if given.files is None:
            return None
        if not given.files.is_dir():
            raise CommandError(f"{given.files} is no folder.")
        if given.as_proposal:
            raise CommandError(_NO_PICTURES)
        return Folder(given.files)

    def _propose(self, file: Incoming, found: Found, given: _Options) -> None:
        if not given.by:
            raise CommandError("Say whose proposal it is: --by USERNAME.")
        proposal, report = propose_import(
            file,
            found,
            by=self._user(given.by),
            title=f"Changes of {given.name}"[:MAX_TITLE],
            because=given.because,
            replace=given.replace,
            dry_run=given.dry_run,
        )
        self.stdout.write("Would propose:" if given.dry_run else "Proposes:")
        self._print(report)
        if proposal is None:
            is_left = report.conflicts or report.elsewhere
            self.stdout.write(_NOTHING_PROPOSED if is_left else _NOTHING)
        elif not given.dry_run:
            self.stdout.write(f"Proposed: {proposal.get_absolute_url()}")

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
