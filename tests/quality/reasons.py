"""`python -m tests.quality.reasons PAGES`: the reasons on so many first pages of different viewers.

The viewers are those of DATABASE_URL or DATA_DIR, whose database is copied; that they are fewer
than the pages is a fault. Reasons have to stand in the order of what they contributed, each claim
is held against the database by the SQL of tests/acceptance/test_recommend_evidence.py, and no
sentence may stand twice in a row.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from api.platform.database import Database
from api.platform.errors import SeenEmAllError
from config.settings import Settings
from tests.acceptance.conftest import Service, serving
from tests.acceptance.test_recommend_evidence import Known, known_of, shares_told, taste_of, verify
from tests.builders import rows_of
from tests.evaluation.database import copy_of_catalogue

# Contributions are told to four digits, and a reason may be made of two.
_ROUNDING = 2e-4
# More events than a taste is learned from would need the service's own reading of them.
_VIEWERS = """
SELECT user_id FROM profiles JOIN interactions ON profile_id = profiles.id
WHERE profile IS NULL GROUP BY user_id HAVING count(*) <= 200 ORDER BY user_id LIMIT %(pages)s
"""


def main() -> int:
    """Prints the counts; 1 where a page has a fault."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.reasons", description=__doc__)
    parser.add_argument("pages", type=int)
    asked = parser.parse_args()
    try:
        settings = Settings.load()
        with copy_of_catalogue(settings) as database, serving(database, settings.data_dir) as one:
            found = counted(one, database, asked.pages)
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for name, count in sorted(found.items()):
        print(f"{name}: {count}")
    return 1 if any(name.startswith("fault") for name in found) else 0


def counted(service: Service, database: Database, pages: int) -> Counter[str]:
    """Pages, titles and reasons by code, and what is wrong with them."""
    viewers = [user_id for (user_id,) in rows_of(database, _VIEWERS, pages=pages)]
    found: Counter[str] = Counter()
    if missing := pages - len(viewers):
        found["fault: a page without a viewer"] = missing
    whole = known_of(service, "", None, None)  # the titles, read once
    for user_id in viewers:
        chosen, praised = taste_of(service, user_id)
        known = replace(whole, user_id=user_id, chosen=chosen, praised=praised)
        items = service.recommend(user_id, debug=True)["items"]
        found.update(_of_page(known, items))
    return found


def _of_page(known: Known, items: list[dict[str, Any]]) -> Iterator[str]:
    yield "pages"
    said = [item["explanation"] for item in items]
    yield from ("fault: a sentence twice in a row" for one, other in pairwise(said) if one == other)
    for item in items:
        yield "titles"
        yield f"first reason {item['reasons'][0]['code']}"
        shares = shares_told(item)
        if any(other > one + _ROUNDING for one, other in pairwise(shares)):
            yield "fault: the first reason is not the largest"
        try:
            verify(known, [item])
        except AssertionError:
            yield f"fault: untrue of {item['title']}: {[one['code'] for one in item['reasons']]}"


if __name__ == "__main__":
    sys.exit(main())
