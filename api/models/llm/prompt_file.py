"""Prompts are files: a version, instructions, and examples of question and answer.

Whatever is asked about is data. It travels as JSON between two marks that no JSON of ours can hold,
so no title, synopsis or query can end it and speak as an instruction.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson

from api.models.llm.chat_model import Prompt

_FILE = re.compile(r"version: (\d+)\n\n# Instructions\n(.*?)(\n# Example\n.*)?", re.DOTALL)
_EXAMPLE = re.compile(
    r"\s*# Example\s+```json\n(?P<question>.*?)\n```\s+```json\n(?P<answer>.*?)\n```\s*", re.DOTALL
)


@dataclass(frozen=True)
class PromptFile:
    """One prompt, read once; its file is beside the task that uses it."""

    name: str
    version: int
    instructions: str
    examples: tuple[tuple[Any, Any], ...]  # question and answer, as JSON values

    @classmethod
    def read(cls, file: Path, **words: str) -> "PromptFile":
        """The prompt of this file, each `{{key}}` of its instructions replaced by that word.

        Raises ValueError when the file is not of this form; it is part of the code.
        """
        text = file.read_text(encoding="utf-8")
        if (found := _FILE.fullmatch(text)) is None:
            raise ValueError(f"{file.name} has no version or no instructions")
        version, instructions, rest = found.groups(default="")
        examples = [match.group("question", "answer") for match in _EXAMPLE.finditer(rest)]
        if _EXAMPLE.sub("", rest):
            raise ValueError(f"{file.name} has something between its examples")
        for key, word in words.items():
            instructions = instructions.replace(f"{{{{{key}}}}}", word)
        if "{{" in instructions:
            raise ValueError(f"{file.name} has a key that nobody fills in")
        return cls(
            file.stem,
            int(version),
            instructions.strip(),
            tuple((orjson.loads(question), orjson.loads(answer)) for question, answer in examples),
        )

    def ask(self, question: Mapping[str, Any]) -> Prompt:
        """The prompt with this question."""
        return Prompt(self.instructions, self._shown_examples, _as_data(question))

    @cached_property
    def _shown_examples(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (_as_data(question), orjson.dumps(answer).decode())
            for question, answer in self.examples
        )


def _as_data(value: object) -> str:
    json = orjson.dumps(value).decode()
    for sign in "<>":  # JSON's own escape, so the marks below cannot be part of it
        json = json.replace(sign, f"\\u{ord(sign):04x}")
    return f"<data>\n{json}\n</data>"
