"""Makes the list of a run: what is rendered, stored and paged through."""

from uuid import UUID

import numpy as np

from api.recommend.evidence.people import people_behind
from api.recommend.lists.slate import Slate
from api.recommend.pipeline.run import Run
from api.recommend.query import Query
from api.recommend.strategy import Chosen


def slate_of(run: Run, slate_id: UUID, chosen: Chosen) -> Slate:
    """The list under this name, with everything that a page of it shows."""
    query, listed = run.query, run.listed
    return Slate(
        id=slate_id,
        request=query.request,
        item_ids=run.item_ids,
        scores=listed.scores,
        evidence=run.evidence,
        people=people_behind(query),
        phrases=listed.phrases,
        degraded=run.trace.degraded,
        relaxed=query.relaxed,
        empty_because=None if len(listed.order) else why_empty(query),
        interpreted=query.interpreted,
        most_per_page=query.intent.count if query.intent is not None else None,
        strategy=chosen.strategy.name,
        assignment=chosen.assignment,
    )


def why_empty(query: Query) -> str:
    """One sentence on why nothing can be recommended."""
    if len(query.facts) == 0:
        return "The catalogue is empty; run `make etl-tmdb`, or `make demo` for a sample."
    unseen = np.ones(len(query.facts), dtype=np.bool_)
    unseen[query.facts.known_rows(query.viewer.excluded_ids)] = False
    if query.shown is not None and not query.shown.any():
        return "No title of the catalogue is within the limits of this profile."
    if not unseen.any() and query.request.members:
        return "Together these viewers have seen or refused every title of the catalogue."
    if not unseen.any():
        return "This viewer has seen or refused every title of the catalogue."
    for one in query.constraints:
        if one.lacks:
            return one.lacks
    never = [str(one) for one in query.viewer.preferences if one.stance == "never"]
    stated = f", and what the viewer states: {', '.join(never)}" if never else ""
    filters = f"every filter of the request and of the business rules{stated}"
    return f"No unseen title that is out keeps {filters}."
