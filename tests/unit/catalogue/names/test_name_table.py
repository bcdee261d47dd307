"""Tables of whole names, as they are mapped."""

import pytest

from api.catalogue.names.name_table import Labels, NameTable


def test_a_name_stands_for_all_its_rows_in_their_order() -> None:
    table = NameTable.of(["heat", "dune", "heat", "dune", "dune"], [3, 2, 1, 5, 2])
    again = NameTable(table.arrays)
    assert len(again) == 2
    assert again.get("heat") == (1, 3)
    assert again.get("dune") == (2, 5)
    assert again.get("hea") == again.get("heat ") == again.get("") == ()
    assert again.name_at(again.place_of("dune")) == "dune"
    with pytest.raises(KeyError):
        again.place_of("ronin")


def test_a_table_without_names_finds_nothing() -> None:
    assert NameTable(NameTable.of([], []).arrays).get("heat") == ()


def test_labels_are_whole_in_any_script() -> None:
    labels = Labels(Labels.of(["Amélie", "", "千と千尋の神隠し"]).arrays)
    assert [labels[row] for row in range(3)] == ["Amélie", "", "千と千尋の神隠し"]
