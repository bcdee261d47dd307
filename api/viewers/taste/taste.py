"""A viewer's taste, learned from events: vectors, interests, affinities. Pure arithmetic.

Events come newest first. Recent taste decays by position (half-life in events), whole taste by
age (half-life in days). Ratings are centred on the viewer's own mean, so a generous rater's 6 is
a dislike; dislikes push the vector away. The k-means is our own, because SciPy's measures by
Euclid, weighs no point and is started by chance, and this one gives the same interests every time.
"""

from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from api.domain.arrays import Floats, Ints, Mask
from api.viewers.taste.implicit_rating import SEEN
from config.ranking import Profile

_SECONDS_PER_DAY = 86_400
_LEANING_PRIOR = 10 * SEEN  # titles watched
# A group marks a taste that has so many titles of it, such a share of all, and so many times the
# share that the catalogue has.
_MARKING_TITLES, _MARKING_SHARE, _MARKING_TIMES = 3, 0.25, 3.0
_AGREED_ON, _SHARE_OF_FANS = 20, 0.12


@dataclass(frozen=True, slots=True)
class Affinity:
    """A person whom several liked titles have in common."""

    person_id: int
    name: str
    titles: int  # liked titles with that person
    weight: float  # in (0, 1], 1 for the strongest


def _no_ids() -> Ints:
    return np.empty(0, np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Proposed:
    """Titles that one kind of evidence speaks for; the columns have one length."""

    items: Ints = field(default_factory=_no_ids)  # ascending
    scores: Floats = field(default_factory=lambda: np.empty(0, np.float32))
    because: Ints = field(default_factory=_no_ids)  # the id of what says most, 0 for nothing

    def __len__(self) -> int:
        return len(self.items)


@dataclass(frozen=True, slots=True, eq=False)
class Taste:
    """What is known of a viewer; arrays may be empty, vectors are unit length or None."""

    short_vec: Floats | None = None
    long_vec: Floats | None = None
    interests: tuple[Floats, ...] = ()
    # Titles that say something for themselves, with their unit vectors, row for row.
    liked_ids: Ints = field(default_factory=_no_ids)
    liked_vectors: Floats = field(default_factory=lambda: np.empty((0, 0), np.float32))
    # Those of them that were liked or rated well, not only watched.
    praised_ids: Ints = field(default_factory=_no_ids)  # ascending
    genre_prefs: dict[int, float] = field(default_factory=dict)  # genre id -> share of likings
    genre_titles: dict[int, int] = field(default_factory=dict)  # genre id -> titles behind it
    # Language code or first year of a decade -> how it stands to the catalogue, see `leanings`.
    languages: dict[int, float] = field(default_factory=dict)
    decades: dict[int, float] = field(default_factory=dict)
    # Language code -> titles behind it, of the languages that mark the taste, see `marking`.
    marking_languages: dict[int, int] = field(default_factory=dict)
    people: tuple[Affinity, ...] = ()
    of_people: Proposed = field(default_factory=Proposed)  # by affinities' weights; a person
    # Titles of `of_people` whose person made them and does not play in them.
    made_by_people: Ints = field(default_factory=_no_ids)  # ascending
    # Every title of the history, the newest first, and what it says by liking and recency.
    known_ids: Ints = field(default_factory=_no_ids)
    known_weights: Floats = field(default_factory=lambda: np.empty(0, np.float32))
    known_named: Mask = field(default_factory=lambda: np.empty(0, np.bool_))  # by reasons
    liked_titles: int = 0  # how many titles say something for themselves
    # The rest because of one of the viewer's own titles.
    co_liked: Proposed = field(default_factory=Proposed)  # by predicted liking
    fan_liked: Proposed = field(default_factory=Proposed)  # by the share of fans who like it too
    followed: Proposed = field(default_factory=Proposed)  # by how often it is liked soon after
    related: Proposed = field(default_factory=Proposed)  # by TMDB's lists, in (0, 1]

    @property
    def known_of_others(self) -> float:
        """How much is known of others who like the viewer's titles: 0 nothing, 1 enough.

        Enough is where the titles that their fans agree on most are liked by so large a share of
        them on average; of viewers in MovieLens with two likings or more 19 of 20 have that.
        """
        if len(self.fan_liked) == 0:
            return 0.0
        most = np.sort(self.fan_liked.scores)[-_AGREED_ON:]
        return min(float(most.sum()) / _AGREED_ON / _SHARE_OF_FANS, 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Commonness:
    """How common groups of titles are, as languages or decades: their shares add up to 1."""

    groups: NDArray[np.intp]  # ascending
    shares: NDArray[np.float64]


def recency(count: int, *, half_life: float, floor: float) -> Floats:
    """What each of `count` titles, newest first, still counts: from 1 halving towards `floor`."""
    faded = 0.5 ** (np.arange(count) / half_life)
    return (floor + (1 - floor) * faded).astype(np.float32)


def vectors(
    weights: Floats,
    times: NDArray[np.float64],
    embeddings: Floats,
    *,
    now: datetime,
    numbers: Profile,
) -> tuple[Floats | None, Floats | None]:
    """(short, long) taste vectors of titles newest first; embeddings (n, d) of unit length.

    Both None when nothing is liked: from dislikes alone no direction of taste follows.
    """
    if not (weights > 0).any():
        return None, None
    recent = 0.5 ** (np.arange(len(weights)) / numbers.decay_half_life)
    age_days = np.maximum(now.timestamp() - times, 0) / _SECONDS_PER_DAY
    whole = 0.5 ** (age_days / numbers.long_half_life_days)
    return (
        _pulled((weights * recent).astype(np.float32), embeddings, numbers.negative_share),
        _pulled((weights * whole).astype(np.float32), embeddings, numbers.negative_share),
    )


def interests(weights: Floats, embeddings: Floats, numbers: Profile) -> tuple[Floats, ...]:
    """Centroids of a wide taste by spherical k-means, the largest first; () for a narrow one.

    Dhillon & Modha 2001. Starts are the farthest points, so the result is the same every time.
    """
    liked = weights > 0
    if liked.sum() < numbers.interests_from or numbers.interests_max < 2:
        return ()
    points, mass = embeddings[liked], weights[liked]
    starts = [int(np.argmax(mass))]
    while len(starts) < numbers.interests_max:
        starts.append(int(np.argmin((points @ points[starts].T).max(axis=1))))
    centroids = points[starts]
    nearest = np.full(len(points), -1)
    for _ in range(8):
        before, nearest = nearest, np.argmax(points @ centroids.T, axis=1)
        if (nearest == before).all():
            break
        # As a product, which takes a tenth of what adding row by row does.
        sums = ((nearest == np.arange(len(centroids))[:, None]) * mass) @ points
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        centroids = np.where(norms > 0, sums / np.maximum(norms, 1e-9), centroids)
    sizes = np.bincount(nearest, weights=mass, minlength=len(centroids))
    # A centroid of one title is that title, not an interest.
    members = np.bincount(nearest, minlength=len(centroids))
    order = [i for i in np.argsort(-sizes, kind="stable") if members[i] > 1]
    return tuple(centroids[i].astype(np.float32) for i in order) if len(order) > 1 else ()


def commonness(catalogue: NDArray[np.int16]) -> Commonness:
    """How common each group but 0 is among the titles of the catalogue."""
    # A fifth of what sorting them takes. A catalogue may be empty.
    counts = np.bincount(np.maximum(catalogue, 0), minlength=1)
    counts[0] = 0
    groups = np.flatnonzero(counts)
    return Commonness(groups, counts[groups] / max(int(counts.sum()), 1))


def affinities(liked: NDArray[np.int16], weights: Floats, common: Commonness) -> dict[int, float]:
    """Of every group but 0 how much more it is liked than it is common, in (0, 1).

    `liked` are the groups of the liked titles, all of which `common` knows. A group liked as often
    as it is common has 0.5, one liked twice as often 2/3: being common alone is no affinity. Few
    likings lean little, as if `_LEANING_PRIOR` more had been spread like the catalogue.
    """
    known = liked > 0
    if not known.any():
        return {}
    liked_of = np.zeros(len(common.groups))
    np.add.at(liked_of, np.searchsorted(common.groups, liked[known]), weights[known])
    prior = _LEANING_PRIOR * common.shares
    share = (liked_of + prior) / (liked_of.sum() + _LEANING_PRIOR)
    leanings = share / (share + common.shares)
    return dict(zip(common.groups.tolist(), leanings.tolist(), strict=True))


def marking(liked: NDArray[np.int16], common: Commonness) -> dict[int, int]:
    """How many of the liked titles are of each group that marks them, by group; never of group 0.

    One that is most of the catalogue marks nobody: all of a taste is less than three times as much.
    """
    counts = np.bincount(liked[liked > 0], minlength=1)
    shares = np.zeros(len(counts))
    known = common.groups < len(counts)
    shares[common.groups[known]] = common.shares[known]
    enough = max(_MARKING_TITLES, _MARKING_SHARE * len(liked))
    marks = (counts >= enough) & (counts >= _MARKING_TIMES * shares * len(liked))
    return {group: int(counts[group]) for group in np.flatnonzero(marks).tolist()}


def related_scores(
    places: Ints, recommended: Mask, weights: Floats, *, similar_share: float
) -> Floats:
    """The score of each entry of TMDB's lists: the weight of whose list it is, discounted by place.

    Places count from 1 and are discounted by 1/log2(place + 1), as in DCG (Jarvelin & Kekalainen
    2002); an entry of a "similar" list has `similar_share` of a recommended one's.
    """
    share = np.where(recommended, 1.0, similar_share)
    return np.asarray(weights * share / np.log2(places + 1.0), dtype=np.float32)


def normalised(vector: Floats) -> Floats | None:
    """The vector at unit length, or None for one that is (nearly) zero."""
    length = float(np.linalg.norm(vector))
    return None if length < 1e-6 else (vector / length).astype(np.float32)


def _pulled(weights: Floats, embeddings: Floats, negative_share: float) -> Floats | None:
    liked, disliked = weights > 0, weights < 0
    toward = normalised(weights[liked] @ embeddings[liked])
    if toward is None or not disliked.any():
        return toward
    away = normalised(-weights[disliked] @ embeddings[disliked])
    return toward if away is None else normalised(toward - negative_share * away)
