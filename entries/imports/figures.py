"""The pictures that an incoming guide refers to come into the guide with it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from entries.actions.figures import rerender_what_shows, set_figure
from entries.imports.files import Files
from entries.markdown.parsed import ParsedGuide
from entries.models import EntryKind, Figure, RenderContext
from guide_site.core import markdown
from guide_site.core.pictures.badges import is_badge
from guide_site.core.pictures.refusing import NotAPicture
from guide_site.core.pictures.shown import Elsewhere

_NAMED = 20  # pictures that the report names of many


@dataclass
class Pictures:
    """What became of the pictures that a file refers to. Each is counted once.

    shown    names of those that the guide shows now
    new      how many of them came in, or came in another version
    missing  names of those that nobody brought
    refused  {name or address: why, in a sentence}
    linked   addresses of pictures of other sites that pages link to, and
    loaded   of those that pages show, because their hosts are allowed
    badges   addresses of badges
    """

    shown: list[str] = field(default_factory=list)
    new: int = 0
    missing: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    linked: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    badges: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """The report as lines of text; none for a guide without pictures."""
        if self.shown or self.missing or self.refused:
            yield f"pictures: {len(self.shown)} shown ({self.new} new)"
        if self.missing:
            yield f"pictures missing: {len(self.missing)}: {_named(self.missing)}"
        for name, why in list(self.refused.items())[:_NAMED]:
            yield f"picture refused: {name}: {why}"
        if len(self.refused) > _NAMED:
            yield f"pictures refused: {len(self.refused) - _NAMED} more"
        for words, addresses in (
            ("pictures of other sites, shown as links", self.linked),
            ("pictures of other sites, shown", self.loaded),
            ("badges, shown as links", self.badges),
        ):
            if addresses:
                yield f"{words}: {len(addresses)}"


def bring(guide: ParsedGuide, files: Files | None) -> Pictures:
    """Bring the pictures that a parsed guide refers to, and show them where it does.

    files  where they are; None: only those that the guide here has are shown

    Callers hold `history.revision()`. Those that are here already are left as they are.
    """
    found, changed = Pictures(), []
    known = set(Figure.objects.values_list("name", flat=True))
    context = RenderContext.current()
    for address in _addresses(guide, context):
        name = context.picture_name(address)
        if name is None:
            _elsewhere(address, context, found)
            continue
        try:
            data = files.read(name) if files else None
            if data is not None and set_figure(name=name, original=data):
                changed.append(name)
        except NotAPicture as error:
            found.refused[name] = str(error)
        else:
            (found.shown if data is not None or name in known else found.missing).append(name)
    rerender_what_shows(changed)
    found.new = len(changed)
    for names in (found.shown, found.missing):
        names[:] = dict.fromkeys(names)
    return found


def _addresses(guide: ParsedGuide, context: RenderContext) -> Iterable[str]:
    """Those of all pictures in the texts that pages show, each once."""
    texts = (e.body for e in guide.walk() if e.kind not in (EntryKind.KEPT, EntryKind.CODE))
    return dict.fromkeys(
        address
        for body in texts
        if "![" in body or "<img" in body.lower()
        for address in markdown.picture_addresses(body, context.links_for(body))
    )


def _elsewhere(address: str, context: RenderContext, found: Pictures) -> None:
    if is_badge(address):
        found.badges.append(address)
    elif address.startswith(("http:", "https:", "//")):
        there = context.picture_of(address)
        is_loaded = isinstance(there, Elsewhere) and there.is_shown
        (found.loaded if is_loaded else found.linked).append(address)
    else:
        found.refused[address[:80]] = "Its address names no file in the folder of the guide."


def _named(names: list[str]) -> str:
    return ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
