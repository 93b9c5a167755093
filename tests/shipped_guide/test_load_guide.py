"""manage.py load_guide: the guide that ships, whole, sound and in words of its own."""

import json
import re
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from reversion.models import Revision

from entries.models import Entry, LegendTag, RenderContext, Section
from guide_site.core import history, markdown
from services.models import Capability, Offering, Provider, Service, ServiceGroup
from tests.entries.guides import CORPUS, DATA, parse, source_of

FIXTURES = settings.BASE_DIR / "fixtures"
GUIDE = (FIXTURES / "guide-aws.md").read_text("utf-8")
LEGEND = json.loads((FIXTURES / "legend.json").read_text("utf-8"))
CATALOGUE = json.loads((FIXTURES / "services.json").read_text("utf-8"))

pytestmark = pytest.mark.django_db


def test_it_says_what_it_loaded(shipped):
    bullets = Entry.objects.filter(kind__in=Entry.LISTED).count()
    assert shipped == f"Loaded {Section.objects.count()} sections and {bullets} bullets.\n"


def test_it_is_one_revision_of_nobody(shipped):
    revision = Revision.objects.get()
    assert (revision.user, revision.comment) == (None, "The guide that ships with the software")


def test_every_line_of_the_guide_is_there(shipped):
    guide = parse(GUIDE, signs=[row["sign"] for row in LEGEND])
    rows = [*Section.objects.values_list("verbatim"), *Entry.objects.values_list("verbatim")]
    parts = [s.verbatim for s in guide.sections] + [entry.verbatim for entry in guide.walk()]
    assert source_of(guide) == GUIDE
    assert sorted(line for (line,) in rows) == sorted(parts)


def test_the_legend_is_there_in_its_order(shipped):
    tags = LegendTag.objects.values("slug", "sign", "label", "meaning")
    assert list(tags) == LEGEND


def test_the_groups_of_the_catalogue_are_there_in_their_order(shipped):
    assert list(Provider.objects.values("slug", "name")) == CATALOGUE["providers"]
    assert list(ServiceGroup.objects.values("slug", "name", "summary")) == CATALOGUE["groups"]


def test_every_service_is_there_with_its_facts(shipped):
    assert Service.objects.count() == len(CATALOGUE["services"])
    for row in CATALOGUE["services"]:
        service = Service.objects.get(slug=row["slug"])
        assert service.name == row["name"]
        assert service.provider.slug == row["provider"]
        assert (service.group.slug if service.group else None) == (row["group"] or None)
        assert (service.section.slug if service.section else None) == (row["section"] or None)
        assert {tag.slug for tag in service.tags.all()} == set(row["tags"])
        assert str(service.released or "").startswith(row["released"])
        assert service.availability == row["availability"]
        assert service.homepage_url == row["homepage"]


def test_the_matrix_is_there(shipped):
    assert (Capability.objects.count(), Offering.objects.count()) == (27, 125)


def test_every_link_within_the_guide_leads_somewhere(shipped):
    anchors = RenderContext.current().anchors
    bodies = Entry.objects.values_list("body", flat=True)
    targets = [target for body in bodies for target in markdown.link_targets(body)]
    inner = {target[1:] for target in targets if target.startswith("#")}
    assert inner - set(anchors) == set()
    assert len(inner) > 20
    assert [t for t in targets if not t.startswith(("#", "https://", "http://"))] == []


@pytest.mark.parametrize("mark", ['class="missing"', "\ufffd"])
def test_no_entry_shows_a_defect(shipped, mark):
    assert list(Entry.objects.filter(body_html__contains=mark)) == []


def test_every_link_of_the_catalogue_is_a_web_address(shipped):
    fields = ["homepage", "docs", "pricing", "faq", "release_notes"]
    urls = [row[field] for row in CATALOGUE["services"] for field in fields]
    urls += Offering.objects.values_list("url", flat=True)
    assert [url for url in urls if url and not url.startswith(("https://", "http://"))] == []


def test_a_second_load_keeps_what_is_there(shipped):
    before = history.generation(), Entry.objects.count(), Service.objects.count()
    out = StringIO()
    call_command("load_guide", stdout=out)
    assert out.getvalue() == "The guide is there already: nothing to do.\n"
    assert (history.generation(), Entry.objects.count(), Service.objects.count()) == before


def prose(text):
    """A text without its table rows and the addresses of its links."""
    text = re.sub(r"^\s*\|.*$", ".", text, flags=re.MULTILINE)
    text = re.sub(r"\]\([^)\s]*\)", "]", text)
    return re.sub(r"https?://\S+", " ", text)


def words(text):
    return re.findall(r"[a-z0-9]+(?:’[a-z]+)?", text.lower().replace("'", "’"))


def runs_of_eight(text):
    found = words(prose(text))
    return {" ".join(found[start : start + 8]) for start in range(len(found) - 7)}


def sentences(text):
    """Those of five words and more; headings are names."""
    text = re.sub(r"^#.*$|^.*\n(?=[=-]{3,}$)", "", prose(text), flags=re.MULTILINE)
    parts = [words(part) for part in re.split(r"[.!?:;]\s|[\n()]", text)]
    return {" ".join(part) for part in parts if len(part) >= 5}


@pytest.mark.corpus
@pytest.mark.parametrize(("pieces", "files"), [(runs_of_eight, "*"), (sentences, "*.md")])
def test_nothing_is_taken_from_the_corpus(pieces, files):
    theirs = set().union(*(pieces(p.read_text("utf-8")) for p in CORPUS.glob("open-guide-*")))
    assert len(theirs) > 2_000
    ours = [path for path in (*FIXTURES.rglob(files), *DATA.rglob(files)) if path.is_file()]
    for path in (path for path in ours if path.suffix not in (".png", ".svg")):
        assert pieces(path.read_text("utf-8")) & theirs == set(), path.name
