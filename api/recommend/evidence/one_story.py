"""Whether the viewer's own titles tell one story: submarines, kung fu, who did it in a village.

Keywords tell that only where a catalogue has them, and have ten names for one thing; vectors of
stories lie together all the same. Of 583 viewers of MovieLens one in forty has such a taste.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from api.catalogue.embeddings.read_embeddings import read_embeddings
from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Floats, Ints
from api.recommend.evidence.kept_by_state import KeptByState
from api.recommend.evidence.kept_by_taste import KeptByTaste
from api.recommend.evidence.kind import Needs
from api.recommend.evidence.nearest import Nearest, nearest
from api.recommend.evidence.own_titles import OwnTitles
from api.recommend.evidence.usual_titles import usual_titles
from api.recommend.query import Query

# (space, item ids) -> (ids, unit vectors) of those that the space holds, in no order.
ReadVectors = Callable[[int, Ints], tuple[Ints, Floats]]

_FEWEST, _MOST = 4, 50  # of the viewer's own, the newest


@dataclass(frozen=True, slots=True, eq=False)
class Story:
    """How near the viewer's own titles are to each other."""

    space_id: int
    centre: Floats  # of all of them
    nearness: float  # the mean cosine of each to the rest of them
    spread: float  # the standard deviation of what the cosines of usual titles are
    narrowness: float  # how few usual titles are as near: a log, 0 for titles of any story


class OneStory:
    """Works it out, once for each taste, and compares titles with it."""

    def __init__(self, read: ReadVectors, nearest: Nearest) -> None:
        self._read = read
        self._nearest = nearest
        self._usual = KeptByState[Floats]()
        self._kept = KeptByTaste[Story | None]()

    def of(self, query: Query) -> Story | None:
        """None where too few of the viewer's own have a vector."""
        space_id = query.versions.space_id
        if space_id is None or len(query.viewer.taste.liked_vectors) < _FEWEST:
            return None
        story = self._kept.of(query, lambda: self._work_out(query, space_id))
        if story is not None and story.space_id != space_id:
            return self._work_out(query, space_id)  # another space is in use since
        return story

    def farther(self, query: Query, item_ids: Ints) -> Floats:
        """How many standard deviations each of these is farther from the viewer's own than they are
        from each other, at least 0; without a vector as far as the farthest of them.

        1,300 titles take 3 ms.
        """
        story = self.of(query)
        farther = np.zeros(len(item_ids), dtype=np.float32)
        if story is None or len(item_ids) == 0:
            return farther
        order = np.argsort(item_ids)
        found = self._nearest(
            space_id=story.space_id,
            vectors=(story.centre,),
            k=len(item_ids),
            among=item_ids[order],
            exact=True,
            ef_search=len(item_ids),
        )
        if len(found.ids) == 0:
            return farther
        cosines = np.full(len(item_ids), found.scores.min(), dtype=np.float32)
        cosines[order[np.searchsorted(item_ids[order], found.ids)]] = found.scores
        return np.asarray((story.nearness - cosines).clip(0) / story.spread, dtype=np.float32)

    def _work_out(self, query: Query, space_id: int) -> Story | None:
        own = query.viewer.taste.liked_vectors[:_MOST]
        facts, shows = query.facts, OwnTitles.of(query).shows_alone
        usual = self._usual.of(
            shows=shows,
            state=(facts.version, facts.read_at, space_id),
            work_out=lambda: self._of_usual(facts, space_id, shows=shows),
        )
        if len(usual) < _FEWEST:
            return None
        whole = own.sum(axis=0)
        rest = whole - own
        rest /= np.linalg.norm(rest, axis=1, keepdims=True).clip(1e-6)
        near, by_chance = (own * rest).sum(axis=1), rest @ usual.T
        # The place of each among usual titles, by how near it is to the rest of the viewer's own.
        nearer = (by_chance >= near[:, None]).mean(axis=1) + 1 / len(usual)
        return Story(
            space_id=space_id,
            centre=whole / max(float(np.linalg.norm(whole)), 1e-6),
            nearness=float(near.mean()),
            spread=max(float(by_chance.std(axis=1).mean()), 1e-6),
            narrowness=-float(np.log(nearer).mean()) - 1,  # the mean of chance is 1
        )

    def _of_usual(self, facts: CatalogueFacts, space_id: int, *, shows: bool) -> Floats:
        return self._read(space_id, usual_titles(facts, shows=shows))[1]


def one_story(needs: Needs) -> OneStory:
    """With the vectors of the database."""
    read, search = partial(read_embeddings, needs.database), partial(nearest, needs.database)
    return OneStory(read, search)
