"""The `map` job: titles beside each other, made anew as a whole."""

from collections.abc import Iterator

import numpy as np
from scipy import sparse
from sqlalchemy import Connection, text

from api.catalogue.similarity.item_similarity import ItemSimilarity
from api.catalogue.similarity.read_similarity import similarity_through
from api.platform.copying import copy_rows
from etl.running.job import JobRun
from etl.title_map.links import Links, link_titles
from etl.title_map.nearest import nearest_titles

_COLUMNS = ("map_id", "item_id", "linked_ids", "strengths")
_NEW = text("INSERT INTO title_maps (titles) VALUES (:titles) RETURNING id")
_OTHERS = text("DELETE FROM title_maps WHERE id <> :id")


def build_map(run: JobRun) -> None:
    """Replaces the map in one transaction; the one of an emptied catalogue stays."""
    with run.database.connect() as own, own.cursor() as cursor:
        similarity = similarity_through(cursor)
    run.report.read = len(similarity)
    if not len(similarity):
        run.report.notes.append("The catalogue is empty: there is nothing to link.")
        return
    stop = run.record.stop_if_cancelled
    nearest = nearest_titles(similarity, stop_if_cancelled=stop)
    links = link_titles(similarity, nearest)
    with run.batch() as connection:
        _write(connection, similarity, links)
    run.report.written = len(similarity)
    run.report.notes.append(f"{len(links.one):,} links between {len(similarity):,} titles.")


def _write(connection: Connection, similarity: ItemSimilarity, links: Links) -> None:
    """Titles that left the catalogue meanwhile are left out."""
    map_id = connection.execute(_NEW, {"titles": len(similarity)}).scalar_one()
    held = text("SELECT id FROM items WHERE id = ANY(:ids) FOR KEY SHARE")
    there = {row[0] for row in connection.execute(held, {"ids": similarity.ids.tolist()})}
    rows = ((map_id, *row) for row in _rows(similarity, links) if row[0] in there)
    copy_rows(connection, "map_titles", rows, columns=_COLUMNS)
    connection.execute(_OTHERS, {"id": map_id})


def _rows(similarity: ItemSimilarity, links: Links) -> Iterator[tuple[int, list[int], list[float]]]:
    """Of each title its id, and the ids it is linked with, with how strong each link is."""
    size = len(similarity)
    rows, columns = np.append(links.one, links.other), np.append(links.other, links.one)
    values = np.append(links.strength, links.strength)
    linked = sparse.csr_array((values, (rows, columns)), shape=(size, size))
    for row, item_id in enumerate(similarity.ids.tolist()):
        own = slice(linked.indptr[row], linked.indptr[row + 1])
        yield (
            item_id,
            similarity.ids[linked.indices[own]].tolist(),
            linked.data[own].tolist(),
        )
