"""The real SDKs of both providers against a double on loopback: one answer, or one sentence."""

import json
import logging
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pydantic import BaseModel

from api.domain.deadline import Deadline
from api.models.llm import gemini_chat, openai_chat
from api.models.llm.language_model import LanguageModel, Task
from api.models.llm.open_language_model import open_intent_model, open_rerank_model
from api.models.llm.precautions import Precautions
from api.models.llm.prompt_file import PromptFile
from api.platform.errors import LanguageModelUnavailable
from config.settings import Settings
from tests.doubles.clock import FakeClock
from tests.doubles.llm import GEMINI_KEY, OPENAI_KEY, Fault, LlmDouble, closed_port_url


@pytest.fixture(scope="module", autouse=True)
def _libraries_are_loaded() -> None:
    """So that nothing with a short timeout waits for them."""
    import google.genai
    import openai

    assert google.genai.__version__
    assert openai.__version__


_PROVIDERS = ("openai", "gemini")


class Colour(BaseModel):
    colour: str


_TASK = Task(
    PromptFile("paint", 1, "Name a colour.", (({"sky": 1}, {"colour": "blue"}),)), Colour, 64
)


@pytest.fixture
def double() -> Iterator[LlmDouble]:
    with LlmDouble() as server:
        server.answer = lambda question: {"colour": question["thing"]}
        yield server


class Asking:
    """A model, its clock, and short words for asking it."""

    def __init__(self, provider: str, double: LlmDouble, **settings: Any) -> None:
        usual = {"RERANK_PROVIDER": provider, "RERANK_TIMEOUT": 60}
        loaded = Settings.load(usual | double.environment | settings)
        self.clock = FakeClock()
        model = open_rerank_model(loaded, Precautions(monotonic=self.clock))
        assert model is not None
        self.model: LanguageModel = model

    def __enter__(self) -> "Asking":
        return self

    def __exit__(self, *_: object) -> None:
        self.model.close()

    def colour(self, thing: str = "red", *, version: int = 1) -> str:
        return self.model.ask(_TASK, {"thing": thing}, catalogue_version=version).colour

    def complaint(self, thing: str = "red") -> str:
        with pytest.raises(LanguageModelUnavailable) as caught:
            self.colour(thing)
        return str(caught.value)


@pytest.fixture(params=_PROVIDERS)
def provider(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def asking(provider: str, double: LlmDouble) -> Iterator[Asking]:
    with Asking(provider, double) as one:
        yield one


def test_the_answer_comes_back_validated(asking: Asking, double: LlmDouble) -> None:
    assert asking.colour("green") == "green"
    (received,) = double.requests
    assert received.turns == [
        "Name a colour.",
        '<data>\n{"sky":1}\n</data>',
        '{"colour":"blue"}',
        '<data>\n{"thing":"green"}\n</data>',
    ]


def test_openai_is_asked_for_the_schema_within_a_bound_of_tokens(double: LlmDouble) -> None:
    with Asking("openai", double) as asking:
        asking.colour()
    (received,) = double.requests
    assert received.path == "/v1/chat/completions"
    assert received.body["model"] == "gpt-5.4-mini"
    assert received.body["max_completion_tokens"] == 64
    assert received.body["response_format"]["json_schema"]["schema"] == Colour.model_json_schema()


@pytest.mark.parametrize(
    ("model", "thinking"),
    [
        ("gemini-flash-latest", {"thinking_level": "MINIMAL"}),
        ("gemini-pro-latest", {"thinking_level": "LOW"}),
        ("gemini-2.5-pro", None),
    ],
)
def test_gemini_is_asked_for_the_schema_and_to_think_little(
    double: LlmDouble, model: str, thinking: dict[str, str] | None
) -> None:
    with Asking("gemini", double, RERANK_MODEL=model) as asking:
        asking.colour()
    (received,) = double.requests
    assert received.path == f"/v1beta/models/{model}:generateContent"
    wanted = received.body["generationConfig"]
    assert wanted["responseJsonSchema"] == Colour.model_json_schema()
    assert wanted["responseMimeType"] == "application/json"
    assert wanted["maxOutputTokens"] == 64
    assert wanted.get("thinkingConfig") == thinking


_REFUSALS = {
    Fault.TOO_MANY: "answered 429.",
    Fault.SERVER_ERROR: "answered 500.",
    Fault.DEAD_MODEL: "answered 404.",
    Fault.BAD_KEY: "answered 401.",
    Fault.REDIRECT: "answered 307.",
    Fault.INVALID_JSON: "not of the form asked for.",
    Fault.OTHER_FORM: "not of the form asked for.",
    Fault.HALF_AN_ANSWER: "not of the form asked for.",
    Fault.TOO_LARGE: "sent too much.",
    Fault.COMPRESSED: "compressed its answer though asked not to.",
    Fault.NO_MESSAGE: "",
    Fault.WEB_PAGE: "",
}


@pytest.mark.parametrize("fault", _REFUSALS, ids=lambda fault: fault.name)
def test_a_useless_answer_is_one_sentence_that_quotes_nothing_and_asks_once(
    asking: Asking, double: LlmDouble, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    double.answer = lambda _: {"colour": "a canary's yellow"}
    double.fault = fault
    with caplog.at_level(logging.DEBUG):
        said = asking.complaint("canary")
    assert said.startswith(("OpenAI ", "Gemini "))
    assert said.endswith(_REFUSALS[fault] or ".")
    assert len(double.requests) == 1
    told = said + caplog.text + repr([vars(record) for record in caplog.records])
    assert "canary" not in told
    assert "language model failed" in told


def test_a_broken_connection_is_tried_once_more(asking: Asking, double: LlmDouble) -> None:
    double.faults_once = [Fault.CUT]
    assert asking.colour() == "red"
    assert len(double.requests) == 2


def test_twice_broken_is_broken(asking: Asking, double: LlmDouble) -> None:
    double.fault = Fault.CUT
    assert asking.complaint().startswith("No connection to ")
    assert len(double.requests) == 2


def test_where_nobody_listens_there_is_no_connection(provider: str, double: LlmDouble) -> None:
    nowhere = closed_port_url()
    settings = {"OPENAI_BASE_URL": nowhere, "GEMINI_ENDPOINT": nowhere}
    with Asking(provider, double, **settings) as asking:
        assert asking.complaint().startswith("No connection to ")


@pytest.mark.parametrize("fault", [Fault.DRIP, Fault.HANG], ids=lambda fault: fault.name)
def test_at_the_deadline_the_caller_goes_on_and_the_connection_is_closed(
    provider: str, double: LlmDouble, fault: Fault
) -> None:
    double.fault = fault
    with Asking(provider, double, RERANK_TIMEOUT=1) as asking:
        # The double would go on for ever.
        assert asking.complaint().endswith("did not answer within 1 s.")
        # On a machine too busy to get as far as the double there is nothing to close.
        assert not double.requests or double.hung_up.wait(60)


def test_the_breaker_opens_after_three_failures_and_closes_after_one_success(
    asking: Asking, double: LlmDouble
) -> None:
    double.fault = Fault.SERVER_ERROR
    for _ in range(3):
        assert "answered 500" in asking.complaint()
    double.fault = None
    assert asking.complaint().endswith("is left alone for a while.")
    assert len(double.requests) == 3
    asking.clock.now += 30
    assert asking.colour() == "red"
    assert asking.colour("blue") == "blue"
    assert len(double.requests) == 5


@pytest.mark.parametrize(("asked", "seconds"), [("7", 7), ("90", 90), ("86400", 300)])
def test_a_server_that_says_when_to_come_back_is_left_alone_that_long(
    asking: Asking, double: LlmDouble, asked: str, seconds: int
) -> None:
    double.fault, double.retry_after = Fault.TOO_MANY, asked
    assert "answered 429" in asking.complaint()
    double.fault = None
    asking.clock.now += seconds - 0.1
    assert asking.complaint().endswith("is left alone for a while.")
    assert len(double.requests) == 1
    asking.clock.now += 0.1
    assert asking.colour() == "red"


@pytest.mark.parametrize(("delay", "seconds"), [("37s", 37), ("37.5s", 37.5), ("99999s", 300)])
def test_gemini_says_so_in_the_body(double: LlmDouble, delay: str, seconds: float) -> None:
    double.faults_once, double.retry_delay = [Fault.TOO_MANY], delay
    with Asking("gemini", double) as asking:
        assert "answered 429" in asking.complaint()
        asking.clock.now += seconds - 0.1
        assert asking.complaint().endswith("is left alone for a while.")
        asking.clock.now += 0.1
        assert asking.colour() == "red"


@pytest.mark.parametrize("asked", ["Fri, 06 Nov 2026 08:49:37 GMT", "soon", "-5", "1e9", ""])
def test_a_retry_after_that_is_no_number_of_seconds_is_a_failure_like_others(
    asking: Asking, double: LlmDouble, asked: str
) -> None:
    double.faults_once, double.retry_after = [Fault.TOO_MANY], asked
    assert "answered 429" in asking.complaint()
    assert asking.colour() == "red"


def test_of_another_refusal_it_is_not_heeded(asking: Asking, double: LlmDouble) -> None:
    double.faults_once, double.retry_after = [Fault.BAD_KEY], "60"
    assert "answered 401" in asking.complaint()
    assert asking.colour() == "red"


def test_the_requests_deadline_ends_a_wait_before_the_timeout(
    asking: Asking, double: LlmDouble
) -> None:
    double.fault = Fault.HANG
    with pytest.raises(LanguageModelUnavailable, match=r"did not answer within 0\.2 s\.$"):
        asking.model.ask(
            _TASK, {"thing": "red"}, catalogue_version=1, deadline=Deadline(0.2, asking.clock)
        )


def test_when_the_request_has_no_time_left_nothing_is_asked(
    asking: Asking, double: LlmDouble
) -> None:
    asking.clock.now = 6
    with pytest.raises(LanguageModelUnavailable, match=r"^No time was left to ask "):
        asking.model.ask(
            _TASK, {"thing": "red"}, catalogue_version=1, deadline=Deadline(6, asking.clock)
        )
    assert double.requests == []


def test_an_answer_that_was_given_up_for_the_deadline_serves_the_next(
    asking: Asking, double: LlmDouble
) -> None:
    gate = threading.Event()

    def wait(question: dict[str, Any]) -> Any:
        assert gate.wait(60)
        return {"colour": question["thing"]}

    double.answer = wait
    with pytest.raises(LanguageModelUnavailable, match="did not answer within"):
        asking.model.ask(
            _TASK, {"thing": "red"}, catalogue_version=1, deadline=Deadline(0.2, asking.clock)
        )
    gate.set()
    assert asking.colour() == "red"
    double.wait_for(1)
    assert len(double.requests) == 1


def test_a_trial_that_fails_keeps_the_breaker_open(asking: Asking, double: LlmDouble) -> None:
    double.fault = Fault.TOO_MANY
    for _ in range(3):
        asking.complaint()
    asking.clock.now += 30
    assert "answered 429" in asking.complaint()
    assert asking.complaint().endswith("is left alone for a while.")
    assert len(double.requests) == 4


def test_an_answer_is_reused_while_it_is_fresh_and_the_catalogue_the_same(
    asking: Asking, double: LlmDouble
) -> None:
    asking.colour()
    assert asking.colour() == "red"
    assert len(double.requests) == 1
    asking.colour(version=2)
    assert len(double.requests) == 2
    asking.clock.now += 301
    asking.colour()
    assert len(double.requests) == 3


def test_a_failure_is_not_reused(asking: Asking, double: LlmDouble) -> None:
    double.faults_once = [Fault.SERVER_ERROR]
    asking.complaint()
    assert asking.colour() == "red"


def test_threads_with_one_question_share_one_call(asking: Asking, double: LlmDouble) -> None:
    gate = threading.Event()

    def wait(question: dict[str, Any]) -> Any:
        assert gate.wait(60)
        return {"colour": question["thing"]}

    double.answer = wait
    with ThreadPoolExecutor(4) as threads:
        answers = [threads.submit(asking.colour) for _ in range(4)]
        double.wait_for(1)
        gate.set()
        assert {answer.result() for answer in answers} == {"red"}
    assert len(double.requests) == 1


def test_no_more_than_sixteen_requests_wait(asking: Asking, double: LlmDouble) -> None:
    double.fault = Fault.HANG
    with ThreadPoolExecutor(16) as threads:
        waiting = [threads.submit(asking.complaint, str(n)) for n in range(16)]
        double.wait_for(16)
        assert asking.complaint("one more").startswith("Too many requests wait for ")
        double.release()
        assert all("answered 500" in one.result() for one in waiting)


@pytest.mark.parametrize("fault", [Fault.DRIP, Fault.HANG], ids=lambda fault: fault.name)
def test_closing_ends_what_is_under_way(provider: str, double: LlmDouble, fault: Fault) -> None:
    double.fault = fault
    with ThreadPoolExecutor(1) as threads:
        with Asking(provider, double) as asking:
            waiting = threads.submit(asking.complaint)
            double.wait_for(1)
        assert waiting.result()
    assert double.hung_up.wait(60)


def test_a_deadline_holds_while_the_providers_library_is_loaded(
    provider: str, double: LlmDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = threading.Event()
    for module in (gemini_chat, openai_chat):
        monkeypatch.setattr(module, "import_module", lambda _: loaded.wait(60))
    with Asking(provider, double) as asking:
        for thing in ("red", "green"):
            with pytest.raises(LanguageModelUnavailable, match=r" did not answer within 0\.1 s"):
                asking.model.ask(
                    _TASK,
                    {"thing": thing},
                    catalogue_version=1,
                    deadline=Deadline(0.1, asking.clock),
                )
        loaded.set()
        assert asking.colour() == "red"


def test_each_provider_gets_its_own_key_and_no_other(
    asking: Asking, provider: str, double: LlmDouble
) -> None:
    asking.colour()
    (received,) = double.requests
    own, other = (OPENAI_KEY, GEMINI_KEY) if provider == "openai" else (GEMINI_KEY, OPENAI_KEY)
    assert own in "".join(received.headers.values())
    everything = json.dumps([received.path, received.headers, received.body])
    assert other not in everything
    assert own not in json.dumps([received.path, received.body])


@pytest.mark.parametrize("key", [None, "key-of-the-reranker"])
def test_a_server_of_ones_own_gets_no_key_but_the_rerankers(
    double: LlmDouble, key: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "ambient-canary")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "Authorization: ambient-canary")
    more = {"RERANK_API_KEY": key} if key else {}
    settings = {"OPENAI_BASE_URL": closed_port_url(), "RERANK_ENDPOINT": f"{double.url}/v1"}
    with Asking("openai", double, **settings, **more) as asking:
        assert asking.colour() == "red"
    (received,) = double.requests
    assert received.headers.get("authorization") == (f"Bearer {key}" if key else None)
    assert "canary" not in json.dumps(received.headers)
    assert received.body["max_tokens"] == 64
    assert "max_completion_tokens" not in received.body


def test_the_rerankers_key_comes_before_the_providers(provider: str, double: LlmDouble) -> None:
    with Asking(provider, double, RERANK_API_KEY="key-of-the-reranker") as asking:
        asking.colour()
    (received,) = double.requests
    assert "key-of-the-reranker" in "".join(received.headers.values())
    assert OPENAI_KEY not in "".join(received.headers.values())
    assert GEMINI_KEY not in "".join(received.headers.values())


def test_without_a_key_nothing_is_asked(
    provider: str, double: LlmDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "GEMINI_API_KEY", "GOOGLE_API_KEY"):
        monkeypatch.setenv(name, "ambient-canary")
    with Asking(provider, double, OPENAI_API_KEY=None, GEMINI_API_KEY=None) as asking:
        assert "needs a key: set RERANK_API_KEY or " in asking.complaint()
    assert double.requests == []


@pytest.mark.parametrize("name", ["none", "small"])
def test_other_rerankers_need_no_language_model(name: str) -> None:
    assert open_rerank_model(Settings.load({"RERANK_PROVIDER": name}), Precautions()) is None


def test_a_reranker_switched_off_needs_none_either(provider: str, double: LlmDouble) -> None:
    settings = {"RERANK_PROVIDER": provider, "RERANK_ENABLED": 0} | double.environment
    assert open_rerank_model(Settings.load(settings), Precautions()) is None


class Both:
    """The models of both tasks with one set of precautions, as a process has them."""

    def __init__(self, double: LlmDouble, **settings: Any) -> None:
        usual = {"INTENT_TIMEOUT": 60, "RERANK_TIMEOUT": 60}
        loaded = Settings.load(usual | double.environment | settings)
        self.clock = FakeClock()
        precautions = Precautions(monotonic=self.clock)
        intent = open_intent_model(loaded, precautions)
        rerank = open_rerank_model(loaded, precautions)
        assert intent is not None
        assert rerank is not None
        self.intent, self.rerank = intent, rerank

    def __enter__(self) -> "Both":
        return self

    def __exit__(self, *_: object) -> None:
        self.intent.close()
        self.rerank.close()


def _colour(model: LanguageModel, thing: str = "red") -> str:
    return model.ask(_TASK, {"thing": thing}, catalogue_version=1).colour


def test_a_provider_that_fails_one_task_is_left_alone_by_both(
    provider: str, double: LlmDouble
) -> None:
    double.fault = Fault.SERVER_ERROR
    with Both(double, INTENT_PROVIDER=provider, RERANK_PROVIDER=provider) as both:
        for _ in range(3):
            with pytest.raises(LanguageModelUnavailable, match="answered 500"):
                _colour(both.intent)
        with pytest.raises(LanguageModelUnavailable, match="left alone for a while"):
            _colour(both.rerank)
        double.fault = None
        both.clock.now += 30
        assert _colour(both.rerank) == _colour(both.intent) == "red"


def test_a_failing_provider_or_model_costs_no_other(double: LlmDouble) -> None:
    double.fault = Fault.SERVER_ERROR
    for more in (
        {"INTENT_PROVIDER": "openai", "RERANK_PROVIDER": "gemini"},
        {"INTENT_PROVIDER": "gemini", "RERANK_PROVIDER": "gemini", "INTENT_MODEL": "gemini-gone"},
    ):
        with Both(double, **more) as both:
            double.fault = Fault.DEAD_MODEL
            for _ in range(3):
                with pytest.raises(LanguageModelUnavailable, match="answered 404"):
                    _colour(both.intent)
            double.fault = None
            assert _colour(both.rerank) == "red"


def test_both_tasks_share_sixteen_seats(provider: str, double: LlmDouble) -> None:
    double.fault = Fault.HANG
    with (
        Both(double, INTENT_PROVIDER=provider, RERANK_PROVIDER=provider) as both,
        ThreadPoolExecutor(16) as threads,
    ):
        models = (both.intent, both.rerank)
        waiting = [threads.submit(_colour, models[n % 2], str(n)) for n in range(16)]
        double.wait_for(16)
        for model in models:
            with pytest.raises(LanguageModelUnavailable, match=r"^Too many requests wait for "):
                _colour(model, "one more")
        double.release()
        assert all(isinstance(one.exception(), LanguageModelUnavailable) for one in waiting)


_TASKS = {"INTENT": open_intent_model, "RERANK": open_rerank_model}


@pytest.mark.parametrize("task", _TASKS)
def test_each_task_has_its_model_and_its_key(provider: str, double: LlmDouble, task: str) -> None:
    keys = {"INTENT_API_KEY": "key-of-intent", "RERANK_API_KEY": "key-of-rerank"}
    more = {f"{task}_PROVIDER": provider, f"{task}_MODEL": "chosen", f"{task}_TIMEOUT": 60}
    settings = Settings.load(double.environment | keys | more)
    model = _TASKS[task](settings, Precautions())
    assert model is not None
    assert _colour(model) == "red"
    model.close()
    (received,) = double.requests
    sent = json.dumps([received.path, received.headers, received.body])
    assert "chosen" in sent
    assert f"key-of-{task.lower()}" in "".join(received.headers.values())
    strangers = {OPENAI_KEY, GEMINI_KEY, *keys.values()} - {f"key-of-{task.lower()}"}
    assert [key for key in strangers if key in sent] == []


@pytest.mark.parametrize("key", [None, "key-of-intent"])
def test_a_server_for_reading_words_gets_no_key_but_its_own(
    double: LlmDouble, key: str | None
) -> None:
    settings = {
        "INTENT_PROVIDER": "openai",
        "INTENT_TIMEOUT": 60,
        "OPENAI_BASE_URL": closed_port_url(),
        "INTENT_ENDPOINT": f"{double.url}/v1",
        "RERANK_API_KEY": "key-of-rerank",
    }
    more = {"INTENT_API_KEY": key} if key else {}
    loaded = Settings.load(double.environment | settings | more)
    model = open_intent_model(loaded, Precautions())
    assert model is not None
    assert _colour(model) == "red"
    model.close()
    (received,) = double.requests
    assert received.headers.get("authorization") == (f"Bearer {key}" if key else None)
    assert "key-of-rerank" not in json.dumps(received.headers)


def test_no_provider_for_intent_is_no_model() -> None:
    assert open_intent_model(Settings.load({}), Precautions()) is None
