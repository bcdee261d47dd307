"""A batch of titles in temporary tables, one per table of the catalogue, for it to be compared."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from api.catalogue.writing.title import Person, Title
from api.domain.folding import fold
from api.domain.maturity import age_of, shown_certificate
from api.platform.copying import copy_rows

Numbered = Sequence[tuple[int, Title]]

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
    SELECT 0 AS number, media_type, tmdb_id, {", ".join(OWN_COLUMNS)},
        title AS folded_title, title AS folded_original, title AS folded_alternatives
    FROM items WITH NO DATA;
CREATE TEMPORARY TABLE staged_external_ids ON COMMIT DROP AS
    SELECT 0 AS number, source, id, media_type FROM external_ids WITH NO DATA;
CREATE TEMPORARY TABLE staged_people ON COMMIT DROP AS
    SELECT tmdb_id, name, search_name, popularity FROM people WITH NO DATA;
CREATE TEMPORARY TABLE staged_credits ON COMMIT DROP AS
    SELECT 0 AS number, role, people.tmdb_id AS person_tmdb_id, name, character, position
    FROM credits, people WITH NO DATA;
CREATE TEMPORARY TABLE staged_keywords ON COMMIT DROP AS
    SELECT 0 AS number, name FROM keywords WITH NO DATA;
CREATE TEMPORARY TABLE staged_companies ON COMMIT DROP AS
    SELECT 0 AS number, kind, tmdb_id, name, search_name FROM companies WITH NO DATA;
CREATE TEMPORARY TABLE staged_certificates ON COMMIT DROP AS
    SELECT 0 AS number, country, certificate, age FROM certificates WITH NO DATA;
CREATE TEMPORARY TABLE staged_related ON COMMIT DROP AS
    SELECT 0 AS number, similar_ids, recommended_ids FROM related_titles WITH NO DATA;
CREATE TEMPORARY TABLE staged_offers ON COMMIT DROP AS
    SELECT 0 AS number, country, service, offer_type, url FROM availability WITH NO DATA
"""  # noqa: S608 - constants only


def stage_titles(connection: Connection, titles: Sequence[Title], *, source: str) -> None:
    """Copies titles and their parts into the `staged_...` tables, dropped with the transaction.

    Repeats within a title are left out. Parts name their title by its number, its place in the
    batch.
    """
    for statement in _STAGE.split(";"):
        connection.exec_driver_sql(statement)
    numbered = list(enumerate(titles))
    copy_rows(
        connection, "staged_titles", (_own_row(number, title, source) for number, title in numbered)
    )
    copy_rows(
        connection,
        "staged_external_ids",
        (
            (number, of, own_id, title.media_type)
            for number, title in numbered
            for of, own_id in title.external_ids.items()
        ),
    )
    copy_rows(connection, "staged_people", _people_rows(titles))
    copy_rows(connection, "staged_credits", _credit_rows(numbered))
    copy_rows(
        connection,
        "staged_keywords",
        ((number, name) for number, title in numbered for name in dict.fromkeys(title.keywords)),
    )
    copy_rows(connection, "staged_companies", _company_rows(numbered))
    copy_rows(connection, "staged_certificates", _certificate_rows(numbered))
    copy_rows(
        connection,
        "staged_related",
        (
            (number, list(title.similar_ids), list(title.recommended_ids))
            for number, title in numbered
            if title.similar_ids or title.recommended_ids
        ),
    )
    copy_rows(connection, "staged_offers", _offer_rows(numbered))


def _own_row(number: int, title: Title, source: str) -> tuple[Any, ...]:
    folded = fold(title.title) or title.title.casefold()
    original = fold(title.original_title or "")
    original = "" if original == folded else original
    shown = shown_certificate(title.certificates)
    return (
        number,
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


def _credit_rows(numbered: Numbered) -> Iterable[tuple[Any, ...]]:
    for number, title in numbered:
        seen: set[tuple[str, int | str]] = set()
        for credit in title.credits:
            person = credit.person
            part = (credit.role, person.tmdb_id or person.name)
            if part not in seen:  # twice on the bill: the first character stands
                seen.add(part)
                yield (
                    number,
                    credit.role,
                    person.tmdb_id,
                    person.name,
                    credit.character,
                    credit.position,
                )


def _company_rows(numbered: Numbered) -> Iterable[tuple[Any, ...]]:
    for number, title in numbered:
        of_ids = {(company.kind, company.tmdb_id): company.name for company in title.companies}
        for key, name in of_ids.items():
            yield (number, *key, name, _indexable(fold(name) or name.casefold()))


def _certificate_rows(numbered: Numbered) -> Iterable[tuple[Any, ...]]:
    for number, title in numbered:
        for country, certificate in title.certificates.items():
            yield (number, country, certificate, age_of(country, certificate))


def _offer_rows(numbered: Numbered) -> Iterable[tuple[Any, ...]]:
    for number, title in numbered:
        offers = {(offer.country, offer.service, offer.offer_type): offer for offer in title.offers}
        for key, offer in offers.items():
            yield (number, *key, offer.url)
