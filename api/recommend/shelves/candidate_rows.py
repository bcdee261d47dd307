"""What rows a page could have: each is a claim that holds for all of its titles."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.catalogue.facts.catalogue_facts import CatalogueFacts, decades_of
from api.domain.arrays import Ints, Mask, is_among
from api.domain.countries import SHARING, are_from_alone
from api.domain.genres import GENRES, genre_bits, genre_flags, genre_place
from api.domain.languages import language_of
from api.recommend.evidence.people import people_behind
from api.recommend.pipeline.run import Run
from api.recommend.shelves.beside_titles import BesideTitles

_GROUPS = 6  # of one kind, those with the most titles
_NEW_DAYS = 180  # since it came out
_USUAL = 3  # genres of most titles of a list, without which a title is a surprise
# Of titles by votes: below this, 260 of them, most people have not heard of a film; unless it is
# talked of now, by popularity.
_LITTLE_KNOWN, _TALKED_OF = 0.6, 0.8


@dataclass(frozen=True, slots=True, eq=False)
class CandidateRow:
    """A claim, and which places of the list it holds for."""

    code: str
    evidence: dict[str, Any]
    holds: Mask


def candidate_rows(run: Run, beside: BesideTitles) -> Iterator[CandidateRow]:
    """Every row there could be."""
    everything = np.ones(len(run.evidence), dtype=np.bool_)
    yield CandidateRow("for_you", {}, everything)
    yield from _because_of_titles(run, beside.titles)
    yield from _of_people(run)
    yield from _of_kinds(run)
    yield from _of_the_unusual(run)
    for evidence, titles in _largest(beside.services):
        yield CandidateRow("service", evidence, is_among(run.item_ids, titles))
    yield from _of_regions(run, beside)
    yield CandidateRow("on_watchlist", {}, is_among(run.item_ids, beside.watchlist))


def titles_of_claims(run: Run) -> Ints:
    """The titles that rows may want to name."""
    return np.unique(np.concatenate([run.evidence["because_id"], run.evidence["near_id"]]))


def _of_regions(run: Run, beside: BesideTitles) -> Iterator[CandidateRow]:
    """Of a region those titles that are of all genres by which it is named; of two regions with the
    same name the larger one."""
    named: set[str] = set()
    facts, rows = run.query.facts, run.listed.pool.rows[run.listed.order]
    for evidence, titles in _largest(beside.regions):
        if evidence["name"] in named:
            continue
        named.add(evidence["name"])
        of_name = {name: genre for genre, name in GENRES.items()}
        wanted = np.uint32(genre_bits(of_name[name] for name in evidence["genres"]))
        is_of_all = (facts.genres[rows] & wanted) == wanted
        yield CandidateRow("region", evidence, is_among(run.item_ids, titles) & is_of_all)


def _because_of_titles(run: Run, titles: Mapping[int, str]) -> Iterator[CandidateRow]:
    records = run.evidence
    near_liked = np.where(records["near_liked"], records["near_id"], 0)
    for code, column in (("co_liked", records["because_id"]), ("similar_to_liked", near_liked)):
        for item_id in _most_frequent(column):
            if item_id in titles:
                evidence = {"item_id": item_id, "title": titles[item_id]}
                yield CandidateRow(code, evidence, column == item_id)


def _of_people(run: Run) -> Iterator[CandidateRow]:
    known = people_behind(run.query)
    for person_id in _most_frequent(run.evidence["person_id"]):
        if person_id in known:
            evidence = {"person_id": person_id, "person": known[person_id][0]}
            yield CandidateRow("with_person", evidence, run.evidence["person_id"] == person_id)


def _of_kinds(run: Run) -> Iterator[CandidateRow]:
    """By what titles are, whoever asks."""
    facts, rows = run.query.facts, run.listed.pool.rows[run.listed.order]
    for genre_id, name in GENRES.items():
        has_genre = (facts.genres[rows] & np.uint32(genre_bits([genre_id]))) != 0
        yield CandidateRow("genre", {"genre_id": genre_id, "genre": name}, has_genre)
    decades, languages = decades_of(facts.year)[rows], facts.language[rows]
    for decade in _most_frequent(decades):
        yield CandidateRow("decade", {"decade": decade}, decades == decade)
    for code in _most_frequent(languages)[1:]:  # the first is that of most titles anyway
        yield CandidateRow("language", {"language": language_of(code)}, languages == code)
    made_in = are_from_alone(SHARING, facts.countries[rows], languages)
    for country, holds in sorted(made_in.items(), key=lambda one: -int(one[1].sum()))[1:_GROUPS]:
        yield CandidateRow("country", {"country": country}, holds)
    yield CandidateRow("series", {}, facts.is_show[rows])
    yield CandidateRow("little_known", {}, _little_known(run.query.facts, rows))


def _little_known(facts: CatalogueFacts, rows: Ints) -> Mask:
    """Films alone: of shows that everybody knows a third has no vote at TMDB, and whether one is
    talked of this week says nothing of it either."""
    has_few_votes = facts.fame_percentile[rows] < _LITTLE_KNOWN
    is_talked_of = facts.popularity_percentile[rows] >= _TALKED_OF
    return np.asarray(~facts.is_show[rows] & has_few_votes & ~is_talked_of)


def _of_the_unusual(run: Run) -> Iterator[CandidateRow]:
    """What is new, and what is unlike most of the list."""
    facts, rows = run.query.facts, run.listed.pool.rows[run.listed.order]
    since = run.query.now.date() - timedelta(days=_NEW_DAYS)
    released, today = facts.released[rows], np.datetime64(run.query.now.date())
    is_new = (released > np.datetime64(since)) & (released <= today)
    yield CandidateRow("new", {"since": since.isoformat()}, is_new)
    genres = facts.genres[rows]
    counts = genre_flags(genres).sum(axis=0)
    usual = sorted(sorted(GENRES), key=lambda one: -int(counts[genre_place(one)]))[:_USUAL]
    is_other = (genres != 0) & ((genres & np.uint32(genre_bits(usual))) == 0)
    yield CandidateRow("surprise", {"without_genres": [GENRES[one] for one in usual]}, is_other)


def _largest(groups: list[tuple[dict[str, Any], Ints]]) -> list[tuple[dict[str, Any], Ints]]:
    return sorted(groups, key=lambda group: -len(group[1]))[:_GROUPS]


def _most_frequent(column: NDArray[np.signedinteger]) -> list[int]:
    """The values that most places have, 0 aside."""
    values, counts = np.unique(column[column > 0], return_counts=True)
    return [int(one) for one in values[np.lexsort((values, -counts))][:_GROUPS]]
