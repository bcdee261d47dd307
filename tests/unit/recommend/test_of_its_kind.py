"""A list is of the kind that the viewer's own titles are, where those are of one kind."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.similarity.item_similarity import Features, ItemSimilarity, similarity_of
from api.recommend.evidence.of_its_kind import KnownOfLanguage, OfItsKindSignal
from api.recommend.pool import Pool
from api.viewers.taste.taste import Affinity, Proposed, Taste
from config.ranking import Leaning, OfItsKind
from config.settings import Settings
from tests.builders import ints
from tests.facts_builder import Title, facts_of, query_over

_FULL = Leaning(power=1, wide=0, narrow=0.1)
_NUMBERS = OfItsKind(
    k=5, least=0.01, genres=_FULL, language=_FULL, age=_FULL, years=_FULL, disliked=_FULL
)
_OF_LANGUAGE = OfItsKind(least=0.001, language=_FULL)
FILMS_AND_SHOWS = facts_of([Title(n, is_show=n > 10) for n in range(1, 21)])
FILM, SHOW = 1, 11


def taste_of(liked: list[int], disliked: list[int] | None = None) -> Taste:
    known = liked + (disliked or [])
    is_liked = np.arange(len(known)) < len(liked)
    return Taste(
        known_ids=ints(known),
        known_weights=np.where(is_liked, 1, -0.5).astype(np.float32),
        known_named=is_liked,
    )


def left(
    facts: CatalogueFacts,
    asked: list[int],
    liked: list[int],
    disliked: list[int] | None = None,
    numbers: OfItsKind = _NUMBERS,
    similarity: ItemSimilarity | None = None,
    **request: Any,
) -> list[float]:
    """What is left of each title that is asked for."""
    query = query_over(facts, taste=taste_of(liked, disliked), **request)
    query = replace(query, similarity=similarity)
    pool = Pool(facts, facts.rows_of(ints(asked)))
    found: list[float] = OfItsKindSignal(numbers).score(query, pool).tolist()
    return found


@pytest.mark.parametrize(
    ("liked", "shares"),
    [
        ([12, 13, 14, 15, 16], [(2 / 7) ** 3, 1]),
        ([2, 3, 4, 5, 6], [1, (2 / 7) ** 3]),
        ([*range(1, 11)], [1, 0.01]),
        ([12], [(2 / 3) ** 3, 1]),  # one title tells little
        ([2, 3, 12, 13], [1, 1]),
        ([2, 3, 4, 12], [1, (3 / 5) ** 3]),
    ],
)
def test_five_shows_ask_for_shows_and_five_films_for_films(
    liked: list[int], shares: list[float]
) -> None:
    found = left(FILMS_AND_SHOWS, [FILM, SHOW], liked, numbers=OfItsKind(least=0.01))
    assert found == pytest.approx(shares)


def test_what_was_disliked_and_requests_in_words_ask_for_neither() -> None:
    assert left(FILMS_AND_SHOWS, [FILM, SHOW], [], [12, 13, 14]) == [1, 1]
    assert left(FILMS_AND_SHOWS, [FILM, SHOW], [12, 13, 14, 15], text="a heist") == [1, 1]


def _catalogue(of_ten: dict[str, Any], others: dict[str, Any]) -> CatalogueFacts:
    """Titles 1 to 10 are of one kind, 11 to 50 of another."""
    return facts_of([Title(n, **(of_ten if n <= 10 else others)) for n in range(1, 51)])


@pytest.mark.parametrize(
    ("of_ten", "others"),
    [
        ({"language": "ko"}, {"language": "en"}),
        ({"genres": ("Crime", "Thriller")}, {"genres": ("Comedy",)}),
        ({"year": 1944}, {"year": 1999}),
        ({"age": 0}, {"age": 17}),
    ],
)
def test_five_titles_of_a_rare_sort_ask_for_it_and_five_of_each_for_both(
    of_ten: dict[str, Any], others: dict[str, Any]
) -> None:
    facts = _catalogue(of_ten, others)
    rare, usual = left(facts, [6, 50], [1, 2, 3, 4, 5])
    assert rare == pytest.approx(1)
    assert usual < 0.4
    assert left(facts, [6, 50], [20, 21, 22, 23, 24])[1] == pytest.approx(1)
    wide = [*range(1, 3), *range(20, 28)]  # as the catalogue is
    assert min(left(facts, [6, 50], wide)) > 0.8


def test_years_of_shows_count_by_themselves() -> None:
    years = {n: 1984 if n <= 10 else 2016 for n in range(1, 51)}
    shows = facts_of([Title(n, year=year, is_show=True) for n, year in years.items()])
    films = facts_of([Title(n, year=year) for n, year in years.items()])
    numbers = OfItsKind(least=0.01, years_of_shows=_FULL)
    old, new = left(shows, [6, 50], [1, 2, 3, 4, 5], numbers=numbers)
    assert old == pytest.approx(1)
    assert new < 0.4
    assert left(films, [6, 50], [1, 2, 3, 4, 5], numbers=numbers) == [1, 1]


def test_shows_for_adults_ask_for_such_and_of_unknown_ages_half_as_much_is_held_against() -> None:
    ages = {n: 17 if n <= 10 else 14 for n in range(1, 51)} | {51: -1}
    titles = [Title(n, likely_age=age, is_show=True) for n, age in ages.items()]
    numbers = OfItsKind(least=0.01, age_of_shows=_FULL)
    shows = facts_of(titles)
    of_it, of_others, unknown = left(shows, [6, 50, 51], [1, 2, 3, 4, 5], numbers=numbers)
    assert of_it == pytest.approx(1)
    assert of_others < 0.4 * unknown < 0.4
    films = facts_of([replace(title, is_show=False) for title in titles])
    assert left(films, [6, 50], [1, 2, 3, 4, 5], numbers=numbers) == [1, 1]


def test_that_a_film_is_of_the_language_is_no_amends_for_another_genre() -> None:
    titles = [Title(n, genres=("Comedy",), language="en") for n in range(1, 101)]
    titles += [Title(n, genres=("Comedy",), language="sv") for n in range(101, 111)]
    titles += [Title(111, genres=("Comedy",), language="da")]  # which is rarer
    titles += [Title(n, genres=("Crime",), language="sv") for n in (112, 113, 114)]
    titles += [Title(n, genres=("Crime",), language="da") for n in (115, 116)]
    own = [112, 113, 114, 115, 116]
    numbers = OfItsKind(least=0.001, language=_FULL, genres=Leaning(power=0.2, wide=0, narrow=0.1))
    danish, swedish = left(facts_of(titles), [111, 101], own, numbers=numbers)
    assert danish == pytest.approx(swedish)
    assert danish < 0.8


def test_a_language_that_most_of_the_own_films_share_is_theirs_though_another_is_rarer() -> None:
    titles = [Title(n, language="fr" if n % 5 == 0 else "en") for n in range(1, 101)]
    titles += [Title(n, language="pl") for n in range(101, 105)]
    own = [5, 10, 15, 101, 102]
    french, polish, english = left(
        facts_of(titles), [20, 103, 1], own, numbers=OfItsKind(least=0.001, language=_FULL)
    )
    assert french == polish == 1
    assert english < 0.4


def test_films_of_some_years_mean_the_genres_that_they_share_where_films_of_all_do_not() -> None:
    titles = [Title(n, genres=("Drama",), year=1930 + n % 90) for n in range(1, 101)]
    titles += [Title(n, genres=("Comedy",), year=1938) for n in range(101, 106)]
    titles += [Title(106, genres=("Drama",), year=1938)]
    titles += [Title(n, genres=("Comedy",), year=1930 + 18 * (n - 107)) for n in range(107, 112)]
    numbers = OfItsKind(
        least=0.001, years=Leaning(power=1, wide=0.8, narrow=1), genres_of_narrow=_FULL
    )
    facts = facts_of(titles)
    (of_the_years,) = left(facts, [106], [101, 102, 103, 104, 105], numbers=numbers)
    (of_all,) = left(facts, [106], [107, 108, 109, 110, 111], numbers=numbers)
    (of_few,) = left(facts, [106], [101, 102, 103], numbers=numbers)
    assert of_the_years < 0.1
    assert of_all == pytest.approx(1)
    assert of_few == pytest.approx(1)


def test_documentaries_alone_ask_for_documentaries_and_invented_stories_for_either() -> None:
    facts = _catalogue({"genres": ("Documentary", "Crime")}, {"genres": ("Crime", "Thriller")})
    numbers = OfItsKind(least=0.01)
    told, invented = left(facts, [6, 50], [1, 2], numbers=numbers)
    assert told == pytest.approx(1)
    assert invented == pytest.approx((2 / 4) ** 3)
    assert left(facts, [6, 50], [20, 21, 22, 23], numbers=numbers) == [1, 1]
    assert left(facts, [6, 50], [1, 2, 20, 21], numbers=numbers) == [1, 1]


def test_a_show_in_a_rare_language_asks_for_shows_in_it_and_not_for_films() -> None:
    german = {1: True, 2: True, 3: False}
    facts = facts_of(
        [
            *(Title(n, language="de", is_show=is_show) for n, is_show in german.items()),
            *(Title(n, language="en", is_show=n % 2 == 0) for n in range(4, 51)),
        ]
    )
    show, film, other_show = left(facts, [2, 3, 50], [1], numbers=_OF_LANGUAGE)
    assert show == pytest.approx(1)
    assert film < other_show
    film, show = left(facts, [3, 2], [3], numbers=_OF_LANGUAGE)
    assert film > show


def _british(*, shows: bool) -> CatalogueFacts:
    """Titles 1 to 10 are of the United Kingdom, 11 to 40 of the United States, then unknown."""
    countries = {n: ("GB",) if n <= 10 else ("US",) if n <= 40 else () for n in range(1, 51)}
    return facts_of([Title(n, countries=of, is_show=shows) for n, of in countries.items()])


def test_british_shows_ask_for_british_shows_and_british_films_for_any() -> None:
    numbers = OfItsKind(least=0.01, countries=_FULL)
    british, american, unknown = left(
        _british(shows=True), [6, 30, 50], [1, 2, 3, 4, 5], numbers=numbers
    )
    assert british == pytest.approx(1)
    assert american < 0.4
    assert unknown < 0.4
    assert left(_british(shows=True), [6, 30], [20, 21, 22, 23], numbers=numbers)[1] == 1
    films = left(_british(shows=False), [6, 30, 50], [1, 2, 3, 4, 5], numbers=numbers)
    assert films == [1, 1, 1]


def test_the_best_known_shows_of_a_country_that_is_not_the_usual_one_are_found() -> None:
    source = KnownOfLanguage(OfItsKind(countries=Leaning(power=1, wide=0, narrow=1)), 3)
    british = source.retrieve(query_over(_british(shows=True), taste=taste_of([1, 2, 3, 4])))
    assert len(british.ids) == 3
    assert set(british.ids.tolist()) <= set(range(1, 11))
    american = query_over(_british(shows=True), taste=taste_of([20, 21, 22, 23]))
    assert source.retrieve(american).ids.tolist() == []
    films = query_over(_british(shows=False), taste=taste_of([1, 2, 3, 4]))
    assert source.retrieve(films).ids.tolist() == []


def test_a_taste_no_narrower_than_others_is_spared() -> None:
    facts = _catalogue({"language": "ko"}, {"language": "en"})
    spared = OfItsKind(least=0.01, language=Leaning(power=1, wide=5, narrow=6))
    assert left(facts, [6, 50], [1, 2, 3, 4, 5], numbers=spared) == [1, 1]


def test_the_genre_of_what_was_turned_down_steps_back() -> None:
    facts = _catalogue({"genres": ("Horror",)}, {"genres": ("Comedy",)})
    numbers = OfItsKind(least=0.01, disliked=_FULL)
    horror, comedy = left(facts, [6, 50], [20, 21], [1, 2, 3], numbers=numbers)
    assert horror < 0.4
    assert comedy == pytest.approx(1)


_BY_STORY = Leaning(power=1, wide=0.3, narrow=0.6)


def _sharing_keywords(facts: CatalogueFacts, *groups: range) -> ItemSimilarity:
    """The titles of a group have three keywords in common, everybody has one of their own sort."""
    none = Features(ints([]), ints([]))
    pairs = [(i - 1, 3 * g + k) for g, ids in enumerate(groups) for i in ids for k in range(3)]
    rows, numbers = zip(*pairs, strict=True)
    keywords = Features(ints(rows), ints(numbers))
    fields = [keywords if n == 1 else none for n in range(7)]
    return similarity_of(version=1, ids=facts.ids, features=fields)


def test_titles_of_one_story_ask_for_it_and_titles_of_many_for_any() -> None:
    facts = facts_of([Title(n) for n in range(1, 201)])
    similarity = _sharing_keywords(facts, range(1, 11), range(11, 101), range(101, 201))
    numbers = OfItsKind(least=0.01, story=_BY_STORY)
    asked = [6, 200]
    of_it, of_others = left(facts, asked, [1, 2, 3, 4, 5], numbers=numbers, similarity=similarity)
    assert of_it == pytest.approx(1)
    assert of_others < 0.1
    assert left(facts, asked, [1, 2, 3], numbers=numbers, similarity=similarity) == [1, 1]
    apart = _sharing_keywords(facts, *(range(n, n + 2) for n in range(1, 200, 2)))
    wide = left(facts, asked, [1, 3, 5, 7, 9], numbers=numbers, similarity=apart)
    assert wide == [1, 1]


def test_what_nearly_all_titles_share_is_no_story() -> None:
    facts = facts_of([Title(n) for n in range(1, 51)])
    similarity = _sharing_keywords(facts, range(1, 46), range(46, 51))
    numbers = OfItsKind(least=0.01, story=_BY_STORY)
    liked = [1, 2, 3, 4, 5]
    assert left(facts, [6, 50], liked, numbers=numbers, similarity=similarity) == [1, 1]
    none = Features(ints([]), ints([]))
    nothing = similarity_of(version=1, ids=facts.ids, features=[none] * 7)
    assert left(facts, [6, 50], liked, numbers=numbers, similarity=nothing) == [1, 1]


def test_the_fewer_share_a_story_the_more_it_counts() -> None:
    facts = facts_of([Title(n) for n in range(1, 201)])
    numbers = OfItsKind(least=0.01, story=Leaning(power=1, wide=0.5, narrow=3))
    found = [
        left(
            facts,
            [shared, 200],
            [1, 2, 3, 4, 5],
            numbers=numbers,
            similarity=_sharing_keywords(facts, range(1, shared + 1), range(shared + 1, 201)),
        )
        for shared in (90, 40, 10)
    ]
    assert [of_it for of_it, _ in found] == pytest.approx([1, 1, 1])
    ninety, forty, ten = (of_others for _, of_others in found)
    assert ninety == 1  # nearly half of all titles share it
    assert ninety > forty > ten


def test_four_titles_are_of_one_story_by_chance_in_one_of_a_hundred_draws_at_most() -> None:
    chance = np.random.default_rng(5)
    facts = facts_of([Title(n) for n in range(1, 301)])
    none = Features(ints([]), ints([]))
    rows = np.repeat(np.arange(300), 8)
    keywords = Features(ints(rows), ints(chance.integers(0, 400, len(rows))))
    fields = [keywords if n == 1 else none for n in range(7)]
    similarity = similarity_of(version=1, ids=facts.ids, features=fields)
    shipped = Settings.load({}).ranking.of_its_kind.story
    numbers = OfItsKind(least=0.01, story=shipped)
    narrow = 0
    for _ in range(200):
        own = (chance.choice(300, 4, replace=False) + 1).tolist()
        narrow += left(facts, [*range(1, 31)], own, numbers=numbers, similarity=similarity) != (
            [1.0] * 30
        )
    assert narrow <= 2


def test_what_is_as_odd_as_the_odder_ones_of_the_viewers_own_is_of_their_kind() -> None:
    apart = _NUMBERS.model_copy(update={"apart": 1.0})
    titles = [Title(n, genres=("Comedy",), language="en") for n in range(1, 101)]
    titles += [Title(n, genres=("Family", "Fantasy"), language="en") for n in range(101, 105)]
    titles += [Title(n, genres=("Family",), language="en") for n in (105, 106)]
    titles += [Title(n, genres=("Family", "Fantasy"), language="en") for n in (107,)]
    catalogue, own = facts_of(titles), [101, 102, 103, 104, 105]
    without = left(catalogue, [106, 107, 1], own)
    assert without[0] < 0.9 * without[1]
    tolerant = left(catalogue, [106, 107, 1], own, numbers=apart)
    assert tolerant[0] > without[0]
    assert tolerant[1] == 1
    assert tolerant[2] < 0.1
    alike = [101, 102, 103, 104]  # which differ in nothing allow nothing
    assert left(catalogue, [106], alike, numbers=apart) == left(catalogue, [106], alike)


def test_what_is_like_the_odd_one_among_the_viewers_own_is_of_its_story() -> None:
    facts = facts_of([Title(n) for n in range(1, 201)])
    pairs = (range(n, n + 2) for n in range(21, 200, 2))
    similarity = _sharing_keywords(facts, range(1, 11), range(11, 21), *pairs)
    numbers = OfItsKind(least=0.01, story=_BY_STORY)
    like_the_odd_one, like_none = left(
        facts, [12, 50], [1, 2, 3, 4, 11], numbers=numbers, similarity=similarity
    )
    assert like_the_odd_one == pytest.approx(1)
    assert like_none < 0.5


def test_of_no_known_genre_less_is_held_against_it_than_of_another_genre() -> None:
    titles = [Title(n, genres=("Comedy", "Romance")) for n in range(1, 11)]
    titles += [Title(n, genres=("Action", "Crime")) for n in range(11, 101)]
    titles += [Title(101, genres=())]
    numbers = OfItsKind(least=0.001, genres=Leaning(power=0.2, wide=0, narrow=0.1))
    own = [1, 2, 3, 4, 5]
    of_it, of_others, unknown = left(facts_of(titles), [6, 50, 101], own, numbers=numbers)
    assert of_it > unknown > 2 * of_others


def test_a_narrow_taste_is_spared_what_voters_like_much_less_than_its_titles() -> None:
    poor = Title(50, language="ko", vote_count=5000, vote_average=5.5)
    near = Title(49, language="ko", vote_count=5000, vote_average=7.4)
    facts = facts_of(
        [
            *(
                Title(n, language="ko" if n <= 10 else "en", vote_count=5000, vote_average=8)
                for n in range(1, 49)
            ),
            near,
            poor,
        ]
    )
    numbers = OfItsKind(least=0.01, language=_FULL)
    as_good, worse = left(facts, [49, 50], [1, 2, 3, 4, 5], numbers=numbers)
    assert as_good == pytest.approx(1)
    assert worse < 0.5
    wide = OfItsKind(least=0.01, language=Leaning(power=1, wide=5, narrow=6))
    assert left(facts, [49, 50], [1, 2, 3, 4, 5], numbers=wide) == [1, 1]


def test_no_title_loses_more_than_the_numbers_say() -> None:
    facts = _catalogue({"language": "ko"}, {"language": "en"})
    numbers = _NUMBERS.model_copy(update={"least": 0.6})
    assert left(facts, [50], [1, 2, 3, 4, 5], numbers=numbers) == pytest.approx([0.6])


def test_the_best_known_of_a_language_that_is_not_the_usual_one_are_found() -> None:
    facts = _catalogue({"language": "ko"}, {"language": "en"})
    numbers = OfItsKind(language=Leaning(power=1, wide=0, narrow=1))
    source = KnownOfLanguage(numbers, 3)
    query = query_over(facts, taste=taste_of([1, 2, 3, 4]))
    assert source.applies_to(query)
    found = source.retrieve(query).ids.tolist()
    assert len(found) == 3
    assert set(found) <= set(range(1, 11))
    usual = query_over(facts, taste=taste_of([20, 21, 22, 23]))
    assert source.retrieve(usual).ids.tolist() == []
    assert source.retrieve(query_over(facts, taste=taste_of([]))).ids.tolist() == []
    assert not source.applies_to(query_over(facts, taste=taste_of([1]), text="a heist"))
    assert not KnownOfLanguage(numbers, 0).applies_to(query)


def test_of_a_language_shows_come_first_for_who_named_shows_alone() -> None:
    shows = (1, 2, 3, 4, 5, 6)
    titles = [Title(n, language="ko", is_show=n in shows, vote_count=n) for n in range(1, 11)]
    facts = facts_of([*titles, *(Title(n) for n in range(11, 51))])
    source = KnownOfLanguage(OfItsKind(language=Leaning(power=1, wide=0, narrow=1)), 3)
    for liked, found in (([1, 2, 3, 4], {4, 5, 6}), ([7, 8, 9], {8, 9, 10})):
        query = query_over(facts, taste=taste_of(liked))
        assert set(source.retrieve(query).ids.tolist()) == found


def test_what_is_likely_of_the_language_is_found_though_tmdb_names_none() -> None:
    titles = [Title(n, language="ko" if n < 5 else None, likely_language="ko") for n in range(1, 9)]
    facts = facts_of([*titles, *(Title(n, language="en") for n in range(9, 51))])
    source = KnownOfLanguage(OfItsKind(language=Leaning(power=1, wide=0, narrow=1)), 50)
    query = query_over(facts, taste=taste_of([1, 2, 3, 4]))
    assert set(source.retrieve(query).ids.tolist()) == set(range(1, 9))
    assert left(facts, [8, 50], [1, 2, 3, 4])[0] == pytest.approx(1)


_BY_GENRES = OfItsKind(least=0.001, genres=_FULL)


def test_what_the_maker_of_most_of_them_made_is_of_the_kind_whatever_its_genres() -> None:
    own = [Title(n, genres=("Animation", "Family", "Fantasy")) for n in range(1, 6)]
    war = [Title(n, genres=("War", "Drama", "History")) for n in (6, 7, 8)]
    facts = facts_of([*own, *war, *(Title(n, genres=("Drama",)) for n in range(9, 80))])
    theirs, plays, other = 6, 7, 8
    for titles, is_theirs in ((5, True), (3, True), (2, False)):
        taste = replace(
            taste_of([1, 2, 3, 4, 5]),
            people=(Affinity(50, "A Maker", titles, 1.0),),
            of_people=Proposed(ints([theirs, plays]), np.ones(2, dtype=np.float32), ints([50, 50])),
            made_by_people=ints([theirs]),
        )
        pool = Pool(facts, facts.rows_of(ints([theirs, plays, other])))
        query = query_over(facts, taste=taste)
        found = OfItsKindSignal(_BY_GENRES).score(query, pool).tolist()
        assert (found[0] == 1) == is_theirs
        assert found[1] == found[2] < 0.5


def test_what_has_the_genre_that_marks_them_all_loses_little_for_the_others() -> None:
    own = [Title(n, genres=("Animation", "Family", "Fantasy", "Adventure")) for n in range(1, 6)]
    drawn, filmed = Title(6, genres=("Animation", "War", "Drama")), Title(7, genres=("War",))
    facts = facts_of([*own, drawn, filmed, *(Title(n, genres=("Drama",)) for n in range(8, 200))])
    of_drawn, of_filmed = left(facts, [6, 7], [1, 2, 3, 4, 5], numbers=_BY_GENRES)
    assert of_drawn == pytest.approx(np.exp(-2), abs=0.01)
    assert of_filmed < of_drawn / 5
