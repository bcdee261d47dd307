"""Decides what each signal weighs: by the words, by how much is known of the viewer, as asked."""

from dataclasses import replace

from api.recommend.pipeline.protocols import QueryHydrator
from api.recommend.query import Query
from config.ranking import Fame, Mixer


class SignalWeights(QueryHydrator):
    """Sets `weights`; those that the request names count as they stand there."""

    name = "weights"

    def __init__(self, mixer: Mixer, fame: Fame) -> None:
        self._mixer = mixer
        self._fame = fame

    def hydrate(self, query: Query) -> Query:
        request, taste = query.request, query.viewer.taste
        usual = self._mixer.of_history(taste.liked_titles)
        if taste.liked_titles and not taste.knows_others:
            usual = self._mixer.lone
        if request.text:
            asks = query.text_kind == "query" or self._fame.named is None
            usual = self._mixer.query if asks else self._mixer.narrative
        if request.names_titles:
            usual = self._mixer.like
        return replace(query, weights=dict(usual) | dict(request.weights))
