"""What browser tests look at on every page: errors, violations, overflow, what a payload did."""

from axe_playwright_python.sync_playwright import Axe

_AXE = Axe()
# Without preloading, axe fetches nothing of its own.
_OPTIONS = {"resultTypes": ["violations"], "preload": False}
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Watch:
    """Collects what a page complains of: script errors, console errors (which name every
    violation of the content policy), failed requests, dialogs."""

    def __init__(self, page):
        self.page = page
        self.complaints = []
        page.on("pageerror", lambda error: self._add(f"script: {error}"))
        page.on("console", self._console)
        page.on("requestfailed", self._failed)
        page.on("dialog", self._dialog)

    def _add(self, complaint):
        self.complaints.append(f"{self.page.url}: {complaint}")

    def _console(self, message):
        if message.type in ("error", "warning"):
            self._add(f"{message.type}: {message.text}")

    def _failed(self, request):
        if request.failure != "net::ERR_ABORTED":  # that is: the page was left
            self._add(f"{request.failure}: {request.url}")

    def _dialog(self, dialog):
        self._add(f"dialog: {dialog.message}")
        dialog.dismiss()


def violations(page):
    """What axe-core finds on a page: sentences, each with the first elements it is about."""
    found = _AXE.run(page, options=_OPTIONS).response["violations"]
    return [f"{rule['id']}: {[node['html'][:160] for node in rule['nodes'][:3]]}" for rule in found]


def overflow(page):
    """By how many pixels a page is wider than its window."""
    return page.evaluate(_OVERFLOW)
