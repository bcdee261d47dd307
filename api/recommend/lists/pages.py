"""Cuts pages from a slate and writes them as JSON: cards ready made, the rest added."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import orjson

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.items.cards import ItemCards
from api.recommend.constraints.constraints import Constraints
from api.recommend.constraints.kinds import limits_of
from api.recommend.evidence.kinds import Kinds
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.explain.explainer import reasons_for, titles_named
from api.recommend.explain.sentences import sentence_for
from api.recommend.lists.left_out import left_out
from api.recommend.lists.slate import Slate
from api.recommend.lists.within_limits import Cut
from api.recommend.pipeline.trace import Trace
from api.viewers.events import ProfileKey
from api.viewers.preferences.preference import Preference
from config.explanations import ExplanationTemplatesFile

# What the viewer of a profile states now.
StatedBy = Callable[[ProfileKey], Iterable[Preference]]


class Pages:
    """Renders; the order, the scores and the evidence are the slate's."""

    def __init__(
        self,
        cards: ItemCards,
        templates: ExplanationTemplatesFile,
        stated: StatedBy,
        kinds: Kinds = EVIDENCE,
    ) -> None:
        self._cards = cards
        self._templates = templates
        self._stated = stated
        self._kinds = kinds

    def render(
        self,
        page: Cut,
        *,
        facts: CatalogueFacts,
        country: str,
        cursor: str | None,
        trace: Trace | None,
    ) -> bytes:
        """The JSON of a page.

        What left_out.py says is left out. A first page has just been ranked under what the viewer
        states, so only the pages behind it ask what they have stated since.
        """
        slate, start, stop = page.slate, page.start, page.stop
        evidence = slate.evidence[start:stop]
        shown = slate.item_ids[start:stop].tolist()
        named = {one for one in titles_named(evidence, self._kinds) if page.shows(one)}
        cards = self._cards.of([*shown, *named], country=country, version=facts.version)
        titles = {item_id: cards[item_id].title for item_id in named if item_id in cards}
        limits = self._limits(slate, facts) if start else Constraints()
        hidden = left_out(slate.item_ids[start:stop], cards, facts, limits)
        templates = self._templates.current()
        items: list[bytes] = []
        rows = facts.rows_of(slate.item_ids[start:stop]).tolist()
        for place, (item_id, row) in enumerate(zip(shown, rows, strict=True), start=start):
            if item_id in hidden or not page.shows(item_id):
                continue
            reasons = reasons_for(
                slate.evidence[place],
                people=slate.people,
                titles=titles,
                facts=facts,
                row=row,
                interpreted=slate.interpreted,
                kinds=self._kinds,
            )
            phrase = slate.phrases.get(item_id)
            own: dict[str, Any] = {
                "score": round(float(slate.scores[place]), 6),
                "explanation": sentence_for(reasons, place, templates, phrase),
                "reasons": [{"code": r.code, "evidence": r.evidence} for r in reasons],
                "sources": self._kinds.sources_of(slate.evidence[place]),
            }
            if trace is not None:
                own["debug"] = _debug(slate.evidence[place])
            items.append(cards[item_id].open_json + b"," + orjson.dumps(own)[1:])
        rest: dict[str, Any] = {"recommendation_id": str(slate.id)}
        if cursor is not None:
            rest["next_cursor"] = cursor
        if slate.degraded:
            rest["degraded"] = slate.degraded
        if slate.relaxed:
            rest["relaxed"] = slate.relaxed
        if slate.request.text is not None or slate.interpreted:
            rest["interpreted"] = slate.interpreted
        if slate.empty_because is not None:
            rest["empty_because"] = slate.empty_because
        if trace is not None:
            rest["strategy"] = {"name": slate.strategy, "assignment": slate.assignment}
            rest["trace"] = trace.as_dicts()
        return b'{"items":[' + b",".join(items) + b"]," + orjson.dumps(rest)[1:]

    def _limits(self, slate: Slate, facts: CatalogueFacts) -> Constraints:
        viewer = ProfileKey(slate.request.user_id, slate.request.profile)
        return limits_of(tuple(self._stated(viewer)), facts)


def _debug(record: np.void) -> dict[str, float]:
    return {name: round(float(record[name]), 4) for name in ("fatigue", "propensity")}
