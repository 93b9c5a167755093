"""How much mail a member gets; and the page behind the link in every letter."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from guide_site.models import MemberRequest, User
from moderation import actions
from moderation.forms.members import MailForm
from moderation.models import MailChoice, MailSettings
from moderation.notifications.mail import sending, unsubscribing


@require_http_methods(["GET", "HEAD", "POST"])
def mail_settings(request: MemberRequest) -> HttpResponse:
    """The member's choice."""
    form = MailForm(request.POST or None, initial={"choice": _choice_of(request.user)})
    if request.method == "POST" and form.is_valid():
        actions.choose_mail(form.cleaned_data["choice"], by=request.user)
        messages.success(request, "Saved.")
        return redirect("mail")
    context = {"form": form, "is_unconfirmed": sending.is_unconfirmed(request.user)}
    return render(request, "moderation/mail.html", context)


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the signed link is the proof
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_off(request: HttpRequest, token: str) -> HttpResponse:
    """Turn mail off, or down to one a day, without a log-in. Looking at it changes nothing."""
    user = unsubscribing.user_of(token)
    if user is None:
        raise Http404("This link is not whole: copy all of it from the letter.")
    if request.method == "POST":
        asks_for_some = request.POST.get("choice") == MailChoice.DAILY
        is_less = _choice_of(user) != MailChoice.NONE  # a link never brings more mail
        choice = MailChoice.DAILY if asks_for_some and is_less else MailChoice.NONE
        actions.choose_mail(choice, by=user)
    context = {
        "name": user.username,
        "choice": MailChoice(_choice_of(user)),
        "is_done": request.method == "POST",
    }
    return render(request, "moderation/mail_off.html", context)


def _choice_of(user: User) -> str:
    choices = MailSettings.objects.filter(user=user).values_list("choice", flat=True)
    return choices.first() or MailChoice.IMPORTANT
