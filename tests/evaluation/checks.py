"""An independent look at every list: what was seen stays out, rules and caps hold, order is order.

Nothing here is shared with the service: the histories are the split's, the titles are read apart.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from config.business_rules import Filters
from config.ranking import Diversify
from tests.evaluation.catalogue import Titles
from tests.evaluation.ours import Answers
from tests.evaluation.splits import Case


def violations(
    titles: Titles,
    cases: Sequence[Case],
    answers: Answers,
    *,
    diversify: Diversify | None = None,
    filters: Filters | None = None,
    genres: dict[str, int] | None = None,
) -> list[str]:
    """One line per breach. `diversify` is given where its cap holds, `filters` with the ids of the
    genres that they name."""
    found: list[str] = []
    for case, served, scores in zip(cases, answers.served, answers.scores, strict=True):
        rows = titles.rows_of(served)
        lines = [f"{count} unknown or retired titles" for count in [int((rows < 0).sum())] if count]
        rows = rows[rows >= 0]
        if len(set(served.tolist())) < len(served):
            lines.append("a title twice")
        if seen := np.intersect1d(rows, case.history.title).size:
            lines.append(f"{seen} titles seen before")
        day = np.datetime64(case.asked_at, "s")
        if later := int((titles.released[rows] > day).sum()):
            lines.append(f"{later} titles that were not out")
        if (np.diff(scores) > 0).any():
            lines.append("a score above the one before it")
        if diversify is not None:
            lines += _over_the_cap(titles, rows[: diversify.mmr_head].tolist(), diversify)
        if filters is not None:
            lines += _against_rules(titles, rows.tolist(), filters, genres or {})
        found += [f"case {case.key}: {line}" for line in lines]
    return found


def _over_the_cap(titles: Titles, rows: Iterable[int], diversify: Diversify) -> list[str]:
    counts = Counter(int(titles.collection[row]) for row in rows if titles.collection[row])
    return [
        f"{count} titles of collection {collection} in the first {diversify.mmr_head}"
        for collection, count in counts.items()
        if count > diversify.franchise_cap
    ]


def _against_rules(
    titles: Titles, rows: Iterable[int], filters: Filters, genres: dict[str, int]
) -> list[str]:
    excluded = {genres[name] for name in filters.exclude_genres}
    included = {genres[name] for name in filters.include_genres}
    lines: list[str] = []
    for row in rows:
        year, own = int(titles.year[row]), titles.genre_ids[row]
        broken = (
            bool(own & excluded)
            or (bool(included) and not own & included)
            or int(titles.vote_count[row]) < (filters.min_vote_count or 0)
            or year < (filters.min_release_year or 0)
            or (filters.max_release_year is not None and not 0 < year <= filters.max_release_year)
            or ("tv" if titles.is_show[row] else "movie") in filters.exclude_media_types
            or int(titles.ids[row]) in filters.exclude_ids
        )
        if broken:
            lines.append(f"item {titles.ids[row]} against the rules")
    return lines
