"""Steps that many tests of proposals take, and pages as a browser reads them."""

import re
import uuid
from html import unescape
from html.parser import HTMLParser

from django.utils import timezone

from guide_site.core.access import Role
from moderation import actions, policies
from moderation.changes import versions
from moderation.models import Operation, Proposal
from moderation.states import CLOSED
from tests import factories


def approve(proposal, by=None):
    """Approve the proposal as it stands, as often as its class needs; `by` is the last to do so.

    Returns the Outcome of the last approval. Other people approve first where `by` is not enough.
    """
    by = by or factories.user(Role.LEAD)
    while len(policies.standing(proposal).free) > 1:
        actions.approve(proposal, by=factories.user(Role.LEAD), version=proposal.version)
    return actions.approve(proposal, by=by, version=proposal.version)


def assert_not_merged(outcome, match="."):
    """The step is done, but it published nothing: `match` is found in the problem it names."""
    assert not outcome.is_merged
    assert re.search(match, outcome.problem), outcome.problem


def in_state(status, **fields):
    """A proposal that has got as far as `status`."""
    if status in CLOSED:
        fields.setdefault("closed_at", timezone.now())
    return factories.proposal(status=status, **fields)


def an_edit(entry, body, tags=()):
    """The fields of a change that edits `entry`, as `save_draft` takes them."""
    return {
        "operation": Operation.EDIT,
        "entry": entry,
        "section": entry.section,
        "base": versions.snapshot(entry),
        "proposed": {"body": body, "tags": list(tags)},
    }


def texts(title="Say it better", **fields):
    """The words of a proposal about itself, as actions take them."""
    return {"title": title, "why": "", "sources": [], "affiliation": ""} | fields


def draft(
    author, entry, body="One, two, three, 4.", *, form_key=None, into=None, fixes=None, **fields
):
    """Save an edit of `entry` as a draft of `author`, or in their proposal `into`."""
    key = form_key or uuid.uuid4()
    typed = {"texts": texts(**fields), "changes": [an_edit(entry, body)], "fixes": fixes}
    return actions.save_draft(by=author, form_key=key, into=into, **typed)


def state_of(proposal):
    """Everything that a refused step may not change, to compare before and after."""
    fields = Proposal.objects.values().get(pk=proposal.pk)
    related = ("changes", "reviews", "comments", "events")
    return fields | {name: list(getattr(proposal, name).values()) for name in related}


def words(response):
    """The visible words of the main part of a page, on one line."""
    page = response.content.decode()
    main = re.search(r"<main.*?</main>", page, re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", main[0] if main else page)).split())


def fields(response, form="editor"):
    """What a browser would send of a form that is left as it is.

    form: a class of the form, or the end of the address it posts to
    """
    reader = _FormReader(form)
    reader.feed(response.content.decode())
    assert reader.found, f"The page has no form “{form}”."
    return reader.fields


class _FormReader(HTMLParser):
    """Collects the values of one form: lists for boxes, texts for the rest."""

    def __init__(self, form):
        super().__init__()
        self.form, self.fields = form, {}
        self.found = self.inside = False
        self.names = set()  # of the fields of one form, but for hidden ones, boxes and buttons
        self.name = self.text = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.inside, self.names = self._is_wanted(attrs), set()
            self.found = self.found or self.inside
        elif self.inside and tag == "input":
            self._input(attrs)
        elif self.inside and tag in ("textarea", "select"):
            self._is_first(attrs)
            self.name, self.text = attrs["name"], "" if tag == "textarea" else None
        elif self.inside and tag == "option":
            self._option(attrs)

    def handle_data(self, data):
        if self.text is not None:
            self.text += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "textarea" and self.inside:
            self.fields[self.name] = self.text.removeprefix("\n")
            self.text = None

    def _is_first(self, attrs):
        """A browser sends both of two fields of one name, and the server reads the last."""
        assert attrs["name"] not in self.names, f"Two fields are named “{attrs['name']}”."
        self.names.add(attrs["name"])

    def _is_wanted(self, attrs):
        classes = (attrs.get("class") or "").split()
        return self.form in classes or (attrs.get("action") or "").endswith(self.form)

    def _option(self, attrs):
        if "selected" in attrs or self.name not in self.fields:
            self.fields[self.name] = attrs["value"]

    def _input(self, attrs):
        if attrs.get("type") in ("checkbox", "radio"):
            chosen = self.fields.setdefault(attrs["name"], [])
            if "checked" in attrs:
                chosen.append(attrs.get("value", "on"))
        else:
            if attrs.get("type") != "hidden":
                self._is_first(attrs)
            self.fields[attrs["name"]] = attrs.get("value", "")
