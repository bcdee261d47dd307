"""`python -m tests.quality.strangers FOLDER`: what people asked in their own words, and were told.

FOLDER has lines of JSON, a request each, with `id`, `kind`, `text`, `liked_seeds` and `answers` of
`media_type`, `tmdb_id` and `grade` 1 to 3. The catalogue is the one of DATABASE_URL or DATA_DIR;
nothing is written to it. Judgements are never complete: compare, on the same requests.
"""

import argparse
import json
import sys
from pathlib import Path

from threadpoolctl import threadpool_limits

from api.http.services import Services
from api.platform.database import open_database
from api.platform.errors import SeenEmAllError
from api.viewers.versions import read_versions
from config.settings import Settings
from tests.quality.measure import open_services
from tests.quality.strangers.asking import Answered, answer
from tests.quality.strangers.baselines import Baselines
from tests.quality.strangers.catalogue import read_titles
from tests.quality.strangers.report import Rankings, print_report
from tests.quality.strangers.requests import StrangersRequest, read_requests


def main() -> int:
    """Prints a table per kind; 1 when nothing could be asked or a page was empty."""
    asked = _arguments()
    settings = Settings.load()
    try:
        kinds = read_requests(asked.folder, most=asked.cap, held_back=asked.held_back)
        database = open_database(settings)
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    try:
        database.open_pool()
        with threadpool_limits(1), open_services(settings, database) as services:
            empty = _measure(services, kinds, asked)
    finally:
        database.close()
    return 1 if empty else 0


def _measure(
    services: Services, kinds: dict[str, list[StrangersRequest]], asked: argparse.Namespace
) -> int:
    baselines = None if asked.no_baselines else _baselines(services)
    empty = 0
    for kind, requests in kinds.items():
        answered = answer(services, requests)
        rankings = _ranked(services, baselines, requests)
        print_report(kind, requests, answered, rankings | {"service": answered.found})
        if asked.out is not None:
            _write(asked.out / f"{kind}.jsonl", requests, answered)
        empty += answered.empty
    return empty


def _baselines(services: Services) -> Baselines:
    versions = read_versions(services.database, "strangers", None)
    return Baselines(read_titles(services.database, versions.space_id, versions.model_id))


def _ranked(
    services: Services, baselines: Baselines | None, requests: list[StrangersRequest]
) -> Rankings:
    rankings: Rankings = {}
    if baselines is None:
        return rankings
    for request in requests:
        vector = services.encoder.encode([request.text], model=None)[0]
        for name, found in baselines.ranked(request.text, vector, request.named).items():
            rankings.setdefault(name, []).append(found)
    return rankings


def _write(file: Path, requests: list[StrangersRequest], answered: Answered) -> None:
    """What was shown, for looking at single requests."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8") as lines:
        for request, found, codes in zip(
            requests, answered.found, answered.contradicted, strict=True
        ):
            line = {"id": request.id, "found": found, "contradicted": codes}
            lines.write(json.dumps(line) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.quality.strangers", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cap", type=int, default=300, help="requests of each kind at most")
    parser.add_argument(
        "--held-back", action="store_true", help="only requests that nothing is learned from"
    )
    parser.add_argument("--no-baselines", action="store_true")
    parser.add_argument("--out", type=Path, help="a folder for what was shown, per request")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
