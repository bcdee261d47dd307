"""The `neighbours` job: the collaborative model, learned anew from everyone who agreed to it."""

from itertools import groupby
from operator import attrgetter

from api.storage.collaborative import Neighbour, has_model, read_opinions, replace_model
from etl.neighbours.item_knn import nearest_items
from etl.neighbours.opinions import opinion_matrix
from etl.running.job import JobRun


def build_neighbours(run: JobRun) -> None:
    """Replaces the model in one transaction; without any opinion the one there is stays.

    `--limit` has no meaning here: half a history is no model.
    """
    with run.batch() as connection:
        opinions = read_opinions(connection)
        run.report.read = len(opinions)
        if not opinions:
            run.report.notes.append("No profile with consent has an opinion to learn from.")
            if has_model(connection):
                run.report.notes.append("The model there is stays.")
                return
        matrix = opinion_matrix(opinions)
        with run.progress.track("items", len(matrix.item_ids)) as advance:
            neighbours: list[Neighbour] = []
            for _, nearest in groupby(nearest_items(matrix), key=attrgetter("item_id")):
                neighbours.extend(nearest)
                advance(1)  # an item without neighbours is passed over
        replace_model(
            connection,
            neighbours,
            interactions=len(opinions),
            profiles=len({opinion.profile_id for opinion in opinions}),
            items=len(matrix.item_ids),
        )
        run.report.written = len(neighbours)
