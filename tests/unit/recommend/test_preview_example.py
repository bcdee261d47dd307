"""The examples in the documentation are a request and an answer that the service knows."""

from api.recommend.preview.schemas import PreviewAnswer, PreviewRequest


def test_the_documented_request_is_valid() -> None:
    example = PreviewRequest.model_json_schema()["example"]
    assert PreviewRequest.model_validate(example).item == "movie:603"


def test_the_documented_answer_is_whole() -> None:
    example = PreviewAnswer.model_json_schema()["example"]
    placement = PreviewAnswer.model_validate(example)
    assert set(example) == set(PreviewAnswer.model_fields)
    assert [reason.code for reason in placement.reasons] == ["seen", "too_long"]
