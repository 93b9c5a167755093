"""Where a member reads what the rules refused: in the form that was sent, or above the page."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from moderation import actions


@contextmanager
def refusal_in_form(form: forms.Form) -> Iterator[None]:
    """Run a step; if the rules refuse it, the form has their sentence as an error."""
    try:
        yield
    except actions.Refused as refusal:
        form.add_error(None, str(refusal))


@contextmanager
def refusal_as_message(request: HttpRequest) -> Iterator[None]:
    """Run a step; if the rules refuse it, the next page has their sentence as a message."""
    try:
        yield
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
