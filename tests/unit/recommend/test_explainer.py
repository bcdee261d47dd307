"""Reasons follow from evidence, by what they contributed; sentences follow from reasons."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Floats
from api.domain.countries import COUNTRIES
from api.domain.genres import genre_id
from api.domain.languages import language_code
from api.language.intent import ChipField, Interpreted, Part, Status, Value
from api.recommend.constraints.constraints import Constraints
from api.recommend.constraints.offers import Offers
from api.recommend.constraints.people import People
from api.recommend.evidence.filters_asked import asked_of
from api.recommend.evidence.kind import GivesReason
from api.recommend.evidence.kinds import WHOLE, share_of
from api.recommend.evidence.likeness import much_alike
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.evidence.spoken_words import MOST_WORDS, as_bits_of, spoken_words, words_told
from api.recommend.explain.explainer import (
    contributions,
    gather_evidence,
    reasons_of,
    shares_of,
    titles_named,
)
from api.recommend.explain.phrasing import rephrases
from api.recommend.explain.reason import Reason
from api.recommend.explain.sentences import PageWording, named_facts, sentence_of
from api.recommend.likeness.likeness import likeness_of
from api.recommend.pool import Pool
from api.recommend.ranking import Ranking
from api.viewers.taste.taste import Proposed, Taste
from config.explanations import ExplanationTemplates, ExplanationTemplatesFile
from config.settings import Settings
from tests.builders import ints
from tests.facts_builder import Title, facts_of, query_over, ranking_of
from tests.unit.catalogue.test_item_similarity import similarity

_TEMPLATES = ExplanationTemplatesFile(
    Settings.load({}).explanation_templates_path, EVIDENCE.reason_forms
).current()
_CRIME = genre_id("Crime") or 0
# Nothing about it is worth telling.
_PLAIN = Title(1, vote_count=10)


def record_with(shares: dict[str, float] | None = None, **evidence: Any) -> Any:
    """One record with this evidence; without `shares` every signal contributed as much."""
    record = np.zeros(1, dtype=EVIDENCE.dtype)
    for name in EVIDENCE.explained_signals:
        record[share_of(name)] = WHOLE if shares is None else round(WHOLE * shares.get(name, 0))
    for name, value in evidence.items():
        record[name] = value
    return record


def reasons(
    title: Title = _PLAIN,
    *,
    titles: dict[int, str] | None = None,
    people: dict[int, tuple[str, int]] | None = None,
    row: int = 0,
    shares: dict[str, float] | None = None,
    text: str | None = None,
    **evidence: Any,
) -> list[Reason]:
    record = record_with(shares, **evidence)
    (found,) = reasons_of(
        record,
        rows=[row],
        people=people or {},
        titles=titles or {},
        facts=facts_of([title]),
        text=text,
    )
    return found


def said_of(found: list[Reason], phrase: str | None = None) -> str:
    """The sentences of a page's first title."""
    return PageWording(_TEMPLATES).explain(found, phrase)


def codes(found: list[Reason]) -> list[str]:
    return [reason.code for reason in found]


def test_what_was_only_watched_is_not_called_liked() -> None:
    for liked, code in ((True, "similar_to_liked"), (False, "similar_to_watched")):
        (reason,) = reasons(titles={7: "Heat"}, near_id=7, near_cosine=0.61234, near_liked=liked)
        assert reason.code == code
        assert reason.evidence == {"item_id": 7, "title": "Heat", "cosine": 0.612}


def test_a_title_that_left_the_catalogue_is_named_no_more() -> None:
    assert codes(reasons(near_id=7, because_id=8, listed_id=9)) == ["fills_the_list"]


def test_one_title_is_not_named_twice() -> None:
    shares = {"ann": 0.6, "collab": 0.3, "related": 0.1}
    once = reasons(titles={7: "Heat"}, shares=shares, near_id=7, because_id=7)
    assert codes(once) == ["similar_to_watched"]
    both = reasons(titles={7: "Heat", 8: "Thief"}, shares=shares, near_id=7, because_id=8)
    assert codes(both) == ["similar_to_watched", "co_liked"]
    assert len(reasons(titles={7: "Heat"}, listed_id=7, near_id=7)) == 1
    of_words = reasons(
        titles={7: "Heat"},
        shares={"ann": 0.5, "story": 0.3, "collab": 0.1, "related": 0.1},
        seed_id=7,
        near_id=7,
        because_id=7,
        listed_id=7,
    )
    assert codes(of_words) == ["similar_to_named"]
    assert len(reasons(titles={7: "Heat"}, listed_id=7, because_id=7)) == 1


def test_what_tmdb_lists_it_beside_is_named_in_the_sentence() -> None:
    (reason,) = reasons(titles={7: "Heat"}, listed_id=7)
    assert (reason.code, reason.evidence) == ("listed_beside", {"item_id": 7, "title": "Heat"})
    assert "Heat" in said_of([reason])


@pytest.mark.parametrize(
    ("count", "made", "code"),
    [
        (1, False, "same_maker"),
        (1, True, "same_maker"),
        (2, False, "person_in_common"),
        (2, True, "made_by_person"),
    ],
)
def test_a_person_in_common_is_told_with_the_number_of_titles(
    count: int, made: bool, code: str
) -> None:
    (reason,) = reasons(people={5: ("Al Pacino", count)}, person_id=5, person_made=made)
    assert reason.code == code
    assert reason.evidence == {"person_id": 5, "person": "Al Pacino", "count": count}


@pytest.mark.parametrize(
    ("likeness", "much", "own", "named"),
    [
        (0.34, True, "alike", "like_named"),
        (0.9, False, "something_of_chosen", "something_of_named"),
        (0.33, True, "something_of_chosen", "something_of_named"),
    ],
)
def test_much_like_is_said_of_what_is(likeness: float, much: bool, own: str, named: str) -> None:
    titles = {7: "Heat"}
    chosen = reasons(titles=titles, alike_id=7, alike=likeness, alike_much=much)
    asked = reasons(titles=titles, like_id=7, likeness=likeness, like_much=much)
    assert (codes(chosen), codes(asked)) == ([own], [named])


def test_titles_of_one_genre_alone_are_not_much_alike() -> None:
    """Documentaries that share their genre and one keyword, and a part with its sequel."""
    documentary, by_a_woman, crime = [0], [9], [1]
    heist: dict[str, list[int]] = {
        "genres": crime,
        "keywords": [0, 1, 2],
        "people": [0, 1],
        "words": [0, 1],
    }
    of = similarity(
        {
            1: {"genres": documentary, "keywords": by_a_woman, "words": [5, 6]},
            2: {"genres": documentary, "keywords": by_a_woman, "words": [7, 8]},
            3: heist,
            4: heist,
            5: {"words": [5, 6, 7, 8]},
        }
    )
    found = much_alike(of, ints([1, 3, 3]), ints([2, 4, 99]))
    assert found.tolist() == [False, True, False]
    assert of.between_pairs(ints([1, 3, 3]), ints([2, 4, 99]))[1].tolist() == [1, 7, 0]


def test_of_two_named_titles_both_are_told_where_it_is_like_both() -> None:
    facts = facts_of([Title(n) for n in (1, 2, 3, 4)])
    to_each = np.array([[0, 0, 0.4, 0.2], [0, 0, 0.3, 0.1]], dtype=np.float32)
    query = replace(query_over(facts), likeness=likeness_of((1, 2), to_each))
    evidence = gather_evidence(query, ranking_of(facts, [3, 4]))
    assert evidence["like_id"].tolist() == [1, 1]
    assert evidence["like_other_id"].tolist() == [2, 0]
    titles = {1: "Heat", 2: "Ronin"}
    (both,) = reasons(titles=titles, like_id=1, like_other_id=2, likeness=0.4)
    assert both == Reason(
        "like_both", {"item_id": 1, "title": "Heat", "other_id": 2, "other": "Ronin"}
    )
    assert said_of([both]) == "It has something of Heat and of Ronin."
    # One that may not be named leaves the other.
    (one,) = reasons(titles={1: "Heat"}, like_id=1, like_other_id=2, likeness=0.4)
    assert one.code == "something_of_named"


def test_what_viewers_like_beside_a_title_is_not_called_like_it() -> None:
    facts = facts_of([Title(n) for n in (1, 2, 3)])
    beside = np.array([[0, 0.7, 0]], dtype=np.float32)
    alike = np.array([[0, 0.5, 0.2]], dtype=np.float32)
    likeness = replace(likeness_of((1,), 0.95 * beside, alike), beside=beside)
    query = replace(query_over(facts), likeness=likeness)
    evidence = gather_evidence(query, ranking_of(facts, [1, 2, 3]))
    assert evidence["liked_beside_id"].tolist() == [0, 1, 0]
    assert evidence["like_id"].tolist() == [0, 1, 1]
    assert evidence["likeness"] == pytest.approx([0, 0.5, 0.2])
    found = reasons(titles={1: "Heat"}, liked_beside_id=1, like_id=1, likeness=0.5)
    assert codes(found) == ["liked_beside_named"]


@pytest.mark.parametrize(
    ("count", "members", "code"),
    [
        (3, 3, "for_all_members"),
        (2, 3, "for_members"),
        (1, 3, "for_one_member"),
        (1, 1, "for_all_members"),
    ],
)
def test_a_title_of_a_group_says_for_how_many_it_is_there(
    count: int, members: int, code: str
) -> None:
    (reason,) = reasons(for_members=count, of_members=members)
    assert reason == Reason(code, {"count": count, "members": members})


def test_a_show_is_not_called_little_known() -> None:
    """A third of the shows, famous ones among them, have no vote at TMDB."""
    for is_show, told in ((False, True), (True, False)):
        found = reasons(Title(1, vote_count=0, is_show=is_show), shares={}, explored=True)
        assert ("off_the_beaten_path" in codes(found)) == told


@pytest.mark.parametrize(("rank", "is_told"), [(1, True), (100, True), (101, False), (0, False)])
def test_ranks_are_told_up_to_a_hundred(rank: int, is_told: bool) -> None:
    found = reasons(Title(1, vote_count=10, trending_rank=rank))
    assert ("trending" in codes(found)) == is_told


def test_the_rank_of_a_show_is_one_among_shows() -> None:
    (reason,) = reasons(Title(1, vote_count=10, trending_rank=3, is_show=True))
    assert reason.evidence == {"rank": 3, "kind": "shows"}


@pytest.mark.parametrize(
    ("average", "votes", "is_told"), [(7.5, 500, True), (7.4, 9000, False), (9.9, 499, False)]
)
def test_acclaim_takes_many_good_votes(average: float, votes: int, is_told: bool) -> None:
    found = reasons(Title(1, vote_average=average, vote_count=votes), shares={"vote": 1})
    assert ("acclaimed" in codes(found)) == is_told


def test_where_no_other_reason_holds_it_fills_the_list() -> None:
    assert reasons() == [Reason("fills_the_list", {})]
    assert codes(reasons(genre_id=_CRIME)) == ["genre_affinity"]


def test_a_title_that_left_the_catalogue_itself_may_have_no_reason() -> None:
    assert reasons(row=-1) == []
    assert said_of([]) == ""


_MANY: dict[str, Any] = {
    "titles": {7: "Heat", 8: "Thief"},
    "people": {5: ("Al Pacino", 2)},
    "near_id": 7,
    "because_id": 8,
    "person_id": 5,
    "genre_id": _CRIME,
}


def test_reasons_stand_in_the_order_of_what_they_contributed() -> None:
    shares = {"people": 0.4, "ann": 0.3, "genre_affinity": 0.2, "collab": 0.1}
    expected = ["person_in_common", "similar_to_watched", "genre_affinity", "co_liked"]
    assert codes(reasons(shares=shares, **_MANY)) == expected
    # Two signals say that it is liked together with another title.
    expected = ["co_liked", "person_in_common", "similar_to_watched", "genre_affinity"]
    assert codes(reasons(shares=shares | {"fan_liked": 0.35}, **_MANY)) == expected


def test_what_contributed_next_to_nothing_is_not_named() -> None:
    shares = {"people": 0.92, "collab": 0.051, "ann": 0.005, "genre_affinity": 0.024}
    assert codes(reasons(shares=shares, **_MANY)) == ["person_in_common", "co_liked"]
    assert codes(reasons(shares={}, **_MANY)) == ["fills_the_list"]


def test_at_most_four_reasons() -> None:
    found = reasons(Title(1, trending_rank=2, vote_average=9), **_MANY)
    assert len(found) == 4


def test_an_empty_page_has_no_reasons() -> None:
    evidence = np.empty(0, dtype=EVIDENCE.dtype)
    assert reasons_of(evidence, rows=[], people={}, titles={}, facts=facts_of([])) == []


def test_what_was_asked_stands_before_and_a_draw_behind_what_contributed() -> None:
    title = Title(1, genres=("Crime",), vote_count=90)
    (found,) = reasons_of(
        record_with({"genre_affinity": 1}, genre_id=_CRIME, explored=True),
        rows=[0],
        people={},
        titles={},
        facts=facts_of([title]),
        interpreted=[_chip("genre", _CRIME, "Crime")],
    )
    assert codes(found) == ["as_asked", "genre_affinity", "off_the_beaten_path"]
    assert found[2].evidence == {"votes": 90}


def test_votes_are_not_told_twice() -> None:
    well_liked = Title(1, vote_average=8, vote_count=600)
    assert codes(reasons(well_liked, shares={"audience": 0.6, "vote": 0.4})) == ["liked_by_many"]
    assert codes(reasons(well_liked, shares={"audience": 0.4, "vote": 0.6})) == ["acclaimed"]
    assert codes(reasons(Title(1, vote_average=6.4), shares={"audience": 1})) == ["fills_the_list"]
    assert codes(reasons(_PLAIN, shares={"audience": 1})) == ["fills_the_list"]


def test_contributions_are_shares_of_the_score() -> None:
    facts = facts_of([Title(n) for n in (1, 2, 3)])
    ranking = replace(
        ranking_of(facts, [3, 1, 2]),
        signals={
            "collab": np.array([0.5, 0, 0], dtype=np.float32),
            "people": np.array([0.5, np.nan, 1], dtype=np.float32),
            "ann": np.ones(3, dtype=np.float32),
        },
        weights={"collab": 0.6, "people": 0.2, "ann": 0.0},
    )
    shares = contributions(ranking)
    assert shares["collab"] == pytest.approx([0, 0.75, 0])
    assert shares["people"] == pytest.approx([1, 0.25, 0])
    assert "ann" not in shares
    told = shares_of(gather_evidence(query_over(facts), ranking)[1])
    assert told == pytest.approx({"collab": 0.75, "people": 0.25}, abs=1e-4)


@pytest.mark.parametrize("reason", EVIDENCE.reasons, ids=lambda reason: reason.code)
def test_the_facts_of_a_sentence_are_facts_that_clients_get(reason: GivesReason) -> None:
    assert set(reason.form.facts) <= set(reason.facts.model_fields)


def test_two_reasons_are_two_sentences() -> None:
    found = reasons(words_cosine=0.5, genre_id=_CRIME)
    assert said_of(found) == "Fits your search. You often choose Crime."
    assert said_of(found[:1]) == "Fits your search."


def test_no_wording_wears_out_on_a_page() -> None:
    found = reasons(words_cosine=0.5)
    wording = PageWording(_TEMPLATES)
    said = [wording.explain(found) for _ in range(30)]
    assert set(Counter(said).values()) == {10}
    assert all(one != other for one, other in pairwise(said))


def test_a_sentence_that_was_just_said_gives_way_to_the_next_reason() -> None:
    templates = ExplanationTemplates(
        {**_TEMPLATES.sentences, "matches_query": ["Fits."], "genre_affinity": ["You like it."]},
        _TEMPLATES.facts,
    )
    words = Reason("matches_query", {"cosine": 0.5})
    genre = Reason("genre_affinity", {"genre_id": 80, "genre": "Crime", "count": 3})
    wording = PageWording(templates)
    given = ([words], [words, genre], [words, genre], [words], [words])
    said = [wording.explain(found) for found in given]
    assert said == ["Fits.", "You like it.", "Fits.", "Fits.", "Fits."]


def test_what_has_led_two_titles_lets_the_second_reason_of_the_next_one_lead() -> None:
    language = Reason(
        "language_affinity",
        {"language_code": "ko", "language": "Korean", "share": "7 of your 8 titles"},
    )
    genre = Reason("genre_affinity", {"genre_id": 53, "genre": "Thriller", "count": 5})
    wording = PageWording(_TEMPLATES)
    said = [wording.explain([language, genre]).split(". ")[0] for _ in range(9)]
    assert ["Korean" in one for one in said] == [
        *(True, True, False), *(True, True, False), *(True, True, False)
    ]  # fmt: skip


def test_titles_that_reasons_name_are_different_reasons_and_numbers_alone_are_none() -> None:
    genre = Reason("genre_affinity", {"genre_id": 53, "genre": "Thriller", "count": 5})
    wording = PageWording(_TEMPLATES)
    for title in ("Heat", "Thief", "Ronin", "Collateral"):
        liked = Reason("co_liked", {"item_id": 7, "title": title})
        assert title in wording.explain([liked, genre]).split(". ")[0]
    said = [
        wording.explain([Reason("acclaimed", {"average": 7.5 + n / 10, "votes": 600}), genre])
        for n in range(3)
    ]
    assert ["Thriller" in one.split(". ")[0] for one in said] == [False, False, True]


def test_what_was_asked_for_leads_however_often_it_has_led() -> None:
    asked = Reason("as_asked", {"asked": "in French"})
    genre = Reason("genre_affinity", {"genre_id": 35, "genre": "Comedy", "count": 5})
    wording = PageWording(_TEMPLATES)
    assert all("French" in wording.explain([asked, genre]).split(". ")[0] for _ in range(9))


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Heat", "Because you liked Heat."),
        ("Monsters, Inc.", "Because you liked Monsters, Inc."),
        ("Airplane!", "Because you liked Airplane!"),
        ("Who's Afraid of Virginia Woolf?", "Because you liked Who's Afraid of Virginia Woolf?"),
        ("if....", "Because you liked if...."),
    ],
)
def test_a_sentence_ends_with_one_stop(title: str, sentence: str) -> None:
    assert sentence_of("Because you liked {title}.", {"title": title}) == sentence
    assert sentence_of("Much like {title}, too", {"title": title}).endswith(", too")


def test_a_large_number_is_written_with_a_comma_wherever_it_is_said() -> None:
    votes = {"average": 8.1, "votes": 1234567}
    said = sentence_of("Rated {average} out of 10 by {votes} voters.", votes)
    assert said == "Rated 8.1 out of 10 by 1,234,567 voters."
    assert named_facts(Reason("acclaimed", votes), _TEMPLATES) == ("8.1", "1,234,567")
    assert sentence_of("{votes:d} votes", {"votes": 1200}) == "1200 votes"


def test_a_models_sentence_takes_the_place_of_the_one_it_rephrases() -> None:
    found = reasons(titles={7: "Heat"}, near_id=7, near_liked=True, genre_id=_CRIME)
    for phrase, said in (
        ("If you liked Heat, try this.", "If you liked Heat, try this. You often choose Crime."),
        ("Crime you often choose.", "Because you liked Heat. Crime you often choose."),
        ("If you liked Ronin, try this.", "Because you liked Heat. You often choose Crime."),
        (None, "Because you liked Heat. You often choose Crime."),
    ):
        assert said_of(found, phrase) == said


def test_a_models_sentence_does_not_outlive_its_fact() -> None:
    phrase = "Trending is this, number 3 of the movies."
    for rank, said in ((3, phrase), (4, "Number 4 of the trending movies.")):
        found = reasons(Title(1, vote_count=10, trending_rank=rank))
        assert said_of(found, phrase) == said


@pytest.mark.parametrize("code", _TEMPLATES.sentences)
def test_every_template_rephrases_its_own_reason_unless_it_has_a_number_of_its_own(
    code: str,
) -> None:
    evidence = {name: str(value) for name, value in EVIDENCE.reason_forms[code].facts.items()}
    reason = Reason(code, evidence)
    for wording in _TEMPLATES.sentences[code]:
        sentence = wording.format(**evidence)
        kept = rephrases(
            sentence, facts=named_facts(reason, _TEMPLATES), wordings=_TEMPLATES.sentences[code]
        )
        assert kept == (" of 10" not in wording and sentence[0].isalpha())


def test_braces_in_a_title_are_text() -> None:
    (reason,) = reasons(titles={7: "{person} {0}"}, near_id=7)
    assert "{person} {0}" in said_of([reason])


def taste_of(**more: Any) -> Taste:
    """Liked title 101 points along the first axis, watched title 102 along the second."""
    vectors = np.eye(3, dtype=np.float32)[:2]
    return Taste(
        liked_ids=np.array([101, 102], dtype=np.int32),
        liked_vectors=vectors,
        praised_ids=np.array([101], dtype=np.int32),
        **more,
    )


def gathered(facts: CatalogueFacts, ranking: Ranking, taste: Taste) -> Any:
    return gather_evidence(query_over(facts, taste=taste), ranking)


def test_the_nearest_of_the_viewers_titles_is_named_when_it_is_near() -> None:
    facts = facts_of([Title(n) for n in (1, 2, 3)])
    vectors = [[0.9, 0.43, 0], [0.3, 0.95, 0], [0.3, 0.3, 0.9]]
    evidence = gathered(facts, ranking_of(facts, [3, 1, 2], embeddings=vectors), taste_of())
    assert evidence["near_id"].tolist() == [101, 102, 0]
    assert evidence["near_liked"].tolist() == [True, False, False]
    assert evidence["near_cosine"] == pytest.approx([0.9, 0.95, 0])


def test_a_title_without_a_vector_is_near_to_nothing() -> None:
    facts = facts_of([Title(1), Title(2)])
    ranking = ranking_of(facts, [1, 2])
    one = np.array([[1.0, 0, 0]], dtype=np.float32)
    half = Ranking(
        ranking.pool, ranking.order, ranking.scores, {}, one, np.array([-1, 0], dtype=np.int32)
    )
    assert gathered(facts, half, taste_of())["near_id"].tolist() == [0, 101]
    assert gathered(facts, ranking, taste_of())["near_id"].tolist() == [0, 0]
    assert gathered(facts, half, Taste())["near_id"].tolist() == [0, 0]


def test_the_favourite_of_the_titles_own_genres_is_named() -> None:
    facts = facts_of(
        [
            Title(1, genres=("Crime", "Drama")),
            Title(2, genres=("Drama", "War")),
            Title(3, genres=("War",)),
        ]
    )
    drama, war = genre_id("Drama") or 0, genre_id("War") or 0
    taste = Taste(
        genre_prefs={_CRIME: 0.6, drama: 0.35, war: 0.05},
        genre_titles={_CRIME: 9, drama: 3, war: 3},
    )
    evidence = gathered(facts, ranking_of(facts, [1, 2, 3]), taste)
    assert evidence["genre_id"].tolist() == [_CRIME, drama, 0]
    assert evidence["genre_titles"].tolist() == [9, 3, 0]


def test_a_genre_that_is_chosen_beyond_what_is_usual_is_named_before_what_every_title_is() -> None:
    usual = [Title(one, genres=("Drama",)) for one in range(3, 12)]
    titles = [Title(1, genres=("Crime", "Drama")), Title(2, genres=("Drama",)), *usual]
    facts = facts_of(titles)
    drama = genre_id("Drama") or 0
    taste = Taste(
        liked_titles=10,
        genre_prefs={drama: 0.7, _CRIME: 0.3},
        genre_titles={drama: 9, _CRIME: 4},
    )
    evidence = gathered(facts, ranking_of(facts, [1, 2]), taste)
    assert evidence["genre_id"].tolist() == [_CRIME, 0]  # fewer dramas than is usual


@pytest.mark.parametrize(
    ("marks", "affinity", "told"), [(True, 0.9, True), (True, 0.6, False), (False, 0.9, False)]
)
def test_a_language_is_told_where_it_marks_the_taste_and_the_score_goes_by_it(
    marks: bool, affinity: float, told: bool
) -> None:
    facts = facts_of([Title(1, language="ko"), Title(2, language="en"), Title(3)])
    korean = language_code("ko")
    taste = Taste(
        liked_titles=5,
        languages={korean: affinity, language_code("en"): 0.9},
        marking_languages={korean: 4} if marks else {},
    )
    evidence = gathered(facts, ranking_of(facts, [2, 1, 3]), taste)
    assert evidence["language"].tolist() == [0, korean if told else 0, 0]
    found = reasons(language=korean, language_titles=4, of_titles=5)
    assert found == [
        Reason(
            "language_affinity",
            {
                "language_code": "ko",
                "language": "Korean",
                "share": "4 of your 5 titles",
                "count": 4,
                "titles": 5,
            },
        )
    ]


def test_where_all_titles_are_of_a_kind_all_are_said() -> None:
    korean, british = language_code("ko"), list(COUNTRIES).index("GB") + 1
    (language,) = reasons(language=korean, language_titles=7, of_titles=7)
    (country,) = reasons(shares={}, country=british, country_titles=3, of_shows=3)
    assert said_of([language]) == "In Korean, like all 7 of your titles."
    assert said_of([country]) == "From the United Kingdom, like all 3 of your shows."


def test_a_language_without_a_name_is_not_told() -> None:
    for language in ("xx", "qq"):
        found = reasons(language=language_code(language), language_titles=4, of_titles=5)
        assert codes(found) == ["fills_the_list"]


def test_the_country_of_shows_is_told_behind_what_has_a_share_and_within_four_reasons() -> None:
    british: dict[str, Any] = {
        "country": list(COUNTRIES).index("GB") + 1,
        "country_titles": 4,
        "of_shows": 5,
    }
    (reason,) = reasons(shares={}, **british)
    assert reason.evidence == {
        "country_code": "GB", "country": "the United Kingdom", "share": "4 of your 5 shows",
        "count": 4, "titles": 5,
    }  # fmt: skip
    assert codes(reasons(genre_id=_CRIME, **british)) == ["genre_affinity", "country_affinity"]
    found = reasons(Title(1, trending_rank=2, vote_average=9), **_MANY, **british)
    assert len(found) == 4
    assert "country_affinity" not in codes(found)


def test_the_country_that_marks_shows_is_noted_of_those_proposed_by_it() -> None:
    british = [Title(n, countries=("GB",), is_show=True) for n in (1, 2, 3, 4, 5)]
    others = [Title(n, countries=("US",), is_show=True) for n in range(10, 60)]
    facts = facts_of([*british, *others])
    taste = Taste(
        known_ids=np.array([1, 2, 3], dtype=np.int32),
        known_weights=np.ones(3, dtype=np.float32),
        known_named=np.ones(3, dtype=np.bool_),
    )
    place = list(COUNTRIES).index("GB") + 1
    ranking = found_by(facts, of_its_kind=[0.0] * 3 + [1.0] + [0.0] + [1.0] * len(others))
    evidence = gathered(facts, ranking, taste)
    assert evidence["country"].tolist() == [0, 0, 0, place, 0, *[0] * len(others)]
    assert evidence["country_titles"][3] == evidence["of_shows"][3] == 3
    with_a_film = facts_of([Title(1, countries=("GB",)), *british[1:], *others])
    ranking = found_by(with_a_film, of_its_kind=[1.0] * len(with_a_film))
    assert not gathered(with_a_film, ranking, taste)["country"].any()


def test_a_genre_is_not_often_chosen_after_two_titles() -> None:
    facts = facts_of([Title(1, genres=("Crime",))])
    for count, told in ((2, 0), (3, _CRIME)):
        taste = Taste(genre_prefs={_CRIME: 1.0}, genre_titles={_CRIME: count})
        assert gathered(facts, ranking_of(facts, [1]), taste)["genre_id"].tolist() == [told]


def _chip(field: ChipField, value: Value, label: str, status: Status = "enforced") -> Interpreted:
    return Interpreted(field, value, label, "words", status)


@pytest.mark.parametrize(
    ("chip", "asked"),
    [
        (_chip("genre", _CRIME, "Crime"), "Crime"),
        (_chip("genre", [_CRIME, 35], "Crime or comedy"), "Crime"),
        (_chip("genre", 35, "Comedy"), None),
        (_chip("genre", _CRIME, "Crime", "relaxed"), "Crime"),
        (_chip("genre", _CRIME, "Crime", "unsupported"), None),
        (_chip("exclude_genre", _CRIME, "Not crime"), None),
        (_chip("year", [1990, 1999], "1990–1999"), "1995"),
        (_chip("year", [1990, 0], "1990 or later"), "1995"),
        (_chip("year", [1980, 1989], "1980–1989", "relaxed"), None),
        (_chip("runtime", [0, 119], "At most 119 minutes"), "102 minutes"),
        (_chip("runtime", [0, 90], "At most 90 minutes", "relaxed"), None),
        (_chip("language", ["fr"], "French"), "in French"),
        (_chip("language", ["de"], "German", "relaxed"), None),
        (_chip("language", ["fr", "de"], "European"), "in French"),
        (_chip("country", ["BE"], "Belgian"), "Belgian"),
        (_chip("country", ["GB"], "British"), None),
        (_chip("maturity", [0, 13], "For ages up to 13"), "suitable for age 13"),
        (_chip("maturity", [9, 0], "For ages from 9"), "for ages from 12"),
        (_chip("maturity", [0, 8], "For ages up to 8"), None),
        (_chip("maturity", [16, 0], "For ages from 16"), None),
        (_chip("media_type", "movie", "Films"), "a film"),
        (_chip("media_type", "tv", "Shows"), None),
        (_chip("person", [5], "Al Pacino"), None),
    ],
    ids=str,
)
def test_what_was_asked_is_told_as_the_title_has_it(chip: Interpreted, asked: str | None) -> None:
    title = Title(
        1,
        genres=("Crime", "Drama"),
        year=1995,
        runtime=102,
        age=12,
        language="fr",
        countries=("BE",),
        vote_count=1,
    )
    facts = facts_of([title])
    (found,) = reasons_of(
        record_with(has_words=True, words_found=0b1000),
        rows=[0],
        people={},
        titles={},
        facts=facts,
        interpreted=[chip],
        text="crime without a thief",
    )
    assert found[0] == (
        Reason("has_words", {"words": "thief"})
        if asked is None
        else Reason("as_asked", {"asked": asked})
    )


_ASKED = (
    _chip("service", "nfx", "Netflix"),
    _chip("service", "tub", "Tubi"),
    _chip("person", [1], "Al Pacino"),
    _chip("person", [2, 3], "Val Kilmer"),
    _chip("person", [2, 3], "Jon Voight"),
)


@pytest.mark.parametrize(
    ("kept", "people", "asked"),
    [
        (0, 0b00, []),
        (0, 0b01, ["Al Pacino"]),
        (0, 0b10, ["Val Kilmer or Jon Voight"]),
        (1, 0b00, ["on Netflix or Tubi"]),
        (1, 0b11, ["Al Pacino", "Val Kilmer or Jon Voight", "on Netflix or Tubi"]),
    ],
)
def test_who_is_in_it_and_where_it_is_on_is_told_of_what_keeps_it(
    kept: int, people: int, asked: list[str]
) -> None:
    assert asked_of(facts_of([Title(1)]), 0, _ASKED, kept, people) == asked


def test_of_what_was_asked_the_genre_comes_first_and_the_kind_goes_without_saying() -> None:
    title = Title(1, genres=("Crime",), language="es", is_show=True)
    chips = [
        _chip("language", ["es"], "Spanish"),
        _chip("genre", _CRIME, "Crime"),
        _chip("media_type", "tv", "Shows"),
    ]
    assert asked_of(facts_of([title]), 0, chips) == ["Crime", "in Spanish"]


def test_a_title_for_all_ages_is_called_so() -> None:
    facts = facts_of([Title(1, age=0), Title(2)])
    chip = _chip("maturity", [0, 8], "For ages up to 8")
    assert [asked_of(facts, row, [chip]) for row in (0, 1)] == [["for all ages"], []]


def test_who_of_the_people_asked_for_is_in_it_is_noted_where_one_is_enough_too() -> None:
    facts = facts_of([Title(n) for n in (1, 2, 3)])
    people = People(
        "words",
        (Part(frozenset({2, 3})), Part(frozenset({1}))),
        titles=(np.array([2, 3], dtype=np.int32), np.array([1, 2], dtype=np.int32)),
    )
    for constraint, noted in (
        (people, [0b01, 0b11, 0b10]),
        (people.looser(40), [0b01, 0b11, 0b10]),
        (replace(people, asked_by="parameter"), [0, 0, 0]),
    ):
        constraints = Constraints((constraint,))
        query = replace(query_over(facts), constraints=constraints, interpreted=_ASKED)
        evidence = gather_evidence(query, ranking_of(facts, [1, 2, 3]))
        assert evidence["people_kept"].tolist() == noted


def test_what_keeps_the_filters_of_the_words_is_noted_unless_they_gave_way() -> None:
    facts = facts_of([Title(n) for n in (1, 2)])
    offers = Offers(
        "words", "US", frozenset({"nfx"}), frozenset(), titles=np.array([2], dtype=np.int32)
    )
    for constraint, noted in ((offers, [0, 1]), (replace(offers, is_relaxed=True), [0, 0])):
        query = replace(query_over(facts), constraints=Constraints((constraint,)))
        evidence = gather_evidence(query, ranking_of(facts, [1, 2]))
        assert evidence["asked_kept"].tolist() == noted


def test_that_it_is_a_film_is_told_where_nothing_else_was_asked_for() -> None:
    facts = facts_of([Title(1)])
    kind, rest = _chip("media_type", "movie", "Films"), _chip("words", None, "memory")
    assert asked_of(facts, 0, [kind]) == ["a film"]
    assert asked_of(facts, 0, [kind, rest]) == []


def test_a_title_that_says_nothing_of_itself_is_not_called_asked_for() -> None:
    facts = facts_of([Title(1, year=0, runtime=0)])
    chips = [_chip("year", [0, 1999], "Until 1999"), _chip("runtime", [0, 90], "At most 90")]
    assert asked_of(facts, 0, chips) == []


def test_a_title_near_to_one_that_the_words_name_says_how_near() -> None:
    facts = facts_of([Title(n) for n in (1, 2, 3, 4)])
    vectors = [[0.9, 0.43, 0], [0.3, 0.95, 0], [0.3, 0.3, 0.9], [1, 0, 0]]
    ranking = ranking_of(facts, [3, 1, 2, 4], embeddings=vectors)
    named = replace(
        query_over(facts), seed_ids=(4, 102), seed_vectors=np.eye(3, dtype=np.float32)[:2]
    )
    evidence = gather_evidence(named, ranking)
    assert evidence["seed_id"].tolist() == [4, 102, 0, 0]
    assert evidence["seed_cosine"] == pytest.approx([0.9, 0.95, 0, 0])
    assert titles_named(evidence) == {4, 102}
    (reason,) = reasons(titles={4: "Heat"}, seed_id=4, seed_cosine=0.91234, has_words=True)
    assert reason.code == "similar_to_named"
    assert reason.evidence == {"item_id": 4, "title": "Heat", "cosine": 0.912}


def found_by(facts: CatalogueFacts, **scores: list[float]) -> Ranking:
    """Titles in the order of the facts, as sources found them; 0 stands for not found."""
    ranking = ranking_of(facts, facts.ids.tolist())
    retrieved = {
        source: np.where(np.array(own) > 0, own, np.nan).astype(np.float32)
        for source, own in scores.items()
    }
    return replace(ranking, pool=Pool(facts, ranking.pool.rows, retrieved))


def test_words_are_a_reason_where_their_vector_is_near_or_a_title_has_enough_of_them() -> None:
    facts = facts_of([Title(n) for n in (1, 2, 3, 4)])
    spoken = replace(query_over(facts), text_vector=np.eye(3, dtype=np.float32)[0])
    found = found_by(
        facts, query_ann=[0.36, 0.34, 0, 0], lexical=[0, 0, 0.3, 0], story=[0.2, 0, 0, 0.5]
    )
    evidence = gather_evidence(spoken, found)
    assert evidence["words_cosine"] == pytest.approx([0.36, 0, 0, 0])
    assert evidence["has_words"].tolist() == [False, False, True, True]
    # Without a vector of words, what was searched with is a named title's.
    assert not gather_evidence(query_over(facts), found)["words_cosine"].any()
    (reason,) = reasons(has_words=True, words_cosine=0.51234)
    assert (reason.code, reason.evidence) == ("matches_query", {"cosine": 0.512})


@pytest.mark.parametrize(
    ("text", "bits", "told"),
    [
        ("a heist that goes wrong", 0b00010, "heist"),
        ("a heist that goes wrong", 0b10010, "heist, wrong"),
        ("«Le Fabuleux Destin d’Amélie»!", 0b11000, "d’Amélie"),
        ("Heist, heist & HEIST", 0b1, "Heist"),
        ("heist vault snow train storm night sea", 0b1111111, "heist, vault, snow, train, storm"),
        ("den Film für los de heist", 0b111111, "heist"),
        ("looking for the one", 0b1111, None),  # small words are no evidence
        ("a heist that goes wrong", 0, None),  # found, nobody knows by what
        (None, 0b1, None),  # not to be told
    ],
)
def test_words_of_the_search_are_said_to_be_in_it_only_with_what_they_are(
    text: str | None, bits: int, told: str | None
) -> None:
    found = reasons(has_words=True, words_found=bits, text=text)
    expected = ("fills_the_list", {}) if told is None else ("has_words", {"words": told})
    assert found == [Reason(*expected)]


def test_the_words_of_a_request_that_found_a_title_are_noted_where_it_has_enough() -> None:
    facts = facts_of([Title(n) for n in (1, 2, 3)])
    found = found_by(facts, story=[0.6, 0.2, 0])
    pool = replace(found.pool, words=np.array([0b110, 0b10, 0b1], dtype=np.uint64))
    evidence = gathered(facts, replace(found, pool=pool), Taste())
    assert evidence["words_found"].tolist() == [0b110, 0, 0]


def test_bits_of_words_that_are_searched_for_are_those_of_the_whole_request() -> None:
    bits = np.array([0b01, 0b10, 0b11], dtype=np.uint64)
    whole = "no horror, a heist that goes wrong"
    of_whole = as_bits_of(whole, bits, "heist wrong")
    assert [words_told(whole, one) for one in of_whole.tolist()] == [
        ["heist"], ["wrong"], ["heist", "wrong"]
    ]  # fmt: skip
    assert as_bits_of("of a model's words nothing", bits, "vault robbers").tolist() == [0, 0, 0]


def test_no_more_words_are_told_than_a_record_has_bits() -> None:
    text = " ".join(f"word{n}" for n in range(90))
    assert len(spoken_words(text)) == MOST_WORDS
    assert words_told(text, 1 << 63) == ["word63"]


def test_nothing_fits_a_text_whose_words_nobody_knows_unless_it_is_very_near() -> None:
    facts = facts_of([Title(n) for n in (1, 2)])
    spoken = replace(query_over(facts), text_vector=np.eye(3, dtype=np.float32)[0])
    evidence = gather_evidence(spoken, found_by(facts, query_ann=[0.44, 0.46]))
    assert evidence["words_cosine"] == pytest.approx([0, 0.46])
    assert codes(reasons(words_cosine=0.3)) == ["fills_the_list"]  # of a list of before


def scores_of(*found: int) -> Floats:
    """Of three candidates the scores of a source that found these."""
    return np.where(np.isin(np.arange(3), found), 0.5, np.nan).astype(np.float32)


def proposed(because: dict[int, int]) -> Proposed:
    return Proposed(
        np.array(list(because), dtype=np.int32),
        np.ones(len(because), dtype=np.float32),
        np.array(list(because.values()), dtype=np.int32),
    )


def test_what_proposed_a_title_is_looked_up_by_title() -> None:
    facts = facts_of([Title(n) for n in (1, 2, 3)])
    taste = Taste(
        co_liked=proposed({2: 101, 9: 102}),
        fan_liked=proposed({2: 105, 3: 106}),
        of_people=proposed({1: 5}),
        related=proposed({1: 103, 3: 104}),
    )
    taste = replace(taste, made_by_people=np.array([1], dtype=np.int32))
    evidence = gathered(facts, ranking_of(facts, [3, 2, 1]), taste)
    assert evidence["person_made"].tolist() == [False, False, True]
    assert evidence["because_id"].tolist() == [106, 101, 0]
    assert evidence["person_id"].tolist() == [0, 0, 5]
    assert evidence["listed_id"].tolist() == [104, 0, 103]


def test_sources_and_exploration_are_kept_in_the_rankings_order() -> None:
    facts = facts_of([Title(n) for n in (1, 2, 3)])
    rows = np.arange(3, dtype=np.int32)
    pool = Pool(facts, rows, {"popular": scores_of(0, 1), "lexical": scores_of(1, 2)})
    order = np.array([2, 0, 1], dtype=np.int32)
    scores = np.ones(3, dtype=np.float32)
    ranking = Ranking(pool, order, scores, {}, explored={0: 0.25})
    evidence = gathered(facts, ranking, Taste())
    assert evidence["has_words"].tolist() == [True, False, True]
    assert evidence["explored"].tolist() == [False, True, False]
    assert evidence["propensity"].tolist() == [1, 0.25, 1]
    assert EVIDENCE.sources_of(evidence) == [
        ["lexical"],
        ["popular"],
        ["lexical", "popular"],
    ]
