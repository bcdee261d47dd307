"""Why a title is in the list: evidence gathered from what ranked it, sentences made of evidence.

Evidence is stored with the slate, so that every later page explains itself as page one does, and
an explanation cannot disagree with the score it came from.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, is_among
from api.domain.genres import GENRES, genre_bits, genres_of
from api.domain.languages import language_code
from api.language.intent import Interpreted
from api.recommend.explain.evidence_record import EVIDENCE, Reason
from api.recommend.explain.phrasing import rephrases
from api.recommend.pool import SourceBit
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.viewers.taste.taste import Proposed
from config.explanations import PLACEHOLDERS, ExplanationTemplates, ReasonCode

# Below this cosine MiniLM's neighbours of a synopsis have no more in common than their genre.
_NEAR = 0.4
# A genre is a favourite from this share of the likings on, and "often" from so many titles.
_FAVOURITE_GENRE = 0.1
_OFTEN = 3
_SHOWN_RANK = 100
_MANY_VOTES = 500
_HIGH_AVERAGE = 7.5
_MOST_REASONS = 4
_TOLD_REASONS = 2

# Reasons that tell nothing of the viewer's taste; any other one may.
IMPERSONAL: frozenset[ReasonCode] = frozenset(
    {
        "as_asked",
        "matches_query",
        "similar_to_named",
        "off_the_beaten_path",
        "trending",
        "top_rated",
        "popular",
        "acclaimed",
        "popular_here",
    }
)


def gather_evidence(query: Query, ranking: Ranking) -> NDArray[np.void]:
    """One EVIDENCE record per candidate, in the ranking's order."""
    pool, order = ranking.pool, ranking.order
    evidence = np.zeros(len(order), dtype=EVIDENCE)
    evidence["sources"] = pool.sources[order]
    _add_wished(query, ranking, evidence)
    explored = np.zeros(len(pool), dtype=np.bool_)
    explored[list(ranking.explored)] = True
    evidence["explored"] = explored[order]
    evidence["propensity"] = [ranking.explored.get(index, 1.0) for index in order.tolist()]
    if (fatigue := ranking.signals.get("fatigue")) is not None:
        evidence["fatigue"] = fatigue[order]
    genres = _favourite_genres(query, ranking)
    evidence["genre_id"] = genres
    counts = query.viewer.taste.genre_titles
    evidence["genre_titles"] = [counts.get(genre, 0) for genre in genres.tolist()]
    _add_nearest(query, ranking, evidence)
    taste, ids = query.viewer.taste, pool.ids[order]
    because = _looked_up(ids, taste.co_liked)
    evidence["because_id"] = np.where(because > 0, because, _looked_up(ids, taste.fan_liked))
    evidence["followed_id"] = _looked_up(ids, taste.followed)
    evidence["neighbours"] = _looked_up(ids, taste.chosen_by_neighbours)
    evidence["listed_id"] = _looked_up(ids, taste.related)
    evidence["person_id"] = _looked_up(ids, taste.of_people)
    return evidence


def people_behind(query: Query) -> dict[int, tuple[str, int]]:
    """The people that evidence may name: id to name and liked titles with that person."""
    return {p.person_id: (p.name, p.titles) for p in query.viewer.taste.people}


def titles_named(evidence: NDArray[np.void]) -> set[int]:
    """The items whose titles the reasons of these records may name."""
    fields = ("seed_id", "near_id", "because_id", "followed_id", "listed_id")
    return {item_id for field in fields for item_id in evidence[field].tolist()} - {0}


def reasons_for(
    record: np.void,
    *,
    people: Mapping[int, tuple[str, int]],
    titles: Mapping[int, str],
    facts: CatalogueFacts,
    row: int,
    interpreted: Sequence[Interpreted] = (),
) -> list[Reason]:
    """The strongest reasons of one EVIDENCE record first, at most four.

    `interpreted` is what became of the request's words. `row` is the title's in the facts, -1 when
    it has left the catalogue; else there is a reason.
    """
    found: list[Reason] = []

    def add(code: ReasonCode, **evidence: object) -> None:
        found.append(Reason(code, evidence))

    near, because = int(record["near_id"]), int(record["because_id"])
    listed, seed = int(record["listed_id"]), int(record["seed_id"])
    followed = int(record["followed_id"])
    asked = asked_of(facts, row, interpreted) if row >= 0 else []
    if asked:
        add("as_asked", asked=", ".join(asked))
    if seed in titles:
        cosine = round(float(record["seed_cosine"]), 3)
        add("similar_to_named", item_id=seed, title=titles[seed], cosine=cosine)
    elif record["by_words"] and not asked:
        cosine = round(float(record["words_cosine"]), 3)
        add("matches_query", **({"cosine": cosine} if cosine else {}))
    if record["explored"]:
        add("off_the_beaten_path")
    if near in titles and near != seed:
        cosine = round(float(record["near_cosine"]), 3)
        add(
            "similar_to_liked" if record["near_liked"] else "similar_to_watched",
            item_id=near,
            title=titles[near],
            cosine=cosine,
        )
    if (person := people.get(int(record["person_id"]))) is not None:
        name, count = person
        add(
            "person_in_common" if count > 1 else "same_maker",
            person_id=int(record["person_id"]),
            person=name,
            count=count,
        )
    if because in titles and because not in (seed, near):
        add("co_liked", item_id=because, title=titles[because])
    if followed in titles and followed not in (seed, near, because):
        add("followed", item_id=followed, title=titles[followed])
    if neighbours := int(record["neighbours"]):
        add("chosen_by_neighbours", count=neighbours)
    if listed in titles and listed not in (seed, near, because, followed):
        add("listed_beside", item_id=listed, title=titles[listed])
    if row >= 0:
        _add_standing(facts, row, add)
    if genre := int(record["genre_id"]):
        count = int(record["genre_titles"])
        add("genre_affinity", genre_id=genre, genre=GENRES[genre], count=count)
    if not found and row >= 0:
        add("popular_here", rank=facts.popularity_rank(row))
    return found[:_MOST_REASONS]


def asked_of(facts: CatalogueFacts, row: int, interpreted: Sequence[Interpreted]) -> list[str]:
    """What of the words' filters the title is, in its own terms: "Crime", "1995", "102 minutes"."""
    told: dict[str, None] = {}
    genres = genres_of(int(facts.genres[row]))
    year, minutes = int(facts.year[row]), int(facts.runtime[row])
    for chip in interpreted:
        # What was relaxed may hold for this title all the same.
        if chip.status == "unsupported" or chip.source == "parameter":
            continue
        values = chip.value if isinstance(chip.value, list) else [chip.value]
        match chip.field:
            case "genre":
                told |= {GENRES[genre]: None for genre in genres if genre in values}
            case "year" if _is_within(year, values):
                told[str(year)] = None
            case "runtime" if _is_within(minutes, values):
                told[f"{minutes} minutes"] = None
            case "language" if facts.language[row] in map(_code, values):
                told[f"in {chip.label}"] = None
    return list(told)


def _is_within(number: int, bounds: Sequence[object]) -> bool:
    """Whether a known number lies between the two bounds of a chip, of which 0 is open."""
    match bounds:
        case [int(first), int(last)]:
            return number > 0 and first <= number and (last == 0 or number <= last)
    return False


def _code(language: object) -> int:
    return language_code(language) if isinstance(language, str) else 0


def sentence_for(
    reasons: Sequence[Reason],
    place: int,
    templates: ExplanationTemplates,
    phrase: str | None = None,
) -> str:
    """At most two sentences; the wording varies with the place, so that pages do too.

    `phrase` is a model's word for one of the reasons; it counts only if it says that reason with
    the facts of this very moment, which may be others than those the model was told.
    """
    parts = []
    for reason in reasons[:_TOLD_REASONS]:
        wordings = templates.sentences[reason.code]
        if phrase and rephrases(phrase, facts=told_facts(reason), wordings=wordings):
            parts.append(phrase)
            phrase = None
        else:
            parts.append(wordings[place % len(wordings)].format(**reason.evidence))
    return " ".join(parts)


def told_facts(reason: Reason) -> tuple[str, ...]:
    """What a sentence for this reason names, as it is written there."""
    return tuple(str(reason.evidence[name]) for name in sorted(PLACEHOLDERS[reason.code]))


def _add_standing(facts: CatalogueFacts, row: int, add: Callable[..., None]) -> None:
    """Ranks and votes, as far as they are worth telling."""
    lists: tuple[tuple[ReasonCode, Ints], ...] = (
        ("trending", facts.trending_rank),
        ("top_rated", facts.top_rated_rank),
        ("popular", facts.popular_rank),
    )
    for code, ranks in lists:
        if 0 < ranks[row] <= _SHOWN_RANK:
            add(code, rank=int(ranks[row]), kind="shows" if facts.is_show[row] else "movies")
    if facts.vote_count[row] >= _MANY_VOTES and facts.vote_average[row] >= _HIGH_AVERAGE:
        average = round(float(facts.vote_average[row]), 1)
        add("acclaimed", average=average, votes=int(facts.vote_count[row]))


def _add_wished(query: Query, ranking: Ranking, evidence: NDArray[np.void]) -> None:
    """What the words found: by their vector, in name or story, or beside a title that they name."""
    if (
        query.text_vector is not None
        and (cosines := ranking.pool.retrieved.get("query_ann")) is not None
    ):
        evidence["words_cosine"] = np.nan_to_num(cosines[ranking.order], nan=0.0)
    by_full_text = SourceBit.lexical | SourceBit.story
    has_words = (evidence["sources"] & by_full_text.value) != 0
    evidence["by_words"] = has_words | (evidence["words_cosine"] > 0)
    if query.seed_vectors is None or ranking.embeddings is None or ranking.embedded is None:
        return
    places, ids = ranking.embedded[ranking.order], ranking.pool.ids[ranking.order]
    seeds = np.array(query.seed_ids, dtype=np.int32)
    cosines = (ranking.embeddings @ query.seed_vectors.T)[np.maximum(places, 0)]
    # The named title itself may be in the list; that it is like itself says nothing.
    cosines[(places < 0)[:, None] | (ids[:, None] == seeds)] = -1
    best = cosines.argmax(axis=1)
    cosine = cosines[np.arange(len(best)), best]
    near = cosine >= _NEAR
    evidence["seed_id"][near] = seeds[best[near]]
    evidence["seed_cosine"][near] = cosine[near]


def _add_nearest(query: Query, ranking: Ranking, evidence: NDArray[np.void]) -> None:
    """For candidates with a vector: the viewer's own title it is nearest to, if it is near."""
    taste = query.viewer.taste
    if ranking.embeddings is None or ranking.embedded is None or len(taste.liked_ids) == 0:
        return
    places = ranking.embedded[ranking.order]
    cosines = ranking.embeddings @ taste.liked_vectors.T
    best = cosines.argmax(axis=1)
    cosine = cosines[np.arange(len(best)), best]
    liked = taste.liked_ids[best]
    praised = is_among(liked, taste.praised_ids)
    near = (places >= 0) & (cosine[places] >= _NEAR)
    evidence["near_id"][near] = liked[places[near]]
    evidence["near_cosine"][near] = cosine[places[near]]
    evidence["near_liked"][near] = praised[places[near]]


def _favourite_genres(query: Query, ranking: Ranking) -> NDArray[np.int32]:
    """Per candidate the viewer's most liked genre among its own, 0 for none."""
    bits = query.facts.genres[ranking.pool.rows[ranking.order]]
    favourite = np.zeros(len(bits), dtype=np.int32)
    shares, often = query.viewer.taste.genre_prefs, query.viewer.taste.genre_titles
    for genre_id in sorted(shares, key=lambda genre: shares[genre]):  # the strongest last
        if shares[genre_id] >= _FAVOURITE_GENRE and often.get(genre_id, 0) >= _OFTEN:
            favourite[(bits & np.uint32(genre_bits([genre_id]))) != 0] = genre_id
    return favourite


def _looked_up(ids: NDArray[np.int32], proposed: Proposed) -> NDArray[np.int32]:
    """What each id is proposed because of, 0 where nothing proposes it."""
    if len(proposed) == 0:
        return np.zeros(len(ids), dtype=np.int32)
    places = np.minimum(np.searchsorted(proposed.items, ids), len(proposed) - 1)
    found = proposed.items[places] == ids
    return np.where(found, proposed.because[places], 0).astype(np.int32)
