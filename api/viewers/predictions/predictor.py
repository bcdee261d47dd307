"""Expected ratings of titles for a viewer, out of the model and the viewer's own opinions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Lock

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.similarity.item_similarity import ItemSimilarity
from api.domain.arrays import Floats, Ints, Mask
from api.platform.database import Database
from api.platform.resident import Resident
from api.viewers.events import ProfileKey
from api.viewers.predictions.calibrated import Calibrated, calibrated
from api.viewers.predictions.opinions import Opinions, opinions_of
from api.viewers.predictions.posterior import Posterior, posterior
from api.viewers.predictions.rating_numbers import RatingNumbers
from api.viewers.predictions.title_levels import TitleLevels, read_levels, read_numbers
from api.viewers.taste.evidence_of_taste import events_of
from api.viewers.versions import Versions, read_versions

_MOST_EVENTS = 1000  # the newest


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """What is expected of some titles, column for column with the ids asked about."""

    numbers: RatingNumbers
    opinions: Opinions
    titles: TitleLevels
    likeness: Floats  # (titles, opinions) by what titles are made of
    is_other: Mask  # (titles, opinions) whether the opinion is of another title
    found: Posterior
    calibrated: Calibrated


class Predictor:
    """One per process. Thread-safe."""

    def __init__(self, database: Database, similarity: Resident[ItemSimilarity]) -> None:
        self._database = database
        self._similarity = similarity
        self._lock = Lock()
        self._numbers: LRUCache[int, RatingNumbers | None] = LRUCache(4)  # by model

    def numbers(self, model_id: int | None) -> RatingNumbers | None:
        """What the model has for predictions; None for none."""
        if model_id is None:
            return None
        with self._lock:
            if model_id in self._numbers:
                return self._numbers[model_id]
        numbers = read_numbers(self._database, model_id)
        with self._lock:
            self._numbers[model_id] = numbers
        return numbers

    def opinions(self, versions: Versions) -> Opinions:
        """What the profile said of titles within its limits; nothing of one that there is not."""
        if versions.profile_id is None:
            return opinions_of([])
        events = self._database.read(
            events_of(versions.profile_id, _MOST_EVENTS, limits=versions.limits)
        )
        return opinions_of(events)

    def expected(
        self, versions: Versions, facts: CatalogueFacts, item_ids: Ints
    ) -> Expected | None:
        """Of these different titles; None without a model of ratings. 50 take some 10 ms."""
        numbers = self.numbers(versions.model_id)
        if numbers is None or versions.model_id is None:
            return None
        opinions = self.opinions(versions)
        both, inverse = np.unique(np.append(opinions.ids, item_ids), return_inverse=True)
        places = inverse.astype(np.intp)
        titles = read_levels(
            self._database, versions.model_id, numbers, facts, both.astype(np.int32)
        )
        similarity = self._similarity.current(versions.catalogue_version)
        found = expect(
            numbers,
            opinions,
            titles,
            similarity,
            ids=both.astype(np.int32),
            rated=places[: len(opinions)],
            asked=places[len(opinions) :],
        )
        return _without_same(found, facts, item_ids)

    def probabilities(
        self, viewers: Sequence[ProfileKey], facts: CatalogueFacts, item_ids: Ints
    ) -> Floats | None:
        """(viewers, titles): how likely each likes each; None without a model of ratings.

        Of a viewer who has said nothing it is what titles are to viewers in general.
        """
        found = [
            self.expected(
                read_versions(self._database, viewer.user_id, viewer.profile), facts, item_ids
            )
            for viewer in viewers
        ]
        probabilities = [one.calibrated.probability for one in found if one is not None]
        return (
            np.stack(probabilities) if probabilities and len(probabilities) == len(found) else None
        )


def expect(
    numbers: RatingNumbers,
    opinions: Opinions,
    titles: TitleLevels,
    similarity: ItemSimilarity,
    *,
    ids: Ints,
    rated: NDArray[np.intp],
    asked: NDArray[np.intp],
) -> Expected:
    """`titles` and `ids` are of one length; `rated` and `asked` are places in them."""
    alike = similarity.between(ids, opinions.ids)
    loadings = np.hstack(
        [np.full((len(ids), 1), np.sqrt(numbers.leniency)), titles.factors]
    ).astype(np.float64)
    covariance = loadings @ loadings[rated].T + numbers.kinship * alike
    own = (loadings**2).sum(axis=1) + numbers.kinship
    together = (covariance[rated] + covariance[rated].T) / 2
    together[np.diag_indices(len(rated))] = own[rated]
    levels = numbers.mean + titles.levels.astype(np.float64)
    found = posterior(
        above=opinions.points - levels[rated],
        noise=numbers.noise * opinions.vagueness.astype(np.float64),
        together=together,
        levels=levels[asked],
        with_asked=covariance[asked],
        own=own[asked],
        usual_noise=numbers.noise,
    )
    of_asked = TitleLevels(titles.levels[asked], titles.factors[asked], titles.ratings[asked])
    is_other = np.asarray(ids[asked][:, None] != opinions.ids)
    told = calibrated(found, numbers)
    return Expected(numbers, opinions, of_asked, alike[asked], is_other, found, told)


def _without_same(expected: Expected, facts: CatalogueFacts, item_ids: Ints) -> Expected:
    """What was said of another row that is the same title was said of the title itself."""
    is_other = expected.is_other.copy()
    for one, same in facts.same_titles.tolist():
        is_other[np.ix_(item_ids == one, expected.opinions.ids == same)] = False
    return replace(expected, is_other=is_other)
