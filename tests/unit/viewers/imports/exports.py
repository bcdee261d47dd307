"""Small exports of the tests' own, and their rows."""

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from api.viewers.imports.read_export import Export, read_export
from api.viewers.imports.row import Row

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def export_of(content: str | bytes, name: str = "file.csv", **options: str) -> Export:
    """What is read of one file."""
    raw = content.encode() if isinstance(content, str) else content
    return read_export(BytesIO(raw), name, now=NOW, **options)


def rows_of(content: str | bytes, name: str = "file.csv", **options: str) -> list[Row]:
    """The rows of one file."""
    return export_of(content, name, **options).rows


def zip_of(files: Mapping[str, str | bytes], *, packing: int = ZIP_DEFLATED) -> bytes:
    """A zip with these files."""
    packed = BytesIO()
    with ZipFile(packed, "w", packing) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return packed.getvalue()
