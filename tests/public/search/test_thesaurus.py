"""Words that mean the same, and endings of words: the guide says which, and in which language."""

import pytest

from guide_site.public.search import finding, thesaurus, words
from guide_site.public.search.highlights import Marker
from guide_site.public.search.thesaurus import lexicon
from tests import factories
from tests.public.search.looking import found
from tests.threads import in_threads


@pytest.fixture
def section(db):
    return factories.section("Words")


def test_synonyms_of_the_guide_find_each_other_in_both_directions(section):
    factories.entry("The kettle boils.", section=section)
    factories.entry("A tea pot is warm.", section=section)
    assert found("boilers") == []
    factories.facts(synonyms="kettle, boiler\nteapot, tea pot, pot for tea")
    assert found("boilers") == ["The kettle boils."]
    assert found("teapot") == ["A tea pot is warm."]
    factories.entry("My teapot.", section=section)
    assert found("tea pot") == ["A tea pot is warm.", "My teapot."]
    factories.facts(synonyms="")
    assert found("boilers") == []


def test_what_was_typed_stands_before_what_means_the_same(section):
    factories.facts(synonyms="kettle, boiler")
    factories.entry("A kettle.", section=section)
    factories.entry("A boiler.", section=section)
    assert found("kettle") == ["A kettle.", "A boiler."]
    assert found("boiler") == ["A boiler.", "A kettle."]


def test_what_is_true_of_everything_in_the_guide_says_nothing_beside_other_words(section):
    factories.facts(vendor_words="Acme, Big Tea")
    for text in ("Acme tea. Acme!", "Kettles.", "Big pots."):
        factories.entry(text, section=section)
    assert found("acme kettle") == ["Kettles."]
    assert found("acme") == ["Acme tea. Acme!"]


def test_synonyms_may_be_of_any_script(section):
    factories.facts(synonyms="命令行, 终端", language="zh")
    factories.entry("打开终端窗口。", section=section)
    assert found("终端") == ["打开终端窗口。"]


def test_no_word_of_a_subject_is_known_by_itself():
    known = {word for phrase in thesaurus.ENGLISH.similar for word in phrase}
    assert known.isdisjoint(map(words.stem, ["database", "kubernetes", "az", "elb", "bucket"]))


def test_what_a_guide_may_name_is_bounded():
    many = "\n".join(f"word{number}, other{number}" for number in range(10_000))
    assert len(lexicon("", many).similar) <= 2 * thesaurus.MOST_GROUPS + 200
    wide = lexicon("de", ", ".join(f"wort{number}" for number in range(1000)))
    assert len(wide.similar) == thesaurus.MOST_WORDS
    assert lexicon("de", "one two three four five, six\n,,,\n").similar == {("six",): ()}


def test_a_lexicon_is_made_once_for_all_threads():
    made = in_threads(lambda: lexicon("de", "kanne, krug"))
    assert all(one.similar == made[0].similar for one in made)
    assert lexicon("de", "kanne, krug") is lexicon("de", "kanne, krug")


@pytest.mark.parametrize(
    ("language", "text", "typed"),
    [
        ("de", "Die Bücher liegen im Schrank.", "buches"),
        ("de-AT", "Die Zeitungen von gestern.", "Zeitung"),
        ("fr", "Les serveurs sont redémarrés.", "serveur redémarrer"),
        ("es", "Las copias de seguridad diarias.", "copia diaria"),
        ("it", "Le impostazioni salvate.", "impostazione"),
        ("pt-BR", "Os servidores apagados.", "servidor"),
        ("nl", "De bestanden zijn verwijderd.", "bestand"),
        ("ru", "Удалите старые хранилища данных.", "хранилище"),
        ("ru", "Удалите buckets без данных.", "bucket"),
        ("zh", "删除所有 buckets。", "bucket"),
        ("sv", "Filerna är borttagna.", "filer"),
    ],
)
def test_forms_of_a_word_are_those_of_the_language(section, language, text, typed):
    factories.facts(language=language)
    factories.entry(text, section=section)
    results = finding.find(typed)
    assert [hit.document.body for hit in results.hits] == [text]
    marker = Marker(results.query.terms, results.vocabulary.lexicon.language)
    assert str(marker.html(text)).count("<mark>") == len(typed.split())


def test_english_rules_spoil_no_word_of_another_language(section):
    factories.facts(language="pl")
    factories.entry("Universal.", section=section)
    factories.entry("Univers.", section=section)
    assert found("univers ") == ["Univers."]
    factories.facts(language="de")
    factories.entry("Der Will war da.", section=section)  # “will” says nothing in English only
    assert found("will da") == ["Der Will war da."]


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb"])
def test_the_index_finds_what_has_the_same_stem(language):
    endings = [
        "",
        "s",
        "e",
        "en",
        "es",
        "er",
        "ing",
        "ed",
        "ation",
        "ations",
        "ence",
        "ent",
        "able",
    ]
    endings += [
        "mente",
        "ement",
        "logie",
        "amento",
        "ität",
        "lich",
        "ung",
        "ungen",
        "ación",
        "ções",
    ]
    with words.endings_of(language):
        forms = [words.fold(f"bret{ending}") for ending in endings]
        for form in forms:
            exact, begun = words.forms(form)
            alike = [other for other in forms if words.stem(other) == words.stem(form)]
            assert all(o in exact or o.startswith(tuple(begun) or "\0") for o in alike), form
