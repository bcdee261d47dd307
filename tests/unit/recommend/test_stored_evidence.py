"""Lists are read by other versions than wrote them: what one does not know it passes over."""

import zlib
from base64 import b64decode
from typing import Any

import numpy as np
import orjson
import pytest
from numpy.typing import NDArray

from api.recommend.evidence.kind import Column, FindsTitles, Kind
from api.recommend.evidence.kinds import kinds_of
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.lists.stored_evidence import packed, unpacked

# A list of two titles as version 0.1.0 stored it, before lists said how they are laid out.
_FIRST = zlib.decompress(
    b64decode(
        """
        eNqdUkFu2zAQpN32AckLjD0LgRU0hSUUcXrpOT0bhsBIK3lRmhSWlG1BMOBTP9BX5JrkRX1HD106cRDkWAGSdm
        eHw+UsP4+VGmBLfgX5AJ1HLqiCHCptNSTQsqvJoAA/qfICGFpTgDxNIOBOAsimflIyrVGKFW2QPdU95IE7TKB0
        nQ0sKUhVtDdUood8AbbeRb5tYZnAGivSRehb2cd2xgg1sA7Y9Kdc+iqMWRdkA9pwUm/Q8lFuNk3SmQhV6KWVNp
        Czp5WMW6bwKvyGUWyRmlV4R3yHPmdxjwVoayGZXlwtl3sxBl0bfRkgTa9m8UjfzORWl2QdJJdHxoq1j+0N8OVS
        HPhOwU961/HEo+ZydQH72E/DusIqCkRDiw2WwXF0hdHo3XPl5aACRgO4ZQzHwgA1oYnj6kVSDN1o00lTizTLxJ
        Isy2SJ0XdohBKxP4ffEYW304uTCTp00imgrR2Xop2AdSfX9nFEzoeilcvR6kbgdD8+G31VSv29/zEfPUjwKO9Y
        Pcn310elbuX/SY3c+Yd5ZCl1M1fqcC3B9Y36r+cw/wekhsV4
        """
    )
)
_OLD = kinds_of(EVIDENCE.kinds)
_NEW = kinds_of(
    (
        Kind(
            sources=(FindsTitles("charts", "titles on charts", lambda _: pytest.fail("unused")),),
            columns=(Column("chart_place", "<i2"), Column("share", "<f4", default=0.5)),
        ),
        *EVIDENCE.kinds,
    )
)


def records_of(kinds: Any, sources: tuple[str, ...], **columns: Any) -> NDArray[np.void]:
    records = np.zeros(1, dtype=kinds.dtype)
    records["sources"] = np.isin(kinds.source_names, sources)
    for name, value in columns.items():
        records[name] = value
    return records


def test_a_list_of_the_first_format_is_read_as_it_was_stored() -> None:
    header, records = unpacked(_FIRST, EVIDENCE)
    assert header["request"]["user_id"] == "dana"
    assert header["request"]["limit"] == header["most_per_page"] == 1
    assert header["people"] == {"1158": ["Al Pacino", 2]}
    assert records.dtype == EVIDENCE.dtype
    found_by = EVIDENCE.sources_of(records)
    assert {"query_ann", "story"} <= set(found_by[0])
    assert found_by[1] == ["popular"]
    first, second = records
    expected = {
        "explored": True,
        "near_id": 60,
        "near_cosine": 0.819,
        "near_liked": True,
        "because_id": 178,
        "followed_id": 179,
        "listed_id": 180,
        "person_id": 1158,
        "genre_id": 80,
        "genre_titles": 5,
        "words_cosine": 0.512,
        "seed_id": 60,
        "seed_cosine": 0.75,
        "fatigue": 0.25,
        "propensity": 0.125,
    }
    assert {name: first[name] for name in expected} == pytest.approx(expected)
    assert second["propensity"] == 1


def test_a_list_whose_records_were_not_compressed_is_read_as_it_was_stored() -> None:
    records = records_of(EVIDENCE, ("story",), near_id=5, propensity=0.25)
    header = {
        "format": 2,
        "sources": EVIDENCE.source_names,
        "columns": [(column.name, column.kind) for column in EVIDENCE.columns],
    }
    written = orjson.dumps(header)
    _, found = unpacked(len(written).to_bytes(4, "little") + written + records.tobytes(), EVIDENCE)
    assert found == records


def test_what_an_older_version_does_not_know_it_passes_over() -> None:
    records = records_of(_NEW, ("charts", "story"), chart_place=7, near_id=5, propensity=0.25)
    header, found = unpacked(packed({"request": {}}, records, _NEW), _OLD)
    assert header["request"] == {}
    assert found == records_of(_OLD, ("story",), near_id=5, propensity=0.25)


def test_what_an_older_version_did_not_store_is_the_default() -> None:
    records = records_of(_OLD, ("story", "popular"), near_id=5)
    _, found = unpacked(packed({"request": {}}, records, _OLD), _NEW)
    assert found == records_of(_NEW, ("story", "popular"), near_id=5, chart_place=0, share=0.5)


def test_there_may_be_any_number_of_sources() -> None:
    sources = tuple(
        FindsTitles(f"source_{number}", "titles", lambda _: pytest.fail("unused"))
        for number in range(100)
    )
    many = kinds_of((Kind(sources=sources),))
    records = records_of(many, ("source_3", "source_99"))
    _, found = unpacked(packed({}, records, many), many)
    assert many.sources_of(found) == [["source_3", "source_99"]]


def test_no_two_kinds_claim_one_name() -> None:
    for twice in (
        Kind(sources=EVIDENCE.sources[:1]),
        Kind(signal=EVIDENCE.signals[0]),
        Kind(reasons=EVIDENCE.reasons[:1]),
        Kind(columns=(Column("near_id", "<i8"),)),
        Kind(columns=(Column("sources", "<i8"),)),
    ):
        with pytest.raises(ValueError, match="two kinds of evidence declare the"):
            kinds_of((*EVIDENCE.kinds, twice))
