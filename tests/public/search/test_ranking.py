"""How well a text answers: pure, without any database."""

import pytest

from guide_site.public.search.documents import Document
from guide_site.public.search.query import Names, parse
from guide_site.public.search.ranking import Rarity, rank


def document(body, number=1, *, head="", path="Notes", context=""):
    return Document(number, "entry", number, 1, "general", None, "notes", path, head, body, context)


def order(query, *bodies, names=None):
    """Numbers of the texts that answer, best first, where all words are equally rare."""
    terms = parse(f"{query} ", names=names).terms
    documents = [document(body, number) for number, body in enumerate(bodies)]
    rarities = [Rarity(3.0, False)] * len(terms)
    return [hit.document.id for hit in rank(documents, terms, rarities)]


def test_more_of_the_question_comes_first():
    assert order("queue timeout limit", "A queue.", "A queue timeout.", "Queue timeout limit.") == [
        2,
        1,
    ]


def test_short_texts_come_before_long_ones():
    assert order("queue", "A queue and " + "much more " * 40, "A queue.") == [1, 0]


def test_a_word_itself_comes_before_one_of_the_same_meaning():
    assert order("cheap", "Low price.", "Cheap.") == [1, 0]


def test_neighbours_come_before_words_far_apart():
    far = "The queue, as was said before, and as everybody knows well, has one timeout."
    near = "As was said before, and as everybody knows well, the queue timeout has one."
    assert order("queue timeout", far, near) == [1, 0]


def test_a_rare_word_tells_more_than_a_frequent_one():
    terms = parse("aws glacier ").terms
    documents = [document("About aws.", 1), document("About glacier.", 2)]
    ranked = rank(documents, terms, [Rarity(0.5, False), Rarity(5.0, False)])
    assert ranked[0].document.id == 2


def test_a_lead_weighs_more_than_the_text():
    terms = parse("backup ").terms
    documents = [document("A backup here.", 1), document("Backup: here.", 2, head="Backup")]
    assert rank(documents, terms, [Rarity(3.0, False)])[0].document.id == 2


def test_equal_answers_keep_the_order_of_the_guide():
    assert order("queue", "A queue.", "A queue.", "A queue.") == [0, 1, 2]


def test_a_text_without_the_quoted_words_is_no_answer():
    assert order("“visible queue”", "A queue that is visible.", "A visible queue.") == [1]


def test_two_words_may_be_written_as_one():
    assert order("file system", "A filesystem.", "A queue.") == [0]


@pytest.mark.parametrize("query", ["ELB", "Elastic Load Balancing"])
def test_names_of_one_thing_answer_for_each_other(query):
    names = Names([("ELB", "Elastic Load Balancing")])
    bodies = ["An ELB.", "Elastic Load Balancing.", "Balancing accounts."]
    assert set(order(query, *bodies, names=names)) >= {0, 1}


def test_link_targets_count_little():
    assert order("glacier", "[Here](https://a.example/glacier).", "Glacier.") == [1, 0]


def test_nothing_to_rank_is_no_error():
    assert rank([], parse("queue ").terms, [Rarity(1.0, False)]) == []
