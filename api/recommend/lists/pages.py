"""Cuts pages from a slate and writes them as JSON: cards ready made, the rest added."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import numpy as np
import orjson

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.items.cards import ItemCards
from api.recommend.evidence.kinds import Kinds
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.explain.explainer import reasons_of, shares_of, titles_named
from api.recommend.explain.reason import Reason
from api.recommend.explain.sentences import PageWording
from api.recommend.lists.page_window import PageWindow
from api.recommend.lists.slate import MemberOfList, Slate
from api.recommend.pipeline.trace import Trace
from api.recommend.rounding import as_fit, as_score, as_signal
from config.explanations import ExplanationTemplatesFile


def what_became_of(slate: Slate) -> dict[str, Any]:
    """What a list says of the request that it was made for."""
    notes: dict[str, Any] = {}
    if slate.degraded:
        notes["degraded"] = slate.degraded
    if slate.relaxed:
        notes["relaxed"] = slate.relaxed
    if slate.request.text is not None or slate.interpreted:
        notes["interpreted"] = slate.interpreted
    if slate.empty is not None:
        notes["empty_because"] = slate.empty.sentence
        notes["empty_code"] = slate.empty.code
    return notes


class Pages:
    """Renders; the order, the scores and the evidence are the slate's."""

    def __init__(
        self,
        cards: ItemCards,
        templates: ExplanationTemplatesFile,
        kinds: Kinds = EVIDENCE,
    ) -> None:
        self.cards = cards
        self._templates = templates
        self._kinds = kinds

    def read_cards(
        self, pages: Iterable[PageWindow], *, country: str, catalogue_version: int
    ) -> None:
        """Reads what is not at hand of several pages at once, so that none of them waits for it."""
        wanted = {item_id for page in pages for item_id in self._told_of(page)}
        self.cards.of([*wanted], country=country, version=catalogue_version)

    def has_cards(self, page: PageWindow, *, country: str, catalogue_version: int) -> bool:
        """Whether all that a page tells of is at hand."""
        return self.cards.has(self._told_of(page), country=country, version=catalogue_version)

    def render(
        self,
        page: PageWindow,
        *,
        facts: CatalogueFacts,
        country: str,
        catalogue_version: int,
        cursor: str | None,
        trace: Trace | None,
    ) -> bytes:
        """The JSON of a page, without titles that left the catalogue a moment ago: as it is in
        `catalogue_version`, which the facts may not have reached yet."""
        slate, places = page.slate, list(page.places)
        shown = slate.item_ids[places].tolist()
        named = self._named(page)
        cards = self.cards.of([*shown, *named], country=country, version=catalogue_version)
        titles = {item_id: cards[item_id].title for item_id in named if item_id in cards}
        wording = PageWording(self._templates.current())
        items: list[bytes] = []
        reasons_with = partial(
            reasons_of,
            rows=facts.rows_of(slate.item_ids[places]).tolist(),
            facts=facts,
            titles=titles,
            text=slate.request.text,
            kinds=self._kinds,
        )
        evidence = slate.evidence[places]
        of_all = reasons_with(evidence, people=slate.people, interpreted=slate.interpreted)
        of_members = [
            reasons_with(one.evidence[places], people=one.people) for one in slate.members
        ]
        sources = self._kinds.sources_of(evidence)
        for at, (place, item_id, reasons) in enumerate(zip(places, shown, of_all, strict=True)):
            card = cards.get(item_id)
            if card is None or card.retired:
                continue
            phrase = slate.phrases.get(item_id)
            own: dict[str, Any] = {
                "score": as_score(slate.scores[place]),
                "explanation": wording.explain(reasons, phrase),
                "reasons": [{"code": r.code, "evidence": r.evidence} for r in reasons],
                "sources": sources[at],
            }
            if slate.members:
                own["members"] = [
                    self._of_member(member, place, of_member[at])
                    for member, of_member in zip(slate.members, of_members, strict=True)
                ]
            if trace is not None:
                own["debug"] = self._debug(slate.evidence[place])
            items.append(card.open_json + b"," + orjson.dumps(own)[1:])
        rest: dict[str, Any] = {"recommendation_id": str(slate.id)}
        if cursor is not None:
            rest["next_cursor"] = cursor
        rest |= what_became_of(slate)
        if trace is not None:
            rest["strategy"] = {"name": slate.strategy, "assignment": slate.assignment}
            rest["trace"] = trace.as_dicts()
        return b'{"items":[' + b",".join(items) + b"]," + orjson.dumps(rest)[1:]

    def _told_of(self, page: PageWindow) -> set[int]:
        """The titles of the page and those that its reasons name."""
        return {*page.slate.item_ids[list(page.places)].tolist(), *self._named(page)}

    def _named(self, page: PageWindow) -> set[int]:
        """The titles that reasons name and that may be shown."""
        slate, places = page.slate, list(page.places)
        evidence_of_all = [slate.evidence[places], *(one.evidence[places] for one in slate.members)]
        return {
            one
            for own in evidence_of_all
            for one in titles_named(own, self._kinds)
            if page.shows(one)
        }

    def _of_member(
        self, member: MemberOfList, place: int, reasons: Sequence[Reason]
    ) -> dict[str, Any]:
        """What the title at this place is to one of those whom the list is for.

        Of whom nothing is known nothing is told; nor that no reason stands out, where there may be
        one that not all who watch may hear.
        """
        fit = as_fit(member.fits[place])
        if not fit or any(reason.code in self._kinds.standing_alone for reason in reasons):
            reasons = ()
        return {
            "user_id": member.viewer.user_id,
            "profile": member.viewer.profile,
            "fit": fit,
            "explanation": PageWording(self._templates.current()).explain(reasons),
            "reasons": [{"code": r.code, "evidence": r.evidence} for r in reasons],
        }

    def _debug(self, record: np.void) -> dict[str, Any]:
        decided = {name: as_signal(record[name]) for name in ("fatigue", "propensity")}
        shares = shares_of(record, self._kinds)
        return decided | {"contributions": {name: as_signal(one) for name, one in shares.items()}}
