"""GET /recommend with a query in words: what it asks for holds, and the answer says so."""

from typing import Any

import pytest

from tests.acceptance.conftest import Service
from tests.builders import rows_of
from tests.chips import understood


def _items(service: Service, where: str, **parameters: Any) -> set[int]:
    """Ids by SQL that the service has no part in."""
    found = rows_of(service.database, f"SELECT i.id FROM items i WHERE {where}", **parameters)
    return {row[0] for row in found}


def _ids(page: dict[str, Any]) -> list[int]:
    return [item["id"] for item in page["items"]]


def _status(page: dict[str, Any]) -> dict[str, str]:
    return {chip["field"]: chip["status"] for chip in page["interpreted"]}


_BY = (
    "EXISTS (SELECT FROM credits c JOIN people p ON p.id = c.person_id"
    " WHERE c.item_id = i.id AND p.name = '{}' AND c.role = ANY('{{{}}}'))"
)
_WORDS: dict[str, str] = {
    "comedies": "35 = ANY(genre_ids)",
    "crime thrillers": "genre_ids @> '{80,53}'",
    "western or war movies": "genre_ids && '{37,10752}' AND media_type = 'movie'",
    "thriller without horror": "53 = ANY(genre_ids) AND NOT 27 = ANY(genre_ids)",
    "90s": "release_year BETWEEN 1990 AND 1999",
    "before 1960": "release_year < 1960",
    "drama not from the 90s": "18 = ANY(genre_ids) AND NOT release_year BETWEEN 1990 AND 1999",
    "movies under 100 minutes": "runtime < 100 AND media_type = 'movie'",
    "films longer than three hours": "runtime > 180 AND media_type = 'movie'",
    "korean": "original_language = 'ko'",
    "not in english": "original_language <> 'en'",
    "british dramas": "countries @> '{GB}' AND 18 = ANY(genre_ids)",
    "for a six year old": "maturity_age <= 6",
    "comedy with no gore": "35 = ANY(genre_ids) AND NOT 27 = ANY(genre_ids)"
    " AND coalesce(maturity_age, 0) <= 17",
    "with Tom Hanks": _BY.format("Tom Hanks", "cast"),
    "directed by Christopher Nolan": _BY.format("Christopher Nolan", "director,creator"),
    "science fiction series": "878 = ANY(genre_ids) AND media_type = 'tv'",
    "películas de terror": "27 = ANY(genre_ids) AND media_type = 'movie'",
}


@pytest.mark.parametrize("text", _WORDS)
def test_every_title_is_what_the_words_ask_for(sample: Service, text: str) -> None:
    matches = _items(sample, _WORDS[text])
    page = sample.recommend("wisher", query=text, limit=min(10, len(matches)))
    assert len(matches) >= 3
    assert "relaxed" not in page
    assert len(page["items"]) == min(10, len(matches))
    assert set(_ids(page)) <= matches
    assert set(_status(page).values()) == {"enforced"}


def test_words_reach_every_match_and_no_other_over_all_pages(sample: Service) -> None:
    matches = _items(sample, "genre_ids @> '{80,53}' AND release_year BETWEEN 1990 AND 1999")
    whole = [
        item["id"]
        for page in sample.pages("completist", query="90s crime thrillers", limit=5)
        for item in page["items"]
    ]
    assert set(whole) == matches
    assert len(whole) == len(matches)


def test_words_and_services(sample: Service) -> None:
    page = sample.recommend("subscriber", query="funny, on netflix", country="US", limit=4)
    assert _status(page) == {"genre": "enforced", "service": "enforced"}
    offered = _items(
        sample,
        "35 = ANY(genre_ids) AND EXISTS (SELECT FROM availability a WHERE a.item_id = i.id"
        " AND a.country = 'US' AND a.service = 'nfx' AND offer_type NOT IN ('rent', 'buy'))",
    )
    assert set(_ids(page)) <= offered


def test_titles_like_another_are_near_to_it_and_it_is_not_among_them(sample: Service) -> None:
    page = sample.recommend("resembler", query="like Heat", limit=20)
    (chip,) = page["interpreted"]
    assert (chip["field"], chip["label"], chip["text"]) == ("seed", "Heat", "Heat")
    seed = chip["value"]
    assert seed not in {item["id"] for item in sample.whole_list("resembler", query="like Heat")}
    near = rows_of(
        sample.database,
        "SELECT other.item_id FROM item_embeddings one JOIN item_embeddings other"
        " USING (space_id) WHERE one.item_id = %(seed)s AND other.item_id <> one.item_id"
        " ORDER BY one.embedding <=> other.embedding LIMIT 30",
        seed=seed,
    )
    # What titles are made of leads; of a page that names nothing hardly one is as near.
    nearest = {row[0] for row in near}
    assert len(nearest & set(_ids(page))) >= 8
    assert len(nearest & set(_ids(sample.recommend("resembler", limit=20)))) <= 2
    assert "query_ann" in page["items"][0]["sources"]


def test_newer_than_a_seed(sample: Service) -> None:
    page = sample.recommend("resembler", query="similar to Heat but newer")
    assert all(item["release_year"] > 1995 for item in page["items"])


@pytest.mark.parametrize("text", ["Heat", "Se7en", "The Matrix"])
def test_a_title_alone_leads_its_own_list(sample: Service, text: str) -> None:
    page = sample.recommend("namer", query=text, limit=5)
    assert _status(page) == {"title": "enforced"}
    assert page["items"][0]["title"] == text


def test_a_refused_title_is_not_in_the_list(sample: Service) -> None:
    whole = sample.whole_list("refuser", query="science fiction but not The Matrix")
    assert whole
    assert "The Matrix" not in {item["title"] for item in whole}


def test_words_ask_for_fewer_titles_than_the_page_holds(sample: Service) -> None:
    pages = list(sample.pages("counter", query="3 good westerns", limit=20))
    assert [len(page["items"]) for page in pages[:2]] == [3, 3]
    more = sample.recommend("counter", query="30 comedies", limit=10)
    assert len(more["items"]) == 10


def test_what_cannot_fill_the_page_gives_way_and_is_said(sample: Service) -> None:
    text = "westerns from 1994"
    page = sample.recommend("hoper", query=text, limit=10)
    assert page["relaxed"] == ["year", "genres"]
    assert _status(page) == {"genre": "relaxed", "year": "relaxed"}
    assert all(1989 <= item["release_year"] <= 1999 for item in page["items"])


def test_titles_of_the_whole_wish_lead_a_relaxed_list(sample: Service) -> None:
    text = "crime thrillers from 1994 to 1996"
    matches = _items(sample, "genre_ids @> '{80,53}' AND release_year BETWEEN 1994 AND 1996")
    page = sample.recommend("hoper", query=text, limit=20)
    assert 0 < len(matches) < 20
    assert page["relaxed"][0] == "year"
    assert set(_ids(page)[: len(matches)]) == matches


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("korean westerns for a six year old", "original_language = 'ko' AND maturity_age <= 6"),
        ("thai shows, no drama", "original_language = 'th' AND media_type = 'tv'"),
        ("danish horror, not for adults", "original_language = 'da'"),
    ],
)
def test_refusals_ages_languages_and_media_never_give_way(
    sample: Service, text: str, where: str
) -> None:
    whole = sample.whole_list("stickler", query=text)
    assert {item["id"] for item in whole} <= _items(sample, where)


def test_later_pages_and_cached_ones_say_the_same(sample: Service) -> None:
    pages = list(sample.pages("pager", query="90s crime, not a comedy", limit=5))
    again = sample.recommend("pager", query="90s crime, not a comedy", limit=5)
    assert len(pages) > 2
    assert all(page["interpreted"] == pages[0]["interpreted"] for page in (*pages, again))


def test_without_a_query_nothing_is_interpreted(sample: Service) -> None:
    assert "interpreted" not in sample.recommend("silent")
    assert understood(sample.recommend("vague", query="surprise me somehow")) == []


def test_a_parameter_counts_before_the_words(sample: Service) -> None:
    page = sample.recommend("caller", query="funny shows on netflix", media_type="movie")
    words, parameter = (chip for chip in page["interpreted"] if chip["field"] == "media_type")
    assert (words["source"], words["status"]) == ("words", "unsupported")
    assert (parameter["source"], parameter["status"]) == ("parameter", "enforced")
    assert {item["media_type"] for item in page["items"]} == {"movie"}
    page = sample.recommend("caller", query="on netflix", services="dnp", country="US")
    assert page["interpreted"][0]["note"] == (
        "The request's own parameter says otherwise and counts."
    )
    offered = sample.recommend("caller", services="dnp", country="US", limit=100)
    assert set(_ids(page)) <= set(_ids(offered))


def test_a_contradiction_is_said_and_the_refusal_counts(sample: Service) -> None:
    page = sample.recommend("undecided", query="comedy without comedy")
    request, refusal = page["interpreted"]
    assert (request["status"], refusal["status"]) == ("unsupported", "enforced")
    assert "the refusal counts" in request["note"]
    names = {genre["name"] for item in page["items"] for genre in item["genres"]}
    assert "Comedy" not in names
    assert len(page["items"]) == 20


@pytest.mark.parametrize(
    "text",
    [
        "asdf qwer zxcv " * 33,
        "'; DROP TABLE items; -- {{7*7}} ${jndi:x} %(years_0_first)s",
        "لا أريد الرعب",
        "🍿🎬 בלי אימה",
        "no no no not without except",
        "like like like",
        '"""""',
        "between and between",
        "under over less than",
    ],
    ids=ascii,
)
def test_odd_texts_are_answered(sample: Service, text: str) -> None:
    page = sample.recommend("odd", query=text)
    assert len(page["items"]) == 20
    assert "degraded" not in page
