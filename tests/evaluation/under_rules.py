"""An operator's rules held against the lists: nothing that they forbid may be in any of them."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

from api.domain.genres import GENRES
from api.platform.database import Database
from config.business_rules import Filters
from config.settings import Settings
from tests.evaluation import ours
from tests.evaluation.catalogue import Titles
from tests.evaluation.checks import violations
from tests.evaluation.comparison import VARIED
from tests.evaluation.splits import Case

_FILTERS = Filters(
    exclude_genres=["Horror", "Animation"],
    min_vote_count=50,
    min_release_year=1960,
    max_release_year=2010,
    exclude_media_types=["tv"],
)
_CASES = 50


def violations_under_rules(
    settings: Settings, database: Database, titles: Titles, cases: Sequence[Case]
) -> list[str]:
    """What breaks the rules in the lists of the first cases."""
    cases = cases[:_CASES]
    with TemporaryDirectory() as folder:
        rules = Path(folder) / "rules.json"
        rules.write_bytes(orjson.dumps({"filters": _FILTERS.model_dump()}))
        ruled = Settings.load({**settings.model_dump(), "business_rules_path": rules})
        with ours.serving(ruled, database) as runs:
            answers = ours.ask(runs, titles, cases, [VARIED])[VARIED.name]
    return violations(
        titles,
        cases,
        answers,
        diversify=settings.ranking.diversify,
        filters=_FILTERS,
        genres={name: genre_id for genre_id, name in GENRES.items()},
    )
