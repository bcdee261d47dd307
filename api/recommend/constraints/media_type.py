"""Films, shows, or both."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask
from api.domain.items import EVERY_MEDIA_TYPE, MediaType
from api.language.intent import Value
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import Constraint, Explained, PreviewedTitle


@dataclass(frozen=True, slots=True)
class MediaTypes(Constraint):
    """Titles of one of these kinds; none of them allows nothing."""

    code = "media_type"
    intent_field = "media_type"

    types: frozenset[MediaType]

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["MediaTypes"]:
        if asked.request.media_type:
            media_type = asked.request.media_type
            yield cls("parameter", frozenset([media_type]), written=f"media_type={media_type}")
        if asked.intent.media_types:
            yield cls("words", asked.intent.media_types)
        if never := asked.never("media_type"):
            yield cls("preferences", EVERY_MEDIA_TYPE.difference(never))
        if asked.rules.exclude_media_types:
            yield cls("rules", EVERY_MEDIA_TYPE.difference(asked.rules.exclude_media_types))

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        is_show = facts.is_show[rows]
        return np.where(is_show, "tv" not in self.types, "movie" not in self.types)

    def contradicts(self, other: Constraint) -> bool:
        return isinstance(other, MediaTypes) and not self.types & other.types

    def explain(self, title: PreviewedTitle) -> Explained:
        kind = "show" if title.facts.is_show[title.row] else "film"
        evidence: dict[str, Any] = {"is": kind}
        return f"It is a {kind}, which {self.asker} {self.verb('leave')} out.", evidence

    def shown(self) -> tuple[Value, str]:
        (wanted,) = self.types
        return wanted, "Shows" if wanted == "tv" else "Films"
