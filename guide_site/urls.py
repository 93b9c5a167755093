"""Every address of the site."""

from collections.abc import Iterable

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import URLPattern, include, path

import entries.views
from guide_site.core.pages import View
from guide_site.public.downloads import views as downloads
from guide_site.public.history import feeds
from guide_site.public.history import views as history_views
from guide_site.public.pages import discovery, guide, people, tagged
from guide_site.public.search import views as search
from moderation.forms.entry_operations import ENTRY_OPERATIONS
from moderation.views import lists, pictures, proposal_page, reports
from moderation.views.members import inbox, mail, section_people, watching
from moderation.views.propose import amend, autosave, restore, section_text
from moderation.views.propose import catalogue as propose_catalogue
from moderation.views.propose import entries as propose_entries
from moderation.views.propose import guide as propose_guide
from moderation.views.propose import legend as propose_legend
from moderation.views.propose import sections as propose_sections
from moderation.views.propose.catalogue import OFFERING_EDITORS
from moderation.views.propose.legend import LEGEND_TAG_EDITORS
from moderation.views.propose.sections import SECTION_EDITORS
from moderation.views.review import ask, decide, fix_style, queue, resolve
from services.views import catalogue, tables

# As the documentation of allauth says, though mypy minds.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign] # see above


_CHANGE = "proposals/<int:pk>/changes/<int:change>/"


def _editors(row: str, name: str, view: View, editors: Iterable[str]) -> list[URLPattern]:
    """The addresses of the editors of a kind of row: “entries/<int:pk>/retire/” and so on.

    row      address of the row
    name     what the names of the addresses begin with
    editors  what they end with; the view gets it
    """
    return [
        path(f"{row}/{editor}/", view, {"editor": editor}, name=f"{name}-{editor}")
        for editor in editors
    ]


urlpatterns = [
    # Reading
    path("", guide.home, name="home"),
    path("guide/", guide.guide, name="guide"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="search-suggest"),
    path("sections/<str:slug>/", guide.section, name="section"),
    path("services/", catalogue.services, name="services"),
    path("services/<slug:slug>/", catalogue.service, name="service"),
    path("matrix/", tables.matrix, name="matrix"),
    path("releases/", tables.releases, name="releases"),
    path("completeness/", catalogue.completeness, name="completeness"),
    path("entries/<int:pk>/", entries.views.entry, name="entry"),
    path("pictures/<slug:digest>.<slug:kind>", entries.views.picture, name="picture"),
    path("legend/", entries.views.legend, name="legend"),
    path("legend/<slug:slug>/", tagged.legend_tag, name="legend-tag"),
    path("tagged/", tagged.tagged, name="tagged"),
    # The guide as files
    path("guide.md", downloads.guide_markdown, name="guide-markdown"),
    path("guide.epub", downloads.guide_epub, name="guide-epub"),
    path("guide.html", downloads.guide_html, name="guide-html"),
    path("sections/<str:slug>.md", downloads.section_markdown, name="section-markdown"),
    path("services/<slug:slug>.md", downloads.service_markdown, name="service-markdown"),
    path("entries/<int:pk>.md", downloads.entry_markdown, name="entry-markdown"),
    path("matrix.csv", tables.matrix_csv, name="matrix-csv"),
    path("matrix.json", tables.matrix_json, name="matrix-json"),
    path("releases.csv", tables.releases_csv, name="releases-csv"),
    path("releases.json", tables.releases_json, name="releases-json"),
    # History
    path("changes/", history_views.changes, name="changes"),
    path("changes/<int:pk>/", history_views.revision, name="revision"),
    path("entries/<int:pk>/history/", history_views.entry_history, name="entry-history"),
    path("entries/<int:pk>/compare/", history_views.entry_compare, name="entry-compare"),
    path("sections/<str:slug>/history/", history_views.section_history, name="section-history"),
    path("sections/<str:slug>/compare/", history_views.section_compare, name="section-compare"),
    path("people/<str:name>/", people.person, name="person"),
    # For programs
    path("feeds/guide/", feeds.guide_feed, name="guide-feed"),
    path("feeds/sections/<str:slug>/", feeds.section_feed, name="section-feed"),
    path("feeds/services/<slug:slug>/", feeds.service_feed, name="service-feed"),
    path("feeds/legend/<slug:slug>/", feeds.legend_tag_feed, name="legend-tag-feed"),
    path("sitemap.xml", discovery.sitemap, name="sitemap"),
    path("robots.txt", discovery.robots, name="robots"),
    path("opensearch.xml", discovery.opensearch, name="opensearch"),
    path("guide.css", discovery.colours, name="guide-colours"),
    path("llms.txt", discovery.llms, name="llms"),
    path("api/", include("guide_site.public.api.views")),
    # Proposing
    path("entries/<int:pk>/edit/", propose_entries.edit_entry, name="entry-edit"),
    *_editors("entries/<int:pk>", "entry", propose_entries.change_entry, ENTRY_OPERATIONS),
    path("sections/<str:slug>/add/", propose_entries.add_entry, name="entry-add"),
    path("sections/<str:slug>/edit/", section_text.edit_section, name="section-edit"),
    path("autosave/", autosave.autosave, name="autosave"),
    path("changes/<int:pk>/undo/", restore.undo, name="revision-undo"),
    path("entries/<int:pk>/restore/", restore.restore_entry, name="entry-restore"),
    path("entries/<int:pk>/move/", propose_sections.move_entry, name="entry-move"),
    path("add/section/", propose_sections.add_section, name="top-section-add"),
    path("add/service/", propose_catalogue.add_service, name="service-add"),
    path("add/matrix-row/", propose_catalogue.add_capability, name="capability-add"),
    path("add/legend-tag/", propose_legend.add_legend_tag, name="legend-tag-add"),
    path("sections/<str:slug>/add-section/", propose_sections.add_section, name="section-add"),
    *_editors("sections/<str:slug>", "section", propose_sections.change_section, SECTION_EDITORS),
    path("services/<slug:slug>/edit/", propose_catalogue.edit_service, name="service-edit"),
    path(
        "matrix/<int:capability>/<slug:provider>/add/",
        propose_catalogue.add_offering,
        name="offering-add",
    ),
    *_editors(
        "offerings/<int:pk>", "offering", propose_catalogue.change_offering, OFFERING_EDITORS
    ),
    *_editors(
        "legend/<slug:slug>", "legend-tag", propose_legend.change_legend_tag, LEGEND_TAG_EDITORS
    ),
    path("guide/settings/", propose_guide.edit_guide, name="guide-edit"),
    path("uploads/<int:pk>.<slug:kind>", pictures.pending_picture, name="pending-picture"),
    path("preview/", propose_entries.PreviewView.as_view(), name="preview"),
    path("proposals/", lists.proposals, name="proposals"),
    path("proposals/health/", lists.moderation_health, name="moderation-health"),
    path("proposals/mine/", lists.mine, name="my-proposals"),
    path("proposals/<int:pk>/", proposal_page.proposal, name="proposal"),
    path("proposals/<int:pk>/amend/", amend.amend, name="proposal-amend"),
    path(_CHANGE, amend.edit_change, name="proposal-change"),
    path(f"{_CHANGE}remove/", amend.remove_change, name="proposal-change-remove"),
    path("proposals/<int:pk>/send/", proposal_page.send, name="proposal-send"),
    path("proposals/<int:pk>/withdraw/", proposal_page.withdraw, name="proposal-withdraw"),
    path("proposals/<int:pk>/reopen/", proposal_page.reopen, name="proposal-reopen"),
    path("proposals/<int:pk>/comment/", proposal_page.comment, name="proposal-comment"),
    # Notifications
    path("inbox/", inbox.inbox, name="inbox"),
    path("watching/", watching.watching, name="watching"),
    path("mail/", mail.mail_settings, name="mail"),
    path("mail/off/<str:token>/", mail.mail_off, name="mail-off"),
    # Editors and experts of sections
    path("sections/<str:slug>/people/", section_people.section_people, name="section-people"),
    path("sections/<str:slug>/people/appoint/", section_people.appoint, name="section-appoint"),
    path("proposals/<int:pk>/ask/", ask.ask, name="proposal-ask"),
    # Reporting
    path("entries/<int:pk>/report/", reports.report_entry, name="entry-report"),
    path("entries/<int:pk>/reports/", reports.entry_reports, name="entry-reports"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/comment/", reports.comment, name="report-comment"),
    path("reports/<int:pk>/settle/", reports.settle, name="report-settle"),
    # Moderating
    path("review/", queue.review, name="review"),
    path("review/spam/<str:name>/", queue.spam, name="review-spam"),
    path("proposals/<int:pk>/decide/", decide.decide, name="proposal-decide"),
    path(f"{_CHANGE}edit/", decide.edit_change, name="change-edit"),
    path(f"{_CHANGE}resolve/", resolve.resolve, name="change-resolve"),
    path(f"{_CHANGE}fix/", fix_style.fix, name="change-fix"),
    path("proposals/<int:pk>/class/", decide.set_class, name="proposal-class"),
    # Accounts and operation
    path("accounts/", include("allauth.account.urls")),
    path("health/", guide.health, name="health"),
    path("admin/", admin.site.urls),
]
