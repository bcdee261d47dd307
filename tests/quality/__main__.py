"""`python -m tests.quality`: how well requests in words are read and kept, on any catalogue."""

import statistics
import sys

from api.platform.database import open_database
from api.platform.errors import SeenEmAllError
from config.settings import Settings
from tests.quality.measure import FIRST, Report, measure


def main() -> int:
    """Prints the report; 1 when a hard constraint was broken or a page stayed short."""
    settings = Settings.load()
    try:
        database = open_database(settings)
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    try:
        database.open_pool()
        report = measure(settings, database)
    finally:
        database.close()
    _print(report)
    return 1 if report.violations or report.short_pages else 0


def _print(report: Report) -> None:
    print(f"{report.asked} queries, {report.skipped} skipped for names that are not here")
    print(f"violations in the first {FIRST}: {len(report.violations)}")
    for line in report.violations:
        print(f"  {line}")
    full = report.fillable - len(report.short_pages)
    print(f"full pages where the catalogue has one: {full} of {report.fillable}")
    for line in report.short_pages:
        print(f"  {line}")
    print(f"reading: p50 {statistics.median(report.milliseconds):.2f} ms")
    for name, share in report.accuracy.items():
        print(f"  {name:14}{report.right[name]:4} of {report.of[name]:4}  {share:6.1%}")
    for line in report.misread:
        print(f"  {line}")


if __name__ == "__main__":
    sys.exit(main())
