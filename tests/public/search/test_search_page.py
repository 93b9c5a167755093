"""The search page."""

import pytest

from guide_site.core import history
from tests import factories
from tests.public.page_texts import links, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    return factories.section("Disks", slug="disks")


def test_an_empty_search_tells_how_to_search(client):
    answer = client.get("/search/")
    assert "Type words as they come to mind" in words(answer)
    assert "?q=us-east-1" in links(answer)


def test_what_holds_no_word_says_so(client):
    assert "“?!” holds nothing to look for" in words(client.get("/search/", {"q": "?!"}))


def test_a_hit_shows_its_place_its_tags_and_its_words(client, section):
    factories.legend_tag("gotcha", "❗", label="Gotcha")
    above = factories.entry("**Volumes:** of disks.", section=section)
    entry = factories.entry("Resize *slowly*.", section=section, parent=above, tags=["gotcha"])
    answer = client.get("/search/", {"q": "resizing"})
    assert "1 entry." in words(answer)
    assert "<mark>Resize</mark> <em>slowly</em>." in answer.text
    assert 'aria-label="Gotcha">❗</a>' in answer.text
    targets = links(answer)
    assert {f"/sections/disks/#e{entry.pk}", f"/entries/{above.pk}/"} <= set(targets)
    assert entry.get_absolute_url() in targets


def test_a_retired_entry_is_not_shown_above_a_hit(client, section):
    above = factories.entry("Secret volumes.", section=section)
    child = factories.entry("Resize.", section=section, parent=above)
    factories.retire(above)  # the child retires along, and is restored alone
    with history.revision(by=None, comment="test"):
        child.retired_at, child.retired_because = None, ""
        child.save()
    answer = client.get("/search/?q=resize")
    assert "1 entry." in words(answer)
    assert "Secret" not in answer.text


def test_a_long_entry_is_cut_to_the_telling_part(client, section):
    factories.entry("filler " * 300 + "xylophone " + "filler " * 300, section=section)
    answer = client.get("/search/?q=xylophone")
    assert "<mark>xylophone</mark>" in answer.text
    assert len(words(answer)) < 1000


def test_names_stand_above_the_entries(client, section):
    factories.service("EBS", slug="ebs", full_name="Elastic Block Store")
    factories.entry("EBS is slow.", section=section)
    answer = client.get("/search/?q=ebs")
    assert "/services/ebs/" in links(answer)
    assert "EBS Elastic Block Store" in words(answer)


def test_what_was_typed_stands_in_the_box_safely(client):
    answer = client.get("/search/", {"q": '"><script>alert(1)</script>'})
    assert "<script>alert" not in answer.text
    assert 'value="&quot;&gt;&lt;script&gt;' in answer.text


def test_many_hits_come_in_pages_and_keep_the_choices(client, section):
    for number in range(25):
        factories.entry(f"Disk {number}.", section=section)
    answer = client.get("/search/?q=disk&kind=general")
    assert "25 entries." in words(answer)
    assert "?q=disk&kind=general&page=2" in links(answer)
    assert "More →" in words(answer)
    assert len(client.get("/search/?q=disk&page=2").context["hits"]) == 5


def test_a_word_that_is_nowhere_is_named(client, section):
    factories.entry("A disk.", section=section)
    assert "“xyzzy” is nowhere in the guide" in words(client.get("/search/?q=xyzzy+disk"))


def test_nothing_found_offers_the_nearest_name_and_the_way_to_write_it(client, section):
    factories.service("Glacier", slug="glacier", section=section)
    answer = client.get("/search/?q=glaxxer")
    assert "No entry has “glaxxer”." in words(answer)
    assert {"/services/glacier/", "/sections/disks/add/"} <= set(links(answer))


def test_a_misspelled_word_shows_what_was_meant_and_leads_to_what_was_typed(client, section):
    factories.entry("Encrypt the bucket.", section=section)
    answer = client.get("/search/", {"q": "Encrypt a bukcet & more"})
    assert "Showing results for “Encrypt a bucket & more”." in words(answer)
    assert "<mark>bucket</mark>" in answer.text
    assert 'value="Encrypt a bukcet &amp; more"' in answer.text
    address = "?q=Encrypt+a+bukcet+%26+more&exact=1"
    assert address in links(answer)
    exactly = client.get(f"/search/{address}")
    assert "Showing results" not in words(exactly)
    assert "“bukcet” is nowhere in the guide" in words(exactly)


def test_other_words_that_may_be_meant_are_named_and_found(client, section):
    for text in ("A bullet.", "A ballet.", "Another bullet."):
        factories.entry(text, section=section)
    answer = client.get("/search/?q=bllet")
    assert "Showing results for “bullet” and “ballet”." in words(answer)
    assert "3 entries." in words(answer)


def test_a_correction_stays_on_the_next_page_and_with_a_choice(client, section):
    for number in range(25):
        factories.entry(f"Disk {number}, a bucket.", section=section)
    answer = client.get("/search/?q=bukcet")
    assert {"?q=bukcet&page=2", "?q=bukcet&kind=general"} <= set(links(answer))
    page = client.get("/search/?q=bukcet&page=2")
    assert "Showing results for “bucket”." in words(page)
    exactly = client.get("/search/?q=disk&exact=1")
    assert "?q=disk&exact=1&page=2" in links(exactly)


def test_what_was_typed_and_corrected_is_safe(client, section):
    factories.entry("A bucket.", section=section)
    answer = client.get("/search/", {"q": '<script>alert(1)</script> bukcet"'})
    assert "Showing results for" in words(answer)
    assert "<script>alert" not in answer.text


def test_nothing_found_and_nothing_near_offers_the_guide(client, section):
    answer = client.get("/search/?q=qqqqqq")
    assert "Propose an entry about this" in words(answer)
    assert "Nearest" not in words(answer)


def test_results_offer_to_propose_what_is_missing(client, section):
    factories.entry("A disk.", section=section)
    assert "/sections/disks/add/" in links(client.get("/search/?q=disk"))


def test_a_query_that_is_cut_says_so(client):
    assert "Only the first 200 characters and 12 words" in words(
        client.get("/search/", {"q": "word " * 60})
    )


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999", "٣"])
def test_a_page_that_is_not_there_is_the_nearest(client, section, page):
    factories.entry("A disk.", section=section)
    assert client.get("/search/", {"q": "disk", "page": page}).status_code == 200


def test_every_page_has_the_search_box_once(client, section):
    for address in ("/", "/guide/", "/sections/disks/", "/search/", "/search/?q=disk"):
        assert client.get(address).text.count('role="search"') == 1, address


def test_members_find_the_same(as_user, contributor, section):
    entry = factories.entry("Published disk.", section=section)
    factories.proposal(entry, "Proposed xylophone.", author=contributor)
    assert "No entry has" in words(as_user(contributor).get("/search/?q=xylophone"))


def test_a_new_revision_is_found_at_once_though_pages_are_cached(client, section):
    assert "No entry has" in words(client.get("/search/?q=xylophone"))
    factories.entry("A xylophone.", section=section)
    assert "1 entry." in words(client.get("/search/?q=xylophone"))
