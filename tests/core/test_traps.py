"""Traps that were fallen into once: doors of the history, odd addresses, odd texts."""

import pytest
import reversion
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from entries.models import Entry
from guide_site.core import env, history, markdown, words
from guide_site.core.access import Role
from guide_site.core.history import WriteOutsideRevision
from moderation import actions
from tests import factories
from tests.core import safety
from tests.core.test_rescued_forms import PASSWORD, log_in, shows

pytestmark = pytest.mark.django_db


def test_a_form_from_another_site_is_not_kept():
    client = Client(enforce_csrf_checks=True)
    address = f"/entries/{factories.entry().pk}/edit/"
    response = client.post(address, {"body": "planted"}, headers={"origin": "https://evil.example"})
    assert "sessionid" not in response.cookies


def test_a_form_from_another_site_is_not_kept_for_a_member(contributor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(contributor)
    address = f"/entries/{factories.entry().pk}/edit/"
    client.post(address, {"body": "planted"}, headers={"origin": "https://evil.example"})
    assert "planted" not in client.get(address).content.decode()


@pytest.mark.parametrize("letter", ["字", "😀"])
def test_a_text_of_full_length_is_kept_in_every_script(client, letter):
    factories.user(Role.EDITOR, username="member", password=PASSWORD)
    address = f"/entries/{factories.entry().pk}/edit/"
    long = letter * markdown.MAX_LENGTH
    back = log_in(client, client.post(address, {"body": long, "why": letter * 4000, "title": "x"}))
    assert shows(client, back, long)


def test_forms_of_two_pages_are_both_kept(client):
    factories.user(Role.EDITOR, username="member", password=PASSWORD)
    one, two = (f"/entries/{factories.entry().pk}/edit/" for _ in range(2))
    client.post(one, {"body": "In the first tab"})
    response = client.post(two, {"body": "In the second tab"})
    log_in(client, response)
    assert shows(client, two, "In the second tab")
    assert shows(client, one, "In the first tab")


@pytest.mark.usefixtures("one_is_enough")
def test_a_note_to_a_proposal_that_was_merged_meanwhile_is_not_lost(as_user, editor):
    proposal = factories.proposal()
    version = proposal.version
    actions.approve(proposal, by=factories.user(Role.LEAD), version=version)
    response = as_user(editor).post(
        f"/proposals/{proposal.pk}/decide/",
        {"version": version, "decision": "decline", "note": "A long reason."},
    )
    assert "A long reason." in response.content.decode()
    assert "Already merged by" in response.content.decode()


@pytest.mark.usefixtures("one_is_enough")
def test_a_kept_note_to_a_proposal_that_was_merged_meanwhile_is_not_lost(client):
    factories.user(Role.EDITOR, username="member", password=PASSWORD)
    proposal = factories.proposal()
    response = client.post(f"/proposals/{proposal.pk}/decide/", {"note": "A long reason."})
    actions.approve(proposal, by=factories.user(Role.LEAD), version=proposal.version)
    assert shows(client, log_in(client, response), "A long reason.")


def test_a_legend_sign_may_hold_its_variation_selector():
    html = markdown.render("⚠️ mind", legend={"⚠️": ("warning", "Warning")})
    assert 'href="/legend/warning/"' in html


@pytest.mark.parametrize(
    "legend",
    [
        {"❗": ("one", "One"), "❗❗": ("two", "Two")},
        {"❗❗": ("two", "Two"), "❗": ("one", "One")},
    ],
)
def test_of_two_signs_the_longer_one_is_read(legend):
    assert 'href="/legend/two/"' in markdown.render("❗❗", legend=legend)


@pytest.mark.parametrize("name", ["größe", "日本語"])
def test_an_internal_link_may_have_any_letters(name):
    html = markdown.render(f"[a](#{name})", anchors={name: "/sections/x/"})
    assert 'href="/sections/x/"' in html


def test_without_known_anchors_any_letters():
    from urllib.parse import quote

    assert f'href="/sections/{quote("größe")}/"' in markdown.render("[a](#größe)")


@pytest.mark.parametrize(
    "text",
    ["a <?php x ?> b", "a <!DOCTYPE html> b", "a <![CDATA[x > y]]> b", "<?xml version='1.0'?>"],
)
def test_no_visible_text_is_dropped(text):
    assert safety.text(markdown.render(text)).strip() == text


@pytest.mark.parametrize(
    ("source", "words_"),
    [
        ("# Title\n\ntext", "Title text"),
        ("replace <bucket> by yours", "replace <bucket> by yours"),
        ("a<br>b", "a b"),
        ("```\na\n```\n\nb", "a b"),
        ("a\n\n    code\n\nb", "a code b"),
        ("- a\n- b", "a b"),
        ("> a\n\nb", "a b"),
    ],
)
def test_plain(source, words_):
    assert markdown.plain(source) == words_


def test_a_bracket_around_an_address_with_brackets_is_no_part_of_it():
    assert '<a href="https://b.example/a_(b)"' in markdown.render("(https://b.example/a_(b))")


@pytest.mark.parametrize(
    ("base", "current", "proposed"),
    [
        ("ann@old.example", "bob@old.example", "ann@new.example"),
        ("HTTPS://a.example/x?y", "HTTPS://b.example/x?y", "HTTPS://a.example/x?z"),
        ("arn:aws:iam::1:role/x", "arn:aws:iam::2:role/x", "arn:gov:iam::1:role/x"),
        ("s3://old/key/a", "s4://old/key/a", "s3://new/key/a"),
        ("हिन्दी", "xिन्दी", "हिन्दx"),
        ("cafe\u0301s", "tafe\u0301s", "cafe\u0301t"),
    ],
)
def test_halves_of_one_word_are_never_combined(base, current, proposed):
    assert words.merge(base, current, proposed).text is None


@pytest.mark.parametrize(
    "value", ["postgres://me:sec/ret@db.example/guide", "postgres://me:x@db.example:port/guide"]
)
def test_a_broken_address_is_refused_with_a_hint(monkeypatch, value):
    monkeypatch.setenv("GUIDE_X", value)
    with pytest.raises(ImproperlyConfigured, match="GUIDE_X"):
        env.database("GUIDE_X", "")


def test_email_port(monkeypatch):
    monkeypatch.setenv("GUIDE_X", "smtp+tls://me:pass#word@mail.example:587")
    with pytest.raises(ImproperlyConfigured, match="GUIDE_X"):
        env.email("GUIDE_X", "")


DOORS = {
    "add to a section": lambda entry, other, tag: other.entries.add(entry),
    "set children": lambda entry, other, tag: other.children.set([entry.section]),
    "base manager": lambda entry, other, tag: Entry._base_manager.update(body="x"),
}


@pytest.mark.parametrize("name", DOORS)
def test_doors(name):
    entry, other, tag = factories.entry(), factories.section(), factories.legend_tag()
    with pytest.raises(WriteOutsideRevision):
        DOORS[name](entry, other, tag)


def test_a_bare_reversion_is_no_revision_of_the_guide():
    entry = factories.entry()
    with pytest.raises(WriteOutsideRevision), reversion.create_revision():
        entry.save()


@pytest.mark.parametrize(
    "address", ["/sections/" + "x" * 260 + "/", "/sections/a b/", "/sections/%00/", "/people/%00/"]
)
def test_an_odd_address_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_long_parameter_is_answered(client):
    assert client.get("/proposals/?author=" + "x" * 260).status_code == 200


def test_a_section_with_the_longest_slug_is_shown(client):
    section = factories.section("x", slug="x" * 200)
    assert client.get(f"{section.get_absolute_url()}history/?before=123456789").status_code == 200


def test_a_member_who_left_is_not_shown_any_more(client, contributor):
    assert client.get("/people/contributor/").status_code == 200
    contributor.is_active = False
    contributor.save()
    assert client.get("/people/contributor/").status_code == 404


def test_new_role(client, contributor):
    from django.contrib.auth.models import Group

    before = client.get("/people/contributor/").content
    contributor.groups.set([Group.objects.get(name="lead")])
    assert client.get("/people/contributor/").content != before


def test_gzip_refused(client):
    assert "Content-Encoding" not in client.get("/legend/", headers={"accept-encoding": "gzip;q=0"})


def test_editors(editor):
    factories.section().editors.add(editor)


def test_build_rename(tmp_path):
    from guide_site.core.build import fingerprint

    for d, n in (("a", "base.html"), ("b", "other.html")):
        (tmp_path / d / "templates").mkdir(parents=True)
        (tmp_path / d / "templates" / n).write_text("x")
    assert fingerprint(tmp_path / "a") != fingerprint(tmp_path / "b")


def test_tags_are_given_to_a_row_not_rows_to_a_tag():
    entry, tag = factories.entry(), factories.legend_tag()
    with (
        pytest.raises(WriteOutsideRevision, match="not rows to a tag"),
        history.revision(by=None, comment="from the other side"),
    ):
        tag.entries.add(entry)
