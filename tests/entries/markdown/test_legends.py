"""The legend of a guide in any form: where it stands, what it is called, how a line looks."""

import pytest

from entries.markdown import legends
from tests.entries.guides import entries, parse


def legend(text):
    return [line[:2] for line in parse(text, signs=()).legend]


@pytest.mark.parametrize(
    "title",
    [
        *("Legend", "Key", "Icons", "Symbols", "Emoji", "Legend and icons", "🔑 Key", "LEGEND:"),
        *("Icon key", "What the icons mean", "Icons & symbols", "Legende", "Zeichenerklärung"),
        *("Légende", "Légende :", "Leyenda", "Leggenda", "Legenda", "Обозначения", "図例", "凡例"),
        *(
            "图例",
            "圖例",
            "범례",
            "مفتاح الرموز",
            "Условные обозначения",
            "מקרא",
            "Símbolos e ícones",
        ),
        *("凡例と記号", "Legende und Symbole"),
    ],
)
def test_a_legend_has_names_in_many_languages(title):
    assert legend(f"# {title}\n- 🔥 hot\n") == [("🔥", "hot")]
    assert legend(f"- **{title}**\n  - 🔥 hot\n") == [("🔥", "hot")]
    assert legend(f"**{title}**\n\n- 🔥 hot\n") == [("🔥", "hot")]


@pytest.mark.parametrize(
    "title", ["Signs of life", "Key points", "Legendary", "And", "Keys", "", "🔥"]
)
def test_other_titles_are_no_legend(title):
    assert legend(f"# {title}\n- 🔥 hot\n") == []


@pytest.mark.parametrize(
    "line",
    [
        *(
            "🔥 hot",
            "🔥 = hot",
            "🔥: hot",
            "🔥 : hot",
            "🔥 – hot",
            "🔥 - hot",
            "🔥=hot",
            "🔥hot",
            "🔥 → hot",
        ),
        *("hot: 🔥", "hot = 🔥", "hot – 🔥", "hot - 🔥", "hot (🔥)", "**hot**: 🔥", "*hot:* 🔥"),
        *("**🔥** hot", "🔥 **hot**", "**🔥 hot**", "`🔥` hot", "**🔥**: hot", "🔥\ufe0f hot"),
    ],
)
@pytest.mark.parametrize("form", ["- {}", "* {}", "1. {}", "{}"])
def test_a_line_has_its_sign_first_or_last(line, form):
    assert legend(f"# Legend\n\n{form.format(line)}\n") == [("🔥", "hot")]


@pytest.mark.parametrize(
    "text",
    [
        "Legend:\n🔥 = hot\n⭐ = good",
        "**Legend:** 🔥 hot, ⭐ good",
        "Legend: 🔥 = hot · ⭐ = good",
        "Legend: hot: 🔥; good: ⭐",
        "# Key\n\n🔥: hot  \n⭐: good",
        "# Key\n\n🔥 hot | ⭐ good",
        "# Icons\n\n| Icon | Meaning |\n|---|---|\n| 🔥 | hot |\n| ⭐ | good |",
        "# Icons\n\n🔥 | hot\n--|--\n⭐ | good",
        "# Icons\n\n| Meaning | Icon |\n|---|---|\n| hot | 🔥 |\n| good | **⭐** |",
        "# Any\n\n| Symbol | Meaning |\n|:-:|---|\n| 🔥 | hot |\n| ⭐ | good |",
        "- Legend\n  - 🔥 hot\n  - ⭐ good",
        "- Legend: 🔥 hot, ⭐ good",
    ],
)
def test_a_legend_may_be_bullets_a_paragraph_or_a_table(text):
    assert legend(f"{text}\n\n# Text\n\n- a\n") == [("🔥", "hot"), ("⭐", "good")]
    assert [entry.signs for entry in entries(text + "\n\n# Text\n\n- ⭐ b\n")][-1] == ["⭐"]
    explaining = [e for e in entries(text + "\n\n# T\n\n- a\n") if "🔥" in e.body or "⭐" in e.body]
    assert [entry.signs for entry in explaining] == [[] for _ in explaining]


@pytest.mark.parametrize(("bullet", "is_one"), [("key", False), ("Key", True), ("key:", True)])
def test_a_bullet_of_an_everyday_word_is_no_legend(bullet, is_one):
    assert bool(legend(f"- {bullet}\n  - 🔥 hot\n")) == is_one


def test_a_table_may_have_a_column_for_the_label():
    text = "# Legend\n\n| | Name | Meaning |\n|---|---|---|\n| 🔥 | Hot | Very *hot* |\n"
    assert legend(text) == [("🔥", "Hot: Very hot")]


@pytest.mark.parametrize(
    "text",
    [
        "# Legend\n\nMind the 🔥 here.\n",
        "# Legend\n\n- 🔥⭐ both\n- 🔥\n- hot 🔥\n- 1 one\n- 🇩 half a flag\n",
        "# Any\n\n| Service | Cost |\n|---|---|\n| 🔥 | high |\n",
        "# Legend\n\n```\n🔥 hot\n```\n",
        "# Legend\n\n## Words\n\n- 🔥 hot\n",
    ],
)
def test_other_texts_say_nothing_of_signs(text):
    assert legend(text) == []


@pytest.mark.parametrize("sign", ["ℹ️", "‼️", "⁉️", "1️⃣", "#️⃣", "👩‍💻", "🇩🇪", "👍🏽", "❤️", "❤️‍🔥"])
def test_a_legend_may_have_any_emoji(sign):
    text = f"# Legend\n\n- {sign} It\n\n# {sign} Title\n\n- {sign} text\n- text {sign}\n"
    guide = parse(text, signs=())
    key = legends.emoji.bare(sign)
    assert [line.sign for line in guide.legend] == [key]
    assert (guide.sections[1].title, guide.sections[1].signs) == ("Title", [key])
    assert [(e.body, e.signs) for e in guide.sections[1].entries] == [
        ("text", [key]),
        (f"text {sign}", [key]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        *("a `⚠️` b", "<code>⚠️</code>", "``a ` ⚠️``", "x\n\n      ⚠️", "x\n\n  ```\n  ⚠️\n  ```"),
        "x\n\n  <pre>\n  ⚠️\n  </pre>",
    ],
)
def test_a_sign_in_code_is_text(text):
    (entry,) = entries(f"- {text}\n", signs=["⚠"])
    assert entry.signs == []


def test_a_sign_in_the_code_of_a_heading_is_text():
    (section,) = parse("# The `⚠️` sign ❗\n", signs=["⚠", "❗"]).sections
    assert (section.title, section.signs) == ("The ⚠️ sign", ["❗"])


@pytest.mark.parametrize("sign", ["❤️", "‼️", "1️⃣", "🏳️‍🌈"])
def test_a_sign_is_kept_as_the_legend_writes_it(sign):
    (line,) = parse(f"# Legend\n\n- {sign} Favourite\n", signs=()).legend
    assert (line.sign, line.written) == (sign.replace("\ufe0f", ""), sign)
