"""Nouns as bytes and back, for what is kept between runs: plain values, of which nothing is run when they are read."""

import marshal
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from functools import partial
from typing import Any

Kinds = Mapping[type, Callable[..., Any]]
"""The nouns and Enums there may be, and Decimal, in an order that stays, each with what makes one of its fields or its value."""


def packed(value: Any, kinds: Kinds) -> bytes:
    """The bytes of nouns within nouns. Raises KeyError for a noun that is not among ``kinds``, ValueError for others."""
    return marshal.dumps(_plain(value, {kind: number for number, kind in enumerate(kinds)}))


def unpacked(data: bytes, kinds: Kinds) -> Any:
    """What ``packed`` was given; mappings are dicts."""
    makers = tuple(_maker(*kind) for kind in kinds.items())
    return _restored(marshal.loads(data), makers)  # noqa: S302 - plain values only


def _maker(kind: type, make: Callable[..., Any]) -> Callable[[list[Any]], Any]:
    """What makes one of a list of its fields; a noun from all of them without a call of Python's own."""
    if make is kind and issubclass(kind, tuple):
        return partial(tuple.__new__, kind)
    return lambda fields: make(*fields)


def _plain(value: Any, numbers: Mapping[type, int]) -> Any:
    """A noun, Enum or Decimal as a tuple that begins with its kind's number, a tuple as a list."""
    kind = type(value)
    if kind is tuple:
        return [_plain(item, numbers) for item in value]
    if isinstance(value, tuple):
        return (numbers[kind], *[_plain(item, numbers) for item in value])
    if isinstance(value, Enum):
        return numbers[kind], value.value
    if kind is Decimal:
        return numbers[kind], str(value)
    if isinstance(value, Mapping):
        return {key: _plain(item, numbers) for key, item in value.items()}
    return value


def _restored(plain: Any, makers: tuple[Callable[..., Any], ...]) -> Any:
    kind = type(plain)
    if kind is dict:
        return {key: _restored(item, makers) for key, item in plain.items()}
    if kind is not tuple and kind is not list:
        return plain
    # Most are texts: no call for each.
    items = [_restored(item, makers) if type(item) in _NESTED else item for item in plain]
    return tuple(items) if kind is list else makers[items[0]](items[1:])


_NESTED = frozenset((dict, list, tuple))
