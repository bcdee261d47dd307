"""The example in the documentation is an answer that the service could give."""

from api.recommend.schemas import RecommendedItem, RecommendPage


def test_the_documented_example_is_a_whole_page() -> None:
    example = RecommendPage.model_json_schema()["example"]
    page = RecommendPage.model_validate(example)
    (item,) = page.items
    assert set(example["items"][0]) == set(RecommendedItem.model_fields) - {"debug"}
    assert item.reasons[0].code == "similar_to_liked"
