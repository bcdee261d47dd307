"""Asks every query of the set and holds the answers against the catalogue."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import perf_counter

import orjson

from api.http.services import Services
from api.http.wiring import build_services
from api.platform.database import Database
from api.recommend.request import RecommendRequest
from config.settings import Settings
from tests.quality.wants import COUNTRY, Case, cases, expected, names_needed, understood, where

FIRST = 10
_ENCODER_SECONDS = 120.0
_NAMES_REFUSED = ("not_titles", "not_people")
_HAS_TITLES = "SELECT count(DISTINCT title) FROM items WHERE title = ANY(%(names)s)"
_HAS_PEOPLE = "SELECT count(DISTINCT name) FROM people WHERE name = ANY(%(names)s)"


@dataclass
class Report:
    """What was found; every list holds one line per finding."""

    asked: int = 0
    skipped: int = 0  # queries with names that the catalogue does not have
    violations: list[str] = field(default_factory=list)
    short_pages: list[str] = field(default_factory=list)  # though the catalogue has ten
    fillable: int = 0
    misread: list[str] = field(default_factory=list)
    right: Counter[str] = field(default_factory=Counter)  # per field
    of: Counter[str] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)  # of parsing and linking

    @property
    def accuracy(self) -> dict[str, float]:
        """Per field: right of all queries that ask for it or were read as asking for it."""
        return {name: self.right[name] / total for name, total in sorted(self.of.items())}


def measure(settings: Settings, database: Database) -> Report:
    """Runs the set on any catalogue; titles and people that it lacks skip their queries."""
    report = Report()
    with open_services(settings, database) as services:
        for case in cases(datetime.now(UTC).year):
            if not _makes_sense(database, case):
                report.skipped += 1
                continue
            report.asked += 1
            _compare_reading(services, case, report)
            _check_answer(services, database, case, report)
    return report


@contextmanager
def open_services(settings: Settings, database: Database) -> Iterator[Services]:
    """A process's services, warm; nobody waits, so no text goes without its vector."""
    patient = settings.model_copy(update={"small_rerank_timeout": _ENCODER_SECONDS})
    services = build_services(patient, database)
    try:
        services.warm_up()
        yield services
    finally:
        services.encoder.close()
        services.interpreter.close()


def _makes_sense(database: Database, case: Case) -> bool:
    titles, people = names_needed(case)
    with database.autocommit() as cursor:
        for statement, names in ((_HAS_TITLES, titles), (_HAS_PEOPLE, people)):
            row = cursor.execute(statement, {"names": names}).fetchone()
            if row is None or row[0] < len(set(names)):
                return False
    return True


def _compare_reading(services: Services, case: Case, report: Report) -> None:
    started = perf_counter()
    intent = services.interpreter.read(case.text, version=0, today=datetime.now(UTC).date())
    report.milliseconds.append(1000 * (perf_counter() - started))
    found, wanted = understood(intent), expected(case)
    if "not_told" in case.want:
        # A refused word is a title, a person or neither, as the catalogue has it.
        wanted = {name: own for name, own in wanted.items() if name not in _NAMES_REFUSED}
    for name, value in wanted.items():
        if value not in (None, [], [None, None]) or found[name] not in (None, [], [None, None]):
            report.of[name] += 1
            report.right[name] += found[name] == value
            if found[name] != value:
                report.misread.append(f"{case.text!r}: {name} {found[name]}, not {value}")


def _check_answer(services: Services, database: Database, case: Case, report: Report) -> None:
    condition, parameters = where(case)
    with database.autocommit() as cursor:
        rows = cursor.execute(f"SELECT i.id FROM items i WHERE {condition}", parameters).fetchall()
    matching = {row[0] for row in rows}
    request = RecommendRequest(user_id="quality", limit=FIRST, text=case.text, country=COUNTRY)
    page = orjson.loads(services.recommender.first_page(request).body)
    seeds = {chip["value"] for chip in page["interpreted"] if chip["field"] == "seed"}
    matching -= seeds
    ids = [item["id"] for item in page["items"]]
    # What relaxation adds stands behind all that keeps the whole wish.
    wanted = min(FIRST, len(matching), case.want.get("count") or FIRST)
    for place, item in enumerate(page["items"][:wanted] if page.get("relaxed") else page["items"]):
        if item["id"] not in matching:
            report.violations.append(f"{case.text!r}: {place + 1}. {item['title']}")
    if wanted == min(FIRST, case.want.get("count") or FIRST):
        report.fillable += 1
        if len(ids) < wanted:
            report.short_pages.append(f"{case.text!r}: {len(ids)} of {wanted}")
