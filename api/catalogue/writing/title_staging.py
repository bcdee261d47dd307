"""A batch of titles in temporary tables, one per table of the catalogue, for it to be compared."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from sqlalchemy import Connection

from api.catalogue.writing.title import Person, Title
from api.domain.folding import fold
from api.domain.maturity import age_of, shown_certificate
from api.platform.copying import copy_rows

Source = Literal["tmdb", "sample"]

_LONGEST_INDEXED_BYTES = 2600  # an entry of a B-tree has 2,704, its own bookkeeping among them

OWN_COLUMNS = (
    "imdb_id",
    "title",
    "original_title",
    "alternative_titles",
    "overview",
    "tagline",
    "poster_path",
    "runtime",
    "original_language",
    "countries",
    "release_date",
    "release_year",
    "status",
    "genre_ids",
    "collection_id",
    "collection_name",
    "maturity_rating",
    "maturity_age",
    "popularity",
    "vote_average",
    "vote_count",
    "source",
    "search_name",
)

_STAGE = f"""
CREATE TEMPORARY TABLE staged_titles ON COMMIT DROP AS
    SELECT media_type, tmdb_id, {", ".join(OWN_COLUMNS)},
        title AS folded_title, title AS folded_original, title AS folded_alternatives
    FROM items WITH NO DATA;
CREATE TEMPORARY TABLE staged_people ON COMMIT DROP AS
    SELECT tmdb_id, name, search_name, popularity FROM people WITH NO DATA;
CREATE TEMPORARY TABLE staged_credits ON COMMIT DROP AS
    SELECT media_type, items.tmdb_id, role, people.tmdb_id AS person_tmdb_id, name, character,
        position
    FROM items, credits, people WITH NO DATA;
CREATE TEMPORARY TABLE staged_keywords ON COMMIT DROP AS
    SELECT media_type, tmdb_id, name FROM items, keywords WITH NO DATA;
CREATE TEMPORARY TABLE staged_certificates ON COMMIT DROP AS
    SELECT media_type, tmdb_id, country, certificate, age FROM items, certificates WITH NO DATA;
CREATE TEMPORARY TABLE staged_related ON COMMIT DROP AS
    SELECT media_type, tmdb_id, similar_ids, recommended_ids
    FROM items, related_titles WITH NO DATA;
CREATE TEMPORARY TABLE staged_offers ON COMMIT DROP AS
    SELECT media_type, tmdb_id, country, service, offer_type, url
    FROM items, availability WITH NO DATA
"""  # noqa: S608 - constants only


def stage_titles(connection: Connection, titles: Sequence[Title], *, source: Source) -> None:
    """Copies titles and their parts into the `staged_...` tables, dropped with the transaction.

    Repeats within a title are left out. Parts name their title by media type and TMDB id.
    """
    for statement in _STAGE.split(";"):
        connection.exec_driver_sql(statement)
    copy_rows(connection, "staged_titles", (_own_row(title, source) for title in titles))
    copy_rows(connection, "staged_people", _people_rows(titles))
    copy_rows(connection, "staged_credits", _credit_rows(titles))
    copy_rows(
        connection,
        "staged_keywords",
        ((*_key(title), name) for title in titles for name in dict.fromkeys(title.keywords)),
    )
    copy_rows(connection, "staged_certificates", _certificate_rows(titles))
    copy_rows(
        connection,
        "staged_related",
        (
            (*_key(title), list(title.similar_ids), list(title.recommended_ids))
            for title in titles
            if title.similar_ids or title.recommended_ids
        ),
    )
    copy_rows(connection, "staged_offers", _offer_rows(titles))


def _key(title: Title) -> tuple[Any, ...]:
    return (title.media_type, title.tmdb_id)


def _own_row(title: Title, source: Source) -> tuple[Any, ...]:
    folded = fold(title.title) or title.title.casefold()
    original = fold(title.original_title or "")
    original = "" if original == folded else original
    shown = shown_certificate(title.certificates)
    return (
        title.media_type,
        title.tmdb_id,
        title.imdb_id,
        title.title,
        title.original_title,
        list(title.alternative_titles),
        title.overview,
        title.tagline,
        title.poster_path,
        title.runtime,
        title.original_language,
        list(title.countries),
        title.release_date,
        title.release_year,
        title.status,
        list(title.genre_ids),
        title.collection_id,
        title.collection_name,
        shown[0] if shown else None,
        shown[1] if shown else None,
        title.popularity,
        title.vote_average,
        title.vote_count,
        source,
        _indexable(f"{folded} {original}".strip()),
        folded,
        original,
        " ".join(map(fold, title.alternative_titles)),
    )


def _indexable(name: str) -> str:
    return name.encode()[:_LONGEST_INDEXED_BYTES].decode(errors="ignore")


def _people_rows(titles: Sequence[Title]) -> Iterable[tuple[Any, ...]]:
    people: dict[int | str, Person] = {}
    for title in titles:
        for credit in title.credits:
            people.setdefault(credit.person.tmdb_id or credit.person.name, credit.person)
    for person in people.values():
        yield (person.tmdb_id, person.name, _indexable(fold(person.name)), person.popularity)


def _credit_rows(titles: Sequence[Title]) -> Iterable[tuple[Any, ...]]:
    for title in titles:
        seen: set[tuple[str, int | str]] = set()
        for credit in title.credits:
            person = credit.person
            part = (credit.role, person.tmdb_id or person.name)
            if part not in seen:  # twice on the bill: the first character stands
                seen.add(part)
                yield (
                    *_key(title),
                    credit.role,
                    person.tmdb_id,
                    person.name,
                    credit.character,
                    credit.position,
                )


def _certificate_rows(titles: Sequence[Title]) -> Iterable[tuple[Any, ...]]:
    for title in titles:
        for country, certificate in title.certificates.items():
            yield (*_key(title), country, certificate, age_of(country, certificate))


def _offer_rows(titles: Sequence[Title]) -> Iterable[tuple[Any, ...]]:
    for title in titles:
        offers = {(offer.country, offer.service, offer.offer_type): offer for offer in title.offers}
        for key, offer in offers.items():
            yield (*_key(title), *key, offer.url)
