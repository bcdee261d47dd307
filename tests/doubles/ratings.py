"""Ratings sets in MovieLens format, as an operator would bring them."""

import zipfile
from collections.abc import Iterable
from pathlib import Path

HEADER = "userId,movieId,rating,timestamp"
# Movie 1 is TMDB's film 101 and so on; movie 4 has no id there.
LINKS = "movieId,imdbId,tmdbId\n1,0114709,101\n2,0113497,102\n3,0113228,103\n4,0114885,\n"
ROWS = ("7,1,4.0,100", "7,2,3.5,200", "9,1,0.5,300", "9,3,5.0,100")


def ratings_csv(rows: Iterable[str] = ROWS) -> str:
    """The text of a ratings.csv."""
    return "\n".join([HEADER, *rows, ""])


def write_folder(folder: Path, rows: Iterable[str] = ROWS, *, links: str = LINKS) -> Path:
    """A folder with both tables."""
    folder.mkdir(exist_ok=True)
    (folder / "ratings.csv").write_text(ratings_csv(rows))
    (folder / "links.csv").write_text(links)
    return folder


def write_zip(path: Path, rows: Iterable[str] = ROWS, *, links: str = LINKS) -> Path:
    """An archive with both tables below a folder, as GroupLens publishes it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ml-test/README.txt", "a set")
        archive.writestr("ml-test/links.csv", links)
        archive.writestr("ml-test/ratings.csv", ratings_csv(rows))
    return path
