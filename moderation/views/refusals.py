"""Where a member reads what the rules refused: in the form that was sent, or above the page."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html

from moderation import actions


def in_words(refusal: actions.Refused) -> str:
    """The sentence of a refusal as HTML, with a link to where it is done instead."""
    if refusal.instead is None:
        return str(refusal)
    found = refusal.instead
    return format_html('{} <a href="{}">{}</a>.', found.sentence, found.address, found.label)


@contextmanager
def refusal_in_form(form: forms.Form) -> Iterator[None]:
    """Run a step; if the rules refuse it, the form has their sentence as an error."""
    try:
        yield
    except actions.Refused as refusal:
        form.add_error(None, in_words(refusal))


@contextmanager
def refusal_as_message(request: HttpRequest) -> Iterator[None]:
    """Run a step; if the rules refuse it, the next page has their sentence as a message."""
    try:
        yield
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
