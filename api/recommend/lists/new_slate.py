"""Makes the list of a run: what is rendered, stored and paged through."""

from uuid import UUID

from api.recommend.evidence.people import people_behind
from api.recommend.lists.slate import Slate
from api.recommend.lists.why_empty import why_empty
from api.recommend.pipeline.run import Run
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
        empty=None if len(listed.order) else why_empty(query),
        interpreted=query.interpreted,
        most_per_page=query.intent.count if query.intent is not None else None,
        strategy=chosen.strategy.name,
        assignment=chosen.assignment,
    )
