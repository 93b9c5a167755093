"""What an import says of HTML in a guide."""

import pytest

from entries.models import Entry, EntryKind
from tests.entries.guides import imported

pytestmark = pytest.mark.django_db


def test_the_report_counts_the_html_that_pages_leave_out():
    report = imported("# G\n\n- a <font>b</font>\n- <!-- c --> d\n- <font>e <a name=f></a>\n")
    lines = [line for line in report.lines() if line.startswith("HTML")]
    assert lines == [
        "HTML that pages leave out: <font>, 2 in lines 3, 5",
        "HTML that pages leave out: comment, 1 in line 4",
    ]


def test_its_links_are_counted():
    report = imported("# G\n\n- <a href='/a'>b</a> https://c.example www.d.example e@f.example\n")
    assert report.links == 4


def test_a_picture_alone_is_shown_as_a_link_to_it():
    imported('# G\n\n- a\n\n<img src="https://b.example/c.png">\n')
    picture = Entry.objects.exclude(kind=EntryKind.KEPT).get(body__contains="<img")
    assert 'href="https://b.example/c.png"' in picture.body_html


@pytest.mark.parametrize(
    ("heading", "is_told"),
    [
        ("## [S3](https://s3.example)", True),
        ('## <a href="https://s3.example">S3</a>', True),
        ("S3 ![logo](/s3.png)\n---", True),
        ("## https://s3.example", True),
        ('## <a name="s3"></a>S3, see [EC2](#ec2)', False),
    ],
)
def test_an_address_in_a_heading_is_told_because_no_page_shows_it(heading, is_told):
    report = imported(f"# G\n\n{heading}\n\n- a\n")
    told = "line 3: a link or picture in a heading: pages show its words"
    assert (told in list(report.lines())) == is_told
