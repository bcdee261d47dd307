"""What thirty lines find: popularity, BM25, vectors, their fusion, that times fame, co-liking."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from api.domain.arrays import Floats
from tests.quality.strangers.catalogue import Titles, words_of
from tests.quality.strangers.requests import Key

Scores = NDArray[np.float64]
_K1 = 1.2
_B = 0.75
_FUSED = 1000  # of each list
_RANK_OFFSET = 60  # of reciprocal-rank fusion (Cormack et al. 2009)
_FIRST = 100
NAMES = ("popularity", "BM25", "vectors", "fusion", "fusion x log-votes²", "co-liking of seeds")


class Baselines:
    """Rankings of the whole catalogue by plain means."""

    def __init__(self, titles: Titles) -> None:
        self._titles = titles
        self._place: dict[str, int] = {}
        self._row = {key: row for row, key in enumerate(titles.keys)}
        self._words = self._weigh()
        self._fame = np.log1p(titles.votes) / max(np.log1p(titles.votes.max()), 1e-6)

    def ranked(self, text: str, vector: Floats, named: Sequence[Key] = ()) -> dict[str, list[Key]]:
        """By NAMES the first hundred titles; co-liking knows none where no title is `named`."""
        known = {self._place[word] for word in words_of(text) if word in self._place}
        words = np.asarray(self._words[sorted(known)].sum(axis=0)).ravel()
        near = (self._titles.vectors @ vector).astype(np.float64)
        fused = _fused(words, near)
        by_fame = fused * self._fame**2
        scores = (self._titles.votes, words, near, fused, by_fame, self._co_liked(named))
        return {
            name: [self._titles.keys[row] for row in _best(one, _FIRST) if one[row] > 0]
            for name, one in zip(NAMES, scores, strict=True)
        }

    def _co_liked(self, named: Sequence[Key]) -> Scores:
        """What the viewers of the model like beside the named titles, summed up."""
        found = np.zeros(len(self._titles.keys))
        for key in named:
            for other, weight in self._titles.co_liked.get(key, {}).items():
                if other not in named and other in self._row:
                    found[self._row[other]] += weight
        return found

    def _weigh(self) -> csr_matrix:
        """(words, titles): what a word adds to a title's BM25 (Robertson & Zaragoza 2009)."""
        titles = self._titles.words
        places, columns, counts = [], [], []
        for column, words in enumerate(titles):
            for word, count in Counter(words).items():
                places.append(self._place.setdefault(word, len(self._place)))
                columns.append(column)
                counts.append(count)
        lengths = np.array([len(words) for words in titles], dtype=np.float64)
        size = _K1 * (1 - _B + _B * lengths / lengths.mean())
        having = np.bincount(places, minlength=len(self._place))
        rarity = np.log(1 + (len(titles) - having + 0.5) / (having + 0.5))
        often = np.array(counts, dtype=np.float64)
        weights = rarity[places] * often * (_K1 + 1) / (often + size[columns])
        return csr_matrix((weights, (places, columns)), (len(self._place), len(titles)))


def _fused(*scores: Scores) -> Scores:
    fused = np.zeros_like(scores[0])
    for one in scores:
        best = _best(one, _FUSED)
        best = best[one[best] > 0]
        fused[best] += 1 / (_RANK_OFFSET + 1 + np.arange(len(best)))
    return fused


def _best(scores: Scores, count: int) -> NDArray[np.int64]:
    return np.argsort(-scores, kind="stable")[:count]
