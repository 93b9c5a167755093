"""The site with addresses at which cells and sections are proposed, whichever it has already."""

from django.urls import path

from guide_site.public.reading import home
from guide_site.urls import urlpatterns as own

urlpatterns = [
    path("offerings/<int:pk>/edit/", home, name="offering-edit"),
    path("matrix/<int:capability>/<slug:provider>/add/", home, name="offering-add"),
    path("sections/<str:slug>/add-section/", home, name="section-add"),
    *own,
]
