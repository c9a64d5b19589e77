"""Where templates run: they take values, decide and repeat, and have a budget of steps and of letters.

Words come of words only: a number gets into them by a filter of ours, which says how it is printed. What one
expression makes is weighed before it is made, since a single one can ask for more than the memory holds.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence, Sized
from functools import lru_cache
from operator import add, mod
from types import BuiltinMethodType
from typing import Any

from jinja2 import environment, nodes
from jinja2.environment import Template
from jinja2.exceptions import SecurityError, TemplateNotFound
from jinja2.runtime import Context, StrictUndefined, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.model.document import Run
from generator.model.figure import Change, Draft, Fact, Figure, Mover, Share
from generator.model.money import Money
from generator.model.remember import Remember

STEPS, LETTERS, LONGEST = 200_000, 20_000_000, 500_000
"""Of one document: loop turns, calls and list items; letters handled on the way; and letters in one value."""
_MAKERS = (sys.version, *(os.stat(file).st_mtime_ns for file in (__file__, environment.__file__)))  # noqa: PTH116
"""What a template's code comes from beside its text."""
_WIDEST, _INCLUDE = 10_000, 20
_NUMBERS = (Figure, Fact, Share, Change, Mover, Draft, Money)
_EACH, _JOINED, _WEIGHED = "~逐项", "~连接", "~称量"
"""Names of filters that no template can write."""
_LISTS = frozenset((
    "batch", "count", "dictsort", "first", "groupby", "items", "join", "last", "length", "list", "map", "max",
    "min", "reject", "rejectattr", "reverse", "select", "selectattr", "slice", "sort", "sum", "unique",
))  # fmt: skip
_WORDS = frozenset((
    "capitalize", "center", "e", "escape", "format", "indent", "int", "abs", "lower", "replace", "string", "title",
    "trim", "truncate", "upper", "wordcount",
))  # fmt: skip
_ANY = frozenset(("d", "default"))
_METHODS = frozenset((
    "capitalize", "center", "count", "endswith", "expandtabs", "find", "format", "index", "isalnum", "isalpha",
    "isascii", "isdecimal", "isdigit", "isnumeric", "isspace", "join", "ljust", "lower", "lstrip", "partition",
    "removeprefix", "removesuffix", "replace", "rfind", "rindex", "rjust", "rpartition", "rsplit", "rstrip",
    "split", "splitlines", "startswith", "strip", "title", "upper", "zfill",
))  # fmt: skip
_WIDE = re.compile(r"%(?:\([^)]*\))?[^%A-Za-z]*(?:\*|[0-9]{5})|\{[^{}]*(?:[0-9]{5}|\{)")


class Absent(str):
    """Words that nobody typed: false, and empty where a template asks; what is printed of them all the same, ``printed`` says."""

    printed: Callable[[], str]


class TemplateMistake(Exception):
    """Something a template's author did wrong, in words a clerk can act on."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message, self.remedy = message, remedy


def bare_number() -> TemplateMistake:
    """A number that no filter formats."""
    return TemplateMistake("这里只写了数，没有写它的格式", "请在数后面加上“| 金额”“| 占比(整体)”等。")


def no_number() -> TemplateMistake:
    """A number that there is none of: a rate against a basis of zero, a reason that nobody typed."""
    return TemplateMistake(
        "这里没有数可印：所比的数是零，算不出增幅、完成率，或者没有填写",
        "请先判断有没有，如“{% if 变.增幅 %}（{{ 变.增幅 }}）{% endif %}”。",
    )


def too_long() -> TemplateMistake:
    """Words beyond any document."""
    return TemplateMistake("模板产生的文字过长", "请检查循环、补位的宽度是否写错。")


class Sources:
    """What Jinja calls a loader: template texts by their names. One that ``find`` has not got is a mistake."""

    def __init__(self, find: Callable[[str], tuple[str, str] | None]) -> None:
        self._find = find

    def load(self, sandbox: Sandbox, name: str, values: MutableMapping[str, Any]) -> Template:
        """A template; ``find`` gives its text and its file."""
        found = self._find(name)
        if found is None:
            raise TemplateNotFound(name)
        return sandbox.made_of(sandbox.compile(found[0], name, found[1]), values)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja with a budget. Nothing is multiplied: “"a" * 999999999” would fill the memory, 9**9**9 take forever.

    Loops, “~” and what is compared go through filters of ours, put in when a template is parsed; calls, the other
    filters and “+” and “%” are met where Jinja makes them.
    """

    intercepted_binops = frozenset(("*", "**", "+", "%"))

    def __init__(self, remember: Remember, **options: Any) -> None:
        super().__init__(**options)
        self._remember = remember
        self._steps = self._letters = 0
        self.__dict__["concat"] = self._concat
        usual = self.filters
        self.filters = {name: self._guarded(name, usual[name]) for name in usual}
        self.filters.update({_EACH: self._each, _JOINED: self._joined, _WEIGHED: self._weighed})
        self._contexts: list[Context] = []
        self._templates: list[Template] = []
        self.context_class = self._context  # type: ignore[assignment]

    def _context(self, *given: Any, **named: Any) -> Context:
        context = Context(*given, **named)
        self._contexts.append(context)
        return context

    def leave(self) -> None:
        """Forget what was rendered. Macros and their contexts, filters and we hold each other, and a run collects no garbage."""
        for context in self._contexts:
            context.vars.clear()
        for template in self._templates:
            vars(template)["root_render_func"].__globals__.clear()
            vars(template).clear()
        self.__dict__.clear()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _guard_parts(tree)
        return tree

    def compile(self, source: Any, name: str | None = None, filename: str | None = None, *_: Any) -> Any:
        """A template's code, which may be kept: as long as it is the same text, program and Python."""
        key = f"{_MAKERS}{(name, filename)}{source}".encode(errors="surrogatepass")
        return _code(self._remember(key, lambda: marshal.dumps(self._compiled(source, name, filename))))

    def _compiled(self, source: str, name: str | None, filename: str | None) -> Any:
        return super().compile(source, name, filename)

    def made_of(self, code: Any, values: MutableMapping[str, Any]) -> Template:
        """A template of its code."""
        template = self.template_class.from_code(self, code, values)
        self._templates.append(template)
        return template

    def get_template(self, name: str | Template, *rest: Any, **options: Any) -> Template:
        """A template by its name; an include in an include is steps, as turns are."""
        self._step(_INCLUDE)
        return super().get_template(name, *rest, **options)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Nothing of a number, and of words only what makes words of them."""
        if isinstance(obj, _NUMBERS):
            raise bare_number()
        if isinstance(obj, str):
            return attr in _METHODS
        return super().is_safe_attribute(obj, attr, value)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An item, as Jinja finds it; a number has none."""
        if isinstance(obj, _NUMBERS):
            raise bare_number()
        return super().getitem(_plain(obj), argument)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """``format`` of some words, weighed; None for anything else."""
        formatted = super().wrap_str_format(value)
        if formatted is None:
            return None

        def checked(*given: Any, **named: Any) -> str:
            _require_narrow(value.__self__, (*given, *named.values()))
            return formatted(*map(_words, given), **{name: _words(item) for name, item in named.items()})

        return checked

    def call(self, context: Context, obj: Any, /, *given: Any, **named: Any) -> Any:
        """A function, a macro or a method of words, as a step; what it comes to is weighed."""
        self._step()
        if isinstance(obj, BuiltinMethodType):
            self._require_method(obj, given)
        made = super().call(context, obj, *given, **named)
        self._weigh(made)
        return made

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """“+” and “%”, weighed; a product is refused."""
        if operator == "%":
            if isinstance(left, str):
                right = tuple(map(_words, right)) if type(right) is tuple else _words(right)
                _require_narrow(left, right if isinstance(right, tuple) else (right,))
            made = mod(left, right)
        elif operator == "+":
            _refuse_numbers((left, right))
            made = add(left, right)
        else:
            raise SecurityError(operator)
        self._weigh(made)
        return made

    def _require_method(self, method: Any, given: tuple[Any, ...]) -> None:
        owner, name = method.__self__, method.__name__
        if not isinstance(owner, (str, dict, list, tuple)):
            raise SecurityError(name)
        self._weigh(owner)
        if isinstance(owner, str):
            _refuse_numbers(given)
            self._require_room(owner, name, given)

    def _require_room(self, words: str, name: str, given: tuple[Any, ...]) -> None:
        """What a method or filter of this name makes of the words is not too long, whatever it is given."""
        if name == "replace" and len(given) > 1:
            old, new = str(_words(given[0])), str(_words(given[1]))
            if words.count(old) * len(new) > LONGEST:
                raise too_long()
        elif name == "join" and given:
            if isinstance(given[0], Sized) and len(given[0]) * len(words) > LONGEST:
                raise too_long()
        elif name == "format":
            _require_narrow(words, given)
        elif any(isinstance(number, int) and number > _WIDEST for number in given):
            raise too_long()

    def _guarded(self, name: str, filter_: Callable[..., Any]) -> Callable[..., Any]:
        """One of Jinja's own filters that only takes what it should, and as much as it should."""
        passed = 1 if hasattr(filter_, "jinja_pass_arg") else 0

        def guarded(*values: Any, **named: Any) -> Any:
            value, *given = values[passed:]
            if name not in _ANY:
                value = self._taken(name, _plain(value), (*given, *named.values()))
            made = filter_(*values[:passed], value, *given, **named)
            self._weigh(made)
            return made

        if passed:
            guarded.jinja_pass_arg = filter_.jinja_pass_arg  # type: ignore[attr-defined]
        return guarded

    def _taken(self, name: str, value: Any, given: Sequence[Any]) -> Any:
        """What the filter of this name gets for the value, if that and what is given beside it are as they should be."""
        if isinstance(value, StrictUndefined):
            str(value)  # raises UndefinedError with the name
        _refuse_numbers((value, *given))
        if name in _WORDS:
            value = _words(value)
            self._require_room(str(value), name, tuple(map(_given, given)))
        elif name == "join":
            value = [_words(item) for item in self._each(value)]
            self._require_room("".join(str(_given(item)) for item in given), name, (value,))
        elif name in _LISTS:
            value = value if isinstance(value, Sized) else self._each(value)
            self._step(max((number for number in given if isinstance(number, int)), default=0))
        else:
            raise SecurityError(name)
        self._weigh(value)
        return value

    def _step(self, count: int = 1) -> None:
        self._steps += count
        if self._steps > STEPS:
            raise TemplateMistake("模板里的循环次数过多", "请检查循环是否写错。")

    def _weigh(self, made: Any) -> None:
        """Against the budget: words by their letters, a list by its items."""
        if isinstance(made, str):
            self._letters += len(made)
            if len(made) > LONGEST or self._letters > LETTERS:
                raise too_long()
        elif isinstance(made, (list, tuple, dict)) and not isinstance(made, Run):
            self._step(len(made))

    def _each(self, items: Iterable[Any]) -> Iterator[Any]:
        if isinstance(items, _NUMBERS):
            raise bare_number()
        for item in _plain(items):
            self._step()
            yield item

    def _weighed(self, value: Any) -> Any:
        self._weigh(value)
        return _plain(value)

    def _joined(self, items: list[Any]) -> str:
        return self._concat([str(_words(item)) for item in items])

    def _concat(self, pieces: Iterable[str]) -> str:
        kept = list(pieces)
        length = sum(map(len, kept))
        self._letters += length
        if length > LONGEST or self._letters > LETTERS:
            raise too_long()
        return "".join(kept)


@lru_cache(maxsize=1 << 7)
def _code(kept: bytes) -> Any:
    """What was kept of a template: the documents of a place have the same."""
    return marshal.loads(kept)  # noqa: S302


def _plain(value: Any) -> Any:
    """The value; a Run, which Python takes for four things in a row, as its words."""
    return value.text if isinstance(value, Run) else value


def _words(value: Any) -> Any:
    """The value, if it is words or a count; an undefined one is refused by its name."""
    if isinstance(value, (str, Run)) or type(value) is int:
        return value
    if isinstance(value, StrictUndefined):
        str(value)
    if isinstance(value, Undefined):  # an inline “if” without “else”
        return ""
    if isinstance(value, _NUMBERS) or not isinstance(value, (list, tuple, dict, bool, type(None))):
        raise bare_number()
    raise TemplateMistake("这里写的不是文字", "请核对名称；几项文字用“| 顿号”连起来。")


def _given(value: Any) -> Any:
    """What a filter of words may be given beside them."""
    return value if value is None or isinstance(value, bool) else _words(value)


def _refuse_numbers(given: Iterable[Any]) -> None:
    """None of these is a number without a format, or a list that begins with one."""
    for item in given:
        first = item[0] if type(item) in (list, tuple) and item else item
        if isinstance(first, _NUMBERS):
            raise bare_number()


def _require_narrow(words: str, given: Iterable[Any]) -> None:
    """No width in it, or given to it, that would fill the memory."""
    if _WIDE.search(words) or any(isinstance(number, int) and number > 10**15 for number in given):
        raise too_long()


def _through(name: str, node: nodes.Node) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno, environment=node.environment)


def _guard_parts(node: nodes.Node) -> None:
    """Loops, “~” and what is compared, below, go through filters of ours: Jinja's ask Python, whatever a thing is."""
    for name, value in node.iter_fields():
        if isinstance(value, list):
            value[:] = [_guarded_part(item) for item in value]
        elif isinstance(value, nodes.Node):
            setattr(node, name, _guarded_part(value))


def _guarded_part(item: Any) -> Any:
    if not isinstance(item, nodes.Node):
        return item
    _guard_parts(item)
    if isinstance(item, nodes.Concat):
        return _through(_JOINED, nodes.List(item.nodes, lineno=item.lineno, environment=item.environment))
    if isinstance(item, nodes.For):
        item.iter = _through(_EACH, item.iter)
    elif isinstance(item, (nodes.Operand, nodes.Compare)) and not isinstance(item.expr, nodes.Const):
        item.expr = _through(_WEIGHED, item.expr)
    return item
