"""Signs that no legend of a guide explains: the report names them, and a command takes them."""

import shlex
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from entries.imports import legend_files
from entries.imports.legend_files import NotALegend
from entries.markdown.writer import export
from entries.models import Entry, LegendTag
from guide_site.core import history
from tests.entries.acting import in_database, in_export

pytestmark = pytest.mark.django_db

LINES = [f"- {sign} text {n}" for n in range(3) for sign in ("🔥", "⭐️ 👩‍💻", "#️⃣")]
GUIDE = "# Guide\n\n" + "\n".join([*LINES, "- 🦄 rare", "- ✅ `🔥`"]) + "\n"
TAKE = "to take them as legend tags: python manage.py "


@pytest.fixture
def file(tmp_path):
    """Write a text to a file and return its path."""

    def write(text, name="guide.md"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path / name)

    return write


def run(name, *arguments):
    """What a command prints."""
    out = StringIO()
    call_command(name, *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def tags():
    return [(tag.sign, tag.label, tag.meaning) for tag in LegendTag.objects.live()]


def test_the_report_names_signs_that_occur_often_with_the_command_that_takes_them(file):
    report = run("import_guide", file(GUIDE))
    assert "signs in front of bullets that no legend explains: 🔥 3, ⭐ 3, 👩‍💻 3, #⃣ 3\n" in report
    command = shlex.split(report.split(TAKE)[1].split("\n")[0])
    assert "🔥 Fire: 3 entries carry it." in run(*command)
    assert [label for _, label, _ in tags()] == [
        *("Fire", "White medium star", "Woman, personal computer", "Keycap #"),
    ]
    assert Entry.objects.filter(tags__label="Fire").count() == 3
    assert export() == GUIDE
    assert in_export() == in_database()
    assert "no legend explains" not in run("import_guide", "--dry-run", file(GUIDE + "\n- new\n"))


def test_known_signs_and_rare_ones_are_not_named(file):
    text = "# Legend\n\n- 🔥 Hot\n\n# Text\n\n- 🔥 a\n- 🔥 b\n- 🔥 c\n- 🦄 d\n- `⭐` e\n"
    assert "no legend explains" not in run("import_guide", file(text))


@pytest.mark.parametrize(
    "text",
    [
        "🔥 Hot — for many\n⭐ Good — the best\n",
        "# Legend\n\n- 🔥 Hot: for many\n- ⭐ Good: the best\n",
        "| Icon | Name | Say |\n|-|-|-|\n| 🔥 | Hot | for many |\n| ⭐ | Good | the best |\n",
        "# Icons\n\n| | Name | Say |\n|-|-|-|\n| 🔥 | Hot | for many |\n| ⭐ | Good | the best |",
        '[{"sign": "🔥", "label": "Hot", "meaning": "for many"},\n'
        '{"sign": "⭐", "label": "Good", "meaning": "the best", "slug": "best"}]',
    ],
)
def test_a_legend_comes_in_with_a_guide_that_brings_none(file, text):
    out = run("import_guide", file(GUIDE), "--legend", file(text, "legend"))
    assert "🔥 Hot: 0 entries carry it.\n" in out
    assert tags() == [("🔥", "Hot", "for many"), ("⭐", "Good", "the best")]
    assert Entry.objects.filter(tags__label="Good").count() == 3
    assert export() == GUIDE


def test_a_legend_for_a_guide_that_is_here_already_marks_its_bullets(file):
    run("import_guide", file(GUIDE))
    out = run("import_guide", file(GUIDE), "--legend", file("🔥 Hot", "legend.txt"))
    assert "🔥 Hot: 3 entries carry it." in out
    assert (export(), in_export()) == (GUIDE, in_database())


def test_the_legend_of_the_guide_says_what_its_signs_mean(file):
    guide = "# Legend\n\n- 🔥 **Heat:** Own words.\n\n# Text\n\n- 🔥 a\n"
    run("import_guide", file(guide), "--legend", file("🔥 Hot — given\n⭐ Good", "l"))
    assert tags() == [("🔥", "Heat", "Own words."), ("⭐", "Good", "")]


@pytest.mark.parametrize("options", [["--dry-run"], ["--base", "nothing"]])
def test_a_dry_run_or_a_refusal_leaves_the_legend_as_it_is(file, options):
    before = history.generation()
    arguments = (file(GUIDE), "--legend", file("🔥 Hot", "l"), *options)
    if options == ["--dry-run"]:
        assert "🔥 3" in run("import_guide", *arguments)
    else:
        with pytest.raises(CommandError, match="Nothing was changed"):
            run("import_guide", *arguments)
    assert (tags(), history.generation()) == ([], before)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Words only.", "It names no sign."),
        ("🔥 Hot\n⭐\n", "Line 2: what does ⭐ mean?"),
        ('[{"sign": "x", "label": "X"}]', "Object 1: “x” is no sign."),
        ('[{"sign": 1}]', "Object 1: its values are texts."),
        ('{"sign": "🔥"}', "As JSON it is a list"),
        ("[", "It is no JSON"),
        ("[" * 100_000, "It is no JSON"),
        ("", "The file is empty."),
    ],
)
def test_a_file_that_is_no_legend_is_refused_with_a_sentence(text, sentence):
    with pytest.raises(NotALegend, match="^" + sentence.replace("?", r"\?")):
        legend_files.read(text.encode())


@pytest.mark.parametrize(
    "arguments", [["x"], ["🔥🔥"], ["--legend", "/nowhere"], [], ["🔥", "--by", "x"]]
)
def test_the_command_refuses_what_makes_no_sense(arguments):
    with pytest.raises(CommandError):
        run("legend_from_signs", *arguments)
    assert tags() == []


def test_a_label_may_be_given_and_a_retired_tag_comes_back(file):
    run("import_guide", file("# Guide\n\n- a\n"))
    assert run("legend_from_signs", "🔥=Hot stuff") == "🔥 Hot stuff: 0 entries carry it.\n"
    assert run("legend_from_signs", "🔥") == "Nothing to do: the legend has these signs.\n"
    assert run("legend_from_signs", "🦄", "--dry-run") == "🦄 Unicorn face: 0 entries carry it.\n"
    assert [label for _, label, _ in tags()] == ["Hot stuff"]


def test_a_legend_is_not_proposed_with_a_file(file):
    with pytest.raises(CommandError, match="leave out --legend"):
        run("import_guide", file(GUIDE), "--legend", file("🔥 Hot", "l"), "--as-proposal")
