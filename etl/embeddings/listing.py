"""The embedding spaces as a table."""

from collections.abc import Sequence

from rich.table import Table

from api.catalogue.index.index_state import SpaceState

_MEGABYTE = 1_000_000


def table_of(spaces: Sequence[SpaceState]) -> Table:
    """A row per space; the active one is marked."""
    table = Table(box=None, pad_edge=False)
    for heading in ("id", "model", "version", "template"):
        table.add_column(heading)
    for heading in ("dimension", "vectors"):
        table.add_column(heading, justify="right")
    for heading in ("active", "built at", "index"):
        table.add_column(heading)
    for space in spaces:
        table.add_row(
            str(space.id),
            space.model,
            space.version,
            space.template,
            str(space.dimension),
            f"{space.vectors:,}",
            "yes" if space.active else "no",
            f"{space.built_at:%Y-%m-%d %H:%M}" if space.built_at else "never",
            _index_of(space),
        )
    return table


def _index_of(space: SpaceState) -> str:
    size = f", {space.hnsw_bytes / _MEGABYTE:,.1f} MB" if space.hnsw_bytes else ""
    return f"{space.hnsw}{size}"
