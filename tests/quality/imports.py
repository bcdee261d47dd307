"""`python -m tests.quality.imports FOLDER`: what is understood of real exports, file by file.

On the catalogue of DATABASE_URL or DATA_DIR. Exports are nobody's but their owners', so none is
part of the project; `--rows` prints each row beside the title that it was taken for.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from api.platform.database import Database, opened_database
from api.platform.errors import SeenEmAllError, UnusableImport
from api.viewers.imports.matching.known_titles import known_titles
from api.viewers.imports.matching.match import Match, Status, match
from api.viewers.imports.read_export import read_export
from api.viewers.imports.row import Row
from config.settings import Settings

_STATUSES: tuple[Status, ...] = ("matched", "uncertain", "unmatched", "skipped")


@dataclass(frozen=True, slots=True)
class _Report:
    path: Path
    source: str
    rows: list[tuple[Row, Match]]


def main() -> int:
    """Prints a line for each file; 1 when there is no database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", action="store_true", help="print every row")
    asked = parser.parse_args()
    try:
        with opened_database(Settings.load()) as database:
            database.open_pool()
            _print_all(asked.folder, database, with_rows=asked.rows)
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _print_all(folder: Path, database: Database, *, with_rows: bool) -> None:
    print("file\tsource\trows\t" + "\t".join(_STATUSES) + "\tskipped because")
    totals: Counter[str] = Counter()
    for path in _files(folder):
        try:
            report = _read(path, database)
        except UnusableImport as error:
            print(f"{path.relative_to(folder)}\trefused: {error}")
            continue
        totals += _print(report, folder)
        if with_rows:
            _print_rows(report)
    print(f"all\t\t{sum(totals.values())}\t" + "\t".join(str(totals[one]) for one in _STATUSES))


def _files(folder: Path) -> Iterator[Path]:
    paths = [folder] if folder.is_file() else sorted(folder.rglob("*"))
    yield from (path for path in paths if path.is_file() and path.suffix != ".md")


def _read(path: Path, database: Database) -> _Report:
    with path.open("rb") as stream:
        export = read_export(stream, path.name, now=datetime.now(UTC))
    known = known_titles(database, export.rows)
    return _Report(path, export.source.name, [(row, match(row, known)) for row in export.rows])


def _print(report: _Report, folder: Path) -> Counter[str]:
    counts: Counter[str] = Counter(found.status for _, found in report.rows)
    reasons = Counter(found.reason for _, found in report.rows if found.status == "skipped")
    told = "; ".join(f"{count} {reason}" for reason, count in reasons.most_common())
    name = report.path.relative_to(folder) if folder.is_dir() else report.path.name
    numbers = "\t".join(str(counts[status]) for status in _STATUSES)
    print(f"{name}\t{report.source}\t{len(report.rows)}\t{numbers}\t{told}")
    return counts


def _print_rows(report: _Report) -> None:
    for row, found in report.rows:
        titles = [found.item] if found.item else list(found.candidates)
        told = " | ".join(
            f"{one.media_type}:{one.tmdb_id} {one.title} ({one.year})" for one in titles
        )
        part = " (part)" if found.is_part else ""
        print(
            f"  {row.number}\t{row.kind}{part}\t{row.says}\t{found.status}\t{told}\t{found.reason}"
        )


if __name__ == "__main__":
    sys.exit(main())
