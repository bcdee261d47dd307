"""The examples in the documentation are a request and an answer that the service knows."""

from api.recommend.preview.schemas import PreviewRequest, PreviewVerdict


def test_the_documented_request_is_valid() -> None:
    example = PreviewRequest.model_json_schema()["example"]
    assert PreviewRequest.model_validate(example).item == "movie:603"


def test_the_documented_answer_is_whole() -> None:
    example = PreviewVerdict.model_json_schema()["example"]
    verdict = PreviewVerdict.model_validate(example)
    assert set(example) == set(PreviewVerdict.model_fields)
    assert [reason.code for reason in verdict.reasons] == ["seen", "too_long"]
