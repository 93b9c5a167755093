"""Addresses of the forms that propose changes of one kind each, by name."""

PROPOSING = {
    "entry-restore": "/entries/{entry}/restore/",
    "revision-undo": "/changes/{revision}/undo/",
    "entry-move": "/entries/{entry}/move/",
    "top-section-add": "/add/section/",
    "section-add": "/sections/basics/add-section/",
    "section-change": "/sections/basics/change/",
    "section-move": "/sections/basics/move/",
    "section-retire": "/sections/basics/retire/",
    "section-restore": "/sections/basics/restore/",
    "service-add": "/add/service/",
    "service-edit": "/services/s3/edit/",
    "capability-add": "/add/matrix-row/",
    "offering-add": "/matrix/1/aws/add/",
    "offering-edit": "/offerings/1/edit/",
    "offering-remove": "/offerings/1/remove/",
    "legend-tag-add": "/add/legend-tag/",
    "legend-tag-edit": "/legend/gotcha/edit/",
    "legend-tag-retire": "/legend/gotcha/retire/",
    "legend-tag-move": "/legend/gotcha/move/",
    "legend-tag-restore": "/legend/gotcha/restore/",
}
