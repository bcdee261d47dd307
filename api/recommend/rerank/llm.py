"""The hosted reranker: a language model orders the head and may word its explanations anew.

It is told the titles of the head, and the words of the request and the viewer's taste; of a known
profile these only with its consent, and never who asks. Its answer moves places and proposes
sentences, nothing else.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from api.domain.genres import GENRES, genres_of
from api.recommend.evidence.kinds import Kinds
from api.recommend.evidence.people import people_behind
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.explain.explainer import gather_evidence, reasons_of, titles_named
from api.recommend.explain.sentences import PageWording, named_facts
from api.recommend.pipeline.protocols import Reranker
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.recommend.rerank.llm_rerank import CandidateText, ModelScore, RerankModel, RerankQuestion
from config.explanations import ExplanationTemplatesFile

WINDOW = 25
_TITLES_IN_PROMPT = 12
_GENRES_IN_PROMPT = 5


class Synopsis(Protocol):
    """What a title is called and about."""

    @property
    def title(self) -> str: ...
    @property
    def overview(self) -> str: ...


# Ids to those of them that the catalogue has.
ReadSynopses = Callable[[Sequence[int]], Mapping[int, Synopsis]]


class LlmReranker(Reranker):
    """Reorders the first 25; who is not named keeps the mixer's order, behind the others."""

    asks_others = True

    def __init__(
        self,
        name: str,
        rerank_model: RerankModel,
        read: ReadSynopses,
        templates: ExplanationTemplatesFile,
        kinds: Kinds = EVIDENCE,
    ) -> None:
        self.name = name
        self._kinds = kinds
        self._judge = rerank_model
        self._read = read
        self._templates = templates

    def applies_to(self, query: Query) -> bool:
        # What is like a title is no question of taste.
        return not query.request.names_titles and (
            _words(query) is not None or bool(_shared_genres(query) or _shared_titles(query))
        )

    def rerank(self, query: Query, ranking: Ranking) -> Ranking:
        """Raises LanguageModelUnavailable when there is no usable answer in time."""
        size = min(WINDOW, len(ranking.order))
        if size < 2:
            return ranking
        head = replace(ranking, order=ranking.order[:size], scores=ranking.scores[:size])
        return _reordered(ranking, self._judge(self._question(query, head)))

    def _question(self, query: Query, head: Ranking) -> RerankQuestion:
        ids: list[int] = head.pool.ids[head.order].tolist()
        liked = _shared_titles(query)
        evidence = gather_evidence(query, head, self._kinds)
        synopses = self._read([*{*ids, *liked, *titles_named(evidence)}])
        titles = {item_id: synopsis.title for item_id, synopsis in synopses.items()}
        templates = self._templates.current()
        wording = PageWording(templates)
        rows: list[int] = head.pool.rows[head.order].tolist()
        of_all = reasons_of(
            evidence,
            rows=rows,
            people=people_behind(query),
            titles=titles,
            facts=query.facts,
            interpreted=query.interpreted,
            text=_words(query) and query.request.text,
            kinds=self._kinds,
        )
        candidates = []
        for item_id, row, reasons in zip(ids, rows, of_all, strict=True):
            may_tell = query.viewer.shares_taste
            nameable = [r for r in reasons if may_tell or r.code in self._kinds.impersonal]
            candidates.append(
                _candidate(
                    query,
                    row,
                    synopses.get(item_id),
                    say=wording.explain(nameable[:1]) or None,
                    facts=named_facts(nameable[0], templates) if nameable else (),
                )
            )
        return RerankQuestion(
            words=_words(query),
            liked=tuple(titles[item_id] for item_id in liked if item_id in titles),
            genres=_shared_genres(query),
            candidates=tuple(candidates),
            catalogue_version=query.facts.version,
            deadline=query.model_deadline,
        )


def _words(query: Query) -> str | None:
    if not query.viewer.shares_words:
        return None
    request = query.request
    return request.text or request.description or request.rewrite


def _shared_titles(query: Query) -> list[int]:
    """Titles that the viewer liked, the newest first, as far as the model may know of them."""
    taste = query.viewer.taste
    if not query.viewer.shares_taste:
        return []
    praised = set(taste.praised_ids.tolist())
    return [item_id for item_id in taste.liked_ids.tolist() if item_id in praised][
        :_TITLES_IN_PROMPT
    ]


def _shared_genres(query: Query) -> tuple[str, ...]:
    """The viewer's favourite genres, the strongest first, under the same condition."""
    if not query.viewer.shares_taste:
        return ()
    shares = query.viewer.taste.genre_prefs
    favourite = sorted(shares, key=lambda genre_id: (-shares[genre_id], genre_id))
    return tuple(GENRES[genre_id] for genre_id in favourite[:_GENRES_IN_PROMPT])


def _candidate(
    query: Query,
    row: int,
    synopsis: Synopsis | None,
    *,
    say: str | None,
    facts: tuple[str, ...],
) -> CandidateText:
    known = query.facts
    return CandidateText(
        title=synopsis.title if synopsis else "",
        media_type="tv" if known.is_show[row] else "movie",
        year=int(known.year[row]) or None,
        genres=tuple(GENRES[genre_id] for genre_id in genres_of(int(known.genres[row]))),
        overview=synopsis.overview if synopsis else "",
        say=say,
        facts=facts,
    )


def _reordered(ranking: Ranking, model_scores: Sequence[ModelScore]) -> Ranking:
    best = np.array([model_score.place for model_score in model_scores], dtype=np.int32)
    rest = np.setdiff1d(np.arange(len(ranking.order)), best)
    ids = ranking.pool.ids[ranking.order]
    # The scores stay those of the places, so that the order and the scores agree.
    return replace(
        ranking,
        order=ranking.order[np.concatenate([best, rest])],
        phrases={int(ids[v.place]): v.phrase for v in model_scores if v.phrase is not None},
        judged=tuple(int(ids[model_score.place]) for model_score in model_scores),
    )
