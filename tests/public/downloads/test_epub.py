"""The whole guide as EPUB 3."""

import datetime
import re
import zipfile
from io import BytesIO

import pytest
from django.core.cache import cache
from reversion.models import Revision

from guide_site.core import history
from guide_site.public.downloads import book
from tests import factories
from tests.public.downloads.guide_for_downloads import (
    PICTURES,
    files,
    ids,
    links,
    pages,
    publish,
    words,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def guide(module_db):
    return publish()


@pytest.fixture
def epub(guide, client):
    """Its bytes."""
    return client.get("/guide.epub").content


def test_it_is_a_download_that_is_named_after_guide_and_revision(client, guide):
    answer = client.get("/guide.epub")
    assert answer["Content-Type"] == "application/epub+zip"
    name = f"guide-sons-revision-{history.generation()}.epub"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'


def test_the_media_type_comes_first_and_is_stored(epub):
    with zipfile.ZipFile(BytesIO(epub)) as archive:
        first, *others = archive.infolist()
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert epub[38:58] == b"application/epub+zip"
    assert {other.compress_type for other in others} == {zipfile.ZIP_DEFLATED}


def test_the_same_revision_gives_the_same_bytes(epub, client):
    cache.clear()
    assert client.get("/guide.epub").content == epub


def test_its_dates_are_those_of_the_revision(guide, client):
    date = datetime.datetime(2016, 7, 2, 23, 30, 10, tzinfo=datetime.UTC)
    Revision.objects.filter(pk=history.generation()).update(date_created=date)
    epub = client.get("/guide.epub").content
    with zipfile.ZipFile(BytesIO(epub)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2016, 7, 2, 23, 30, 10)}
    package = files(epub)["EPUB/package.opf"].decode()
    assert "<dc:date>2016-07-02</dc:date>" in package
    assert '"dcterms:modified">2016-07-02T23:30:10Z<' in package
    assert str(datetime.datetime.now(datetime.UTC).year) not in package


def test_a_revision_older_than_zip_files_can_be_read(guide, client):
    date = datetime.datetime(1969, 7, 20, tzinfo=datetime.UTC)
    Revision.objects.filter(pk=history.generation()).update(date_created=date)
    assert "20 July 1969" in words(pages(client.get("/guide.epub").content)["title.xhtml"])


def test_every_main_section_is_a_file_between_the_legend_and_the_credits(epub):
    spine = re.findall(r'idref="([^"]+)"', files(epub)["EPUB/package.opf"].decode())
    chapters = ["chapter-01", "chapter-02", "chapter-03"]
    assert spine == ["title", "contents", "legend", *chapters, "credits"]
    found = pages(epub)
    headings = [found[f"{chapter}.xhtml"].find(".//{*}h1") for chapter in chapters]
    assert [h.text for h in headings] == ["The guide", "Storage <& more>", "EC2 in short"]
    assert [h.text for h in found["chapter-02.xhtml"].findall(".//{*}h2")] == ["Tips"]


def test_the_title_page_tells_name_revision_date_and_licence(epub):
    found = words(pages(epub)["title.xhtml"])
    revision = Revision.objects.get(pk=history.generation())
    assert "Guide & sons" in found
    assert f"Revision {revision.pk}, {revision.date_created:%-d %B %Y}" in found
    assert "CC BY-SA 4.0" in found


def test_all_links_within_the_book_arrive(epub):
    found = pages(epub)
    places = {f"{name}#{anchor}" for name, page in found.items() for anchor in ids(page)}
    inner = [
        (target if target[0] != "#" else name + target)
        for name, page in found.items()
        for target in links(page).values()
        if not target.startswith(("http", "mailto:"))
    ]
    assert len(inner) > 10
    assert set(inner) <= places


def test_no_id_stands_twice_in_a_file(epub):
    for page in pages(epub).values():
        assert len(ids(page)) == len(set(ids(page)))


def test_links_to_sections_services_entries_and_signs_lead_to_their_places(epub, guide):
    found = pages(epub)
    storage, ec2 = links(found["chapter-02.xhtml"]), links(found["chapter-03.xhtml"])
    assert storage["tips"] == f"#s{guide.tips.pk}"
    assert storage["EC2"] == f"chapter-03.xhtml#s{guide.ec2.pk}"
    assert storage["❗"] == f"legend.xhtml#t{guide.tag.pk}"
    assert ec2["Above"] == f"chapter-02.xhtml#e{guide.first.pk}"


def test_other_links_are_kept_or_become_words(epub):
    page = pages(epub)["chapter-02.xhtml"]
    found = links(page)
    assert found["https://en.wikipedia.org/wiki/A_(b)"] == "https://en.wikipedia.org/wiki/A_(b)"
    assert found["odd"] == "https://e.org/a%7Cb?c=%7Bd%7D#e%23f%25zz"
    assert not {"relative", "nowhere", "js", "a", "b", "c", "f"} & set(found)
    assert "relative" in words(page)


def test_signs_have_a_name_for_those_who_hear_the_book(epub):
    page = pages(epub)["chapter-02.xhtml"]
    signs = [link for link in page.findall(".//{*}a") if link.get("class") == "tag"]
    assert [sign.text for sign in signs] == ["❗", "❗"]
    assert {sign.get("aria-label") for sign in signs} == {"Gotcha <&>"}


def test_what_the_site_hides_is_not_in_it(epub):
    text = " ".join(words(page) for page in pages(epub).values())
    assert "An opening." in text
    assert not [said for said in ("No longer true.", "Back to top.") if said in text]
    assert "Contents" not in links(pages(epub)["contents.xhtml"])


def test_the_credits_name_who_wrote_on_the_site_and_has_an_account(guide, client):
    for name in ("zoe", "adam", "gone"):
        member = factories.user(username=name)
        factories.entry(by=member, section=guide.tips)
        factories.entry(by=member, section=guide.tips)
    member.is_active = False
    member.save()
    found = words(pages(client.get("/guide.epub").content)["credits.xhtml"])
    assert "by adam, zoe." in found
    assert "CC BY-SA 4.0" in found


def test_of_a_guide_of_several_top_sections_each_is_a_file(client, guide):
    factories.section("Another")
    found = pages(client.get("/guide.epub").content)
    assert [name for name in found if "chapter" in name] == ["chapter-01.xhtml", "chapter-02.xhtml"]


def test_it_costs_seven_queries_and_one_for_pictures(guide, client, django_assert_num_queries):
    with django_assert_num_queries(8):
        client.get("/guide.epub")


def test_pictures_are_files_of_the_book_with_their_words_and_size(epub):
    held = {name for name in files(epub) if name.startswith("EPUB/pictures/")}
    shown = [
        image
        for page in pages(epub).values()
        for image in page.iter("{http://www.w3.org/1999/xhtml}img")
    ]
    assert {f"EPUB/{image.get('src')}" for image in shown} == held
    assert [image.get("alt") for image in shown] == [f'A "{name}" <&>' for name in PICTURES]
    assert (shown[0].get("width"), shown[0].get("height")) == ("40", "30")


def test_pictures_beyond_the_limit_are_words(guide, client, monkeypatch):
    monkeypatch.setattr(book, "MAX_PICTURES", 0)
    epub = client.get("/guide.epub").content
    assert not any(name.startswith("EPUB/pictures/") for name in files(epub))
    assert 'See A "a.png" <&>Caption & <more>.' in " ".join(map(words, pages(epub).values()))
