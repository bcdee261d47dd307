"""Decides what each signal weighs: by the words, by how much is known of the viewer, as asked."""

from collections.abc import Mapping
from dataclasses import replace

from api.recommend.pipeline.protocols import QueryHydrator
from api.recommend.query import Query
from config.ranking import Fame, Mixer

# Where the words say how others are to differ from a title, it counts as much as all of them.
_LIKENESS, _LEADING = "likeness", 4.0


def _between(
    none: Mapping[str, float], usual: Mapping[str, float], share: float
) -> Mapping[str, float]:
    """The usual weights as far as `share` goes, and for the rest those of `none`, on one scale."""
    if share in (0, 1):
        return usual if share else none
    scale = sum(usual.values()) / max(sum(none.values()), 1e-6)
    return {
        name: (1 - share) * scale * none.get(name, 0.0) + share * usual.get(name, 0.0)
        for name in {**none, **usual}
    }


class SignalWeights(QueryHydrator):
    """Sets `weights`; those that the request names count as they stand there."""

    name = "weights"

    def __init__(self, mixer: Mixer, fame: Fame) -> None:
        self._mixer = mixer
        self._fame = fame

    def hydrate(self, query: Query) -> Query:
        request, taste = query.request, query.viewer.taste
        usual = self._mixer.of_history(taste.liked_titles)
        if taste.liked_titles:
            usual = _between(self._mixer.lone, usual, taste.known_of_others)
        if request.text:
            asks = query.text_kind == "query" or self._fame.named is None
            usual = self._mixer.query if asks else self._mixer.narrative
            if asks and query.words and query.intent is not None and query.intent.seed_leads:
                usual = {**usual, _LIKENESS: _LEADING * usual.get(_LIKENESS, 0.0)}
        if request.names_titles:
            usual = self._mixer.like
        return replace(query, weights=dict(usual) | dict(request.weights))
