"""Joining: whoever signs up is a contributor under a name that is theirs alone."""

import pytest
from django.contrib.auth.models import Group

from guide_site.core.access import Role
from guide_site.models import User
from tests import factories
from tests.public.page_texts import links, words

pytestmark = pytest.mark.django_db

TAKEN = "A user with that username already exists."
LETTERS = "Use letters, digits, “-” and “_”, and start with a letter or digit."


@pytest.fixture
def sign_up(client):
    """Sends the form: `sign_up(username="ada")`."""

    def sent(**fields):
        fields = {"email": "ada@example.org", "password1": "long-enough-7x"} | fields
        return client.post("/accounts/signup/", {"username": "ada"} | fields)

    return sent


def test_the_form_asks_for_a_name_an_address_and_a_password(client):
    page = client.get("/accounts/signup/")
    asked = [f'name="{name}"' in page.text for name in ("username", "email", "password1")]
    assert (page.status_code, asked) == (200, [True, True, True])


def test_it_makes_a_contributor_who_is_logged_in_and_may_propose(client, sign_up):
    answer = sign_up()
    assert answer["Location"] == "/"
    ada = User.objects.get()
    assert (ada.username, ada.email) == ("ada", "ada@example.org")
    assert [group.name for group in ada.groups.all()] == [Role.CONTRIBUTOR.value]
    assert (ada.is_staff, ada.is_superuser) == (False, False)
    assert client.get("/proposals/mine/").status_code == 200


def test_nobody_signs_up_as_more_than_that(sign_up):
    sign_up(is_staff="on", is_superuser="on", groups="4", role="lead")
    ada = User.objects.get()
    assert (ada.is_staff, ada.is_superuser) == (False, False)
    assert [group.name for group in ada.groups.all()] == [Role.CONTRIBUTOR.value]


def test_it_goes_on_where_one_was(sign_up):
    assert sign_up(next="/entries/1/edit/")["Location"] == "/entries/1/edit/"


def test_it_never_goes_on_to_another_site(sign_up):
    assert sign_up(next="https://evil.example/")["Location"] == "/"


def test_the_address_is_asked_to_be_confirmed(sign_up, mailoutbox):
    sign_up()
    (mail,) = mailoutbox
    assert mail.to == ["ada@example.org"]
    assert "/accounts/confirm-email/" in mail.body


def test_the_password_is_not_stored_as_it_is(sign_up):
    sign_up()
    assert "long-enough-7x" not in User.objects.get().password


def test_a_name_is_kept_in_lower_case(sign_up):
    sign_up(username="AdaLovelace")
    assert User.objects.get().username == "adalovelace"


@pytest.mark.parametrize("name", ["editor", "Editor", "EDITOR"])
def test_a_name_that_somebody_has_is_refused_whatever_its_case(sign_up, editor, name):
    assert TAKEN in words(sign_up(username=name))
    assert User.objects.get() == editor


@pytest.mark.parametrize(
    "name",
    ["еditor", "edıtor", "ed\u00aditor", "ｅditor", "editor\u200b", "Ädа", "a b", "a@b", "-a"],
)
def test_a_name_that_only_looks_like_one_is_refused(sign_up, editor, name):
    assert LETTERS in words(sign_up(username=name))
    assert User.objects.get() == editor


@pytest.mark.parametrize("name", ["admin", "Admin", "moderator", "guide", "mine"])
def test_a_name_that_would_mislead_is_refused(sign_up, name):
    assert "Username can not be used." in words(sign_up(username=name))
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"username": ""}, "This field is required."),
        ({"username": "x" * 41}, "at most 40 characters"),
        ({"username": "x\0y"}, "Null characters are not allowed."),
        ({"email": ""}, "This field is required."),
        ({"email": "ada"}, "Enter a valid email address."),
        ({"password1": ""}, "This field is required."),
        ({"password1": "short7x"}, "at least 8 characters"),
        ({"password1": "12345678"}, "entirely numeric"),
        ({"password1": "password1"}, "too common"),
        ({"password1": "adalovelace", "username": "adalovelac"}, "too similar to the username"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(sign_up, fields, sentence):
    answer = sign_up(**fields)
    assert sentence in words(answer)
    assert 'name="username"' in answer.text
    assert not User.objects.exists()


def test_an_address_serves_one_account(sign_up):
    factories.user(username="linus", email="ada@example.org")
    answer = sign_up(email="ADA@example.org")
    assert "already registered with this email address" in words(answer)
    assert User.objects.count() == 1


def test_a_hostile_name_comes_back_harmless(sign_up):
    assert "<script>x" not in sign_up(username='"><script>x').text


def test_a_closed_site_says_so(client, settings):
    settings.SIGNUP = "closed"
    page = client.get("/accounts/signup/")
    assert "sign up is currently closed" in words(page)
    assert 'name="username"' not in page.text


def test_a_closed_site_takes_nobody(sign_up, settings):
    settings.SIGNUP = "closed"
    assert "sign up is currently closed" in words(sign_up())
    assert not User.objects.exists()


def test_who_is_logged_in_needs_no_account(as_user, contributor):
    assert as_user(contributor).get("/accounts/signup/")["Location"] == "/"


def test_the_ways_in_lead_to_each_other(client):
    assert "/accounts/login/" in links(client.get("/accounts/signup/"))
    assert "/accounts/signup/" in links(client.get("/accounts/login/"))


def test_a_name_that_differs_by_case_from_an_operators_is_refused(sign_up):
    factories.user(username="Linus")  # as createsuperuser and the admin make it
    page = sign_up(username="linus")
    assert page.status_code == 200
    assert TAKEN in words(page)


def test_an_email_address_with_capitals_serves_one_account(sign_up):
    factories.user(username="linus", email="Ada@Example.org")
    assert sign_up(email="ada@example.org").status_code == 200
    assert User.objects.count() == 1


def test_signing_up_survives_a_removed_role(sign_up):
    Group.objects.all().delete()
    assert sign_up().status_code == 302
    assert User.objects.get().username == "ada"


def test_a_closed_site_does_not_invite(client, settings):
    settings.SIGNUP = "closed"
    assert "/accounts/signup/" not in links(client.get("/"))
    assert "/accounts/signup/" not in links(client.get("/accounts/login/"))
