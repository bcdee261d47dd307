"""In what two requests differ, by the names that a client writes."""

from collections.abc import Iterator
from typing import Any

from api.recommend.request import RecommendRequest

# As clients write them, where they have another name than within.
_WRITTEN = {
    "text": "query",
    "genres": "genre_override",
    "description": "ann_description_override",
    "rewrite": "rewrite_override",
    "description_weight": "ann_weight_override",
    "rewrite_weight": "rewrite_weight_override",
    "like": "like (of similar titles the item in the path)",
    "like_words": "like",
    "unlike_words": "unlike",
    "fairness": "strategy",
    "seen_by": "seen",
}


def differing_parameters(asked: RecommendRequest, *, of: RecommendRequest) -> tuple[str, ...]:
    """The parameters in which a request differs from the one that a list was made for.

    Where the list is somebody else's, that alone is told, and nothing of what they asked for.
    """
    for whose in ("members", "user_id", "profile"):
        if getattr(asked, whose) != getattr(of, whose):
            return (whose,)
    return tuple(dict.fromkeys(_differing(asked, of)))


def _differing(asked: RecommendRequest, of: RecommendRequest) -> Iterator[str]:
    here, there = _by_name(asked), _by_name(of)
    for name in dict.fromkeys((*here, *there)):
        if here.get(name) != there.get(name):
            yield _WRITTEN.get(name, name)


def _by_name(request: RecommendRequest) -> dict[str, Any]:
    """What was asked for, each mixer weight and each filter by its own name."""
    fields = request.fields()
    del fields["limit"]  # pages of one list may differ in it
    weights = {f"mixer_{name}_weight": weight for name, weight in fields.pop("weights")}
    filters = {one["written"].partition("=")[0]: one for one in fields.pop("filters", ())}
    return fields | weights | filters
