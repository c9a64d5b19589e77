"""The sandboxed Jinja room: templates in, runs of text out; every error is a located Problem.

A value put into a template becomes a token that leads back to its Run, so that a figure survives the
template and a department's words are never read as mark-up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.runtime import StrictUndefined, Undefined

from generator.compose.sandbox import Absent, Sandbox, Sources, TemplateMistake, bare_number, no_number, too_long
from generator.model.document import Run
from generator.model.figure import Fact
from generator.model.problem import Problem, Severity, did_you_mean
from generator.model.remember import Remember
from generator.model.source import Position, Source, Text, all_seen

_OPEN, _CLOSE = "\ue000", "\ue001"
_TOKEN = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_LIMIT, _LARGEST = 2_000_000, 500_000
_MISTAKES = (
    TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RuntimeError, MemoryError,
    AssertionError,
)  # fmt: skip
_UNSEEN = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]"
_NAMED = re.compile(r"\{\{ *(\w+) *\}\}")


class Templates:
    """One document's environment: its functions, filters and values, and the runs they produced."""

    def __init__(
        self,
        sources: Mapping[str, Source],
        values: Mapping[str, Any],
        filters: Mapping[str, Any],
        remember: Remember,
        sandbox: Callable[..., Sandbox] = Sandbox,
    ) -> None:
        self.problems: list[Problem] = []
        self._values = dict(values)
        self._runs: list[Run] = []
        self._sources = {**{source.name: source for source in sources.values()}, **sources}
        self._environment = sandbox(
            remember,
            loader=Sources(self._load),
            undefined=StrictUndefined,
            finalize=self._finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,
            optimized=False,
        )
        self._environment.filters.update({name: _strict(filter_) for name, filter_ in filters.items()})
        self._environment.tests["有数"] = _has_number
        self._environment.globals = {"range": self._environment.globals["range"], **self._values}

    def leave(self) -> None:
        """All is rendered."""
        self._environment.leave()

    def render(self, source: Source, values: Mapping[str, Any] | None = None) -> str:
        """The template's text with tokens in it; empty after reporting an error."""
        if "{" not in source.text:
            return source.text
        try:
            return self._generate(source, values or {})
        except TemplateSyntaxError as error:
            self._report("P101", self._file(error.name, source), error.lineno, "模板语法有误", _syntax_remedy(error))
        except TemplateMistake as error:
            self._report("P103", *self._line(error, source), error.message, error.remedy)
        except UndefinedError as error:
            self._report("P102", *self._line(error, source), *self._undefined(error))
        except SecurityError as error:
            self._report(
                "P104", *self._line(error, source), "模板里有不允许的操作", "模板只能取值、判断和循环，请删去这一处。"
            )
        except SyntaxError:  # Python's own: Jinja makes a block of each of its blocks
            self._report(
                "P103",
                source.name,
                deepest(source.text),
                "模板里一层套一层，层次过多",
                "请减少 {% for %}、{% if %} 套的层数。",
            )
        except _MISTAKES as error:
            self._report("P103", *self._line(error, source), "模板这一行无法计算", _remedy(error))
        return ""

    def _generate(self, source: Source, values: Mapping[str, Any]) -> str:
        if len(source.text) > _LARGEST:
            raise TemplateMistake("模板过长", "请分成几个文件，或检查是否粘贴了别的内容。")
        pieces, size = [], 0
        for piece in self._environment.get_template(source.name).generate(**values):
            pieces.append(piece)
            size += len(piece)
            if size > _LIMIT:
                raise too_long()
        return self._seen("".join(pieces))

    def _seen(self, rendered: str) -> str:
        """The text, if all of it can stand in a document: “\\x07” in quotes makes what can't, or a false token."""
        numbers = [int(number) for number in _TOKEN.findall(rendered)]
        words = _TOKEN.sub("", rendered)
        odd = not all_seen(words) and re.search(_UNSEEN, words)
        if odd or max(numbers, default=-1) >= len(self._runs):
            raise TemplateMistake("模板产生了看不见的控制字符", "请删去引号里用“\\”写出的字符。")
        return rendered

    def text(self, text: Text, values: Mapping[str, Any] | None = None) -> str:
        """A one-line template of the profile (a title, a label) as plain text.

        Its mistakes name it where there is no line to point at: in a Word file, in a table's labels.
        """
        if "{" not in text.value:
            return text.value
        given = {**self._values, **(values or {})}
        if all(isinstance(given.get(name), (str, Run)) for name in _NAMED.findall(text.value)):
            simple = _NAMED.sub(lambda found: str(given[found[1]]), text.value)
            if "{" not in simple:
                return simple
        source = Source(f"{text.position.file}:{text.position.line}:{text.value}", text.value)
        self._sources[source.name] = source
        before = len(self.problems)
        rendered = self.plain(self.render(source, values))
        whose = "" if text.position.line else f"“{text.value[:40]}”："
        self.problems[before:] = [
            problem._replace(message=whose + problem.message, position=text.position, length=len(text.value))
            for problem in self.problems[before:]
        ]
        return rendered

    def furnished(self, text: Text, values: Mapping[str, str]) -> str:
        """A template of the master as plain text."""
        before = len(self.problems)
        words = self.text(text, values)
        self.problems[before:] = [problem._replace(length=1) for problem in self.problems[before:]]
        return words

    def runs(self, rendered: str) -> Iterator[Run]:
        """Rendered text as runs."""
        place = 0
        for found in _TOKEN.finditer(rendered):
            if found.start() > place:
                yield Run(rendered[place : found.start()])
            yield self._runs[int(found[1])]
            place = found.end()
        if place < len(rendered):
            yield Run(rendered[place:])

    def plain(self, rendered: str) -> str:
        """Rendered text without its figures."""
        return "".join(run.text for run in self.runs(rendered))

    def _finalize(self, value: object) -> object:
        if isinstance(value, Run):
            self._runs.append(value)
            return f"{_OPEN}{len(self._runs) - 1}{_CLOSE}"
        if isinstance(value, (str, StrictUndefined)):
            if isinstance(value, Absent):
                return value.printed()
            return value
        if isinstance(value, Undefined):  # an inline “if” without “else”
            return ""
        raise no_number() if value is None else bare_number()

    def _load(self, name: str) -> tuple[str, str] | None:
        source = self._sources.get(name)
        return None if source is None else (source.text, source.name)

    def _file(self, name: str | None, source: Source) -> str:
        found = self._sources.get(name or "")
        return found.name if found else source.name

    def _line(self, error: BaseException, source: Source) -> tuple[str, int]:
        import traceback  # only a mistake needs it

        names = {item.name for item in self._sources.values()}
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            if frame.filename in names:
                return frame.filename, frame.lineno or 1
        return source.name, 1

    def _undefined(self, error: UndefinedError) -> tuple[str, str]:
        if "sequence was empty" in str(error):
            return (
                "这里要取第一项（末一项），而填报的内容一项也没有",
                "请在 narrative.yaml（单位版在 units/代码.yaml）里补填，或在模板里先判断有没有。",
            )
        found = re.search(r"'([^']*)' is undefined|no attribute '([^']*)'", str(error))
        name = (found[1] or found[2]) if found else ""
        if name in self._environment.filters:
            return f"“{name}”是格式，不是数的一部分", f"请写成“| {name}”，放在数的后面。"
        known = [*self._values, *self._environment.filters]
        known += [key for value in self._values.values() if isinstance(value, dict) for key in value]
        hint = did_you_mean(name, known) or "数在 figures.yaml 里定义。"
        return f"没有“{name}”这个名称", f"请核对写法。{hint}"

    def _report(self, code: str, file: str, line: int, message: str, remedy: str) -> None:
        self.problems.append(Problem(code, Severity.ERROR, message, remedy, Position(file, line, 1)))


def _has_number(value: Any) -> bool:
    """有数: whether an amount or a count is more than nothing."""
    return bool(value.value if isinstance(value, Fact) else value.money)


def _strict(filter_: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, refusing an undefined name by that name instead of by what the filter makes of it."""

    def checked(*values: Any, **named: Any) -> Any:
        for value in (*values, *named.values()):
            if isinstance(value, StrictUndefined):
                str(value)  # raises UndefinedError with the name
        return filter_(*values, **named)

    return checked


def deepest(text: str) -> int:
    """The line where the most blocks are open."""
    depth, depths = 0, []
    for line in text.split("\n"):
        depths.append(depth + len(re.findall(r"\{%[-+]? *(?:for|if|call|filter|macro)", line)))
        depth = depths[-1] - len(re.findall(r"\{%[-+]? *end", line))
    return depths.index(max(depths)) + 1


def _remedy(error: BaseException) -> str:
    """How to mend a line that Python could not make."""
    if isinstance(error, TypeError) and re.search("operand|concatenate", str(error)):
        return "文字和数不能这样加减：年和个数写“年 | 加(1)”“年 | 加(-1)”，填报的数在 figures.yaml 的“合计”里相加。"
    return "请核对括号里的内容和“|”后面的名称。"


def _syntax_remedy(error: TemplateSyntaxError) -> str:
    message = error.message or ""
    for key, remedy in _SYNTAX.items():
        if key in message:
            return remedy
    return "请检查 {{ }}、{% %} 是否成对，标点是否为半角。"


UNENDED = "没有写"
_SYNTAX = {
    "No filter named": "“|”后面的名称不存在，可用：金额、数字、占比、比上年、比、本年、上年结转、顿号、序号、个数、加、逐项、名称、如填、各段，清单另有其中、合计。",
    "Unexpected end of template": f"有 {{% if %}} 或 {{% for %}} {UNENDED} {{% endif %}} 或 {{% endfor %}}。",
    "Encountered unknown tag": "{% %} 里的词写错了，请核对。",
    "unexpected char": "括号或引号要用半角，请核对。",
}
