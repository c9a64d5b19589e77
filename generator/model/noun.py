"""``NamedTuple`` as in ``typing``, its classes made in an eighth of the time: a run makes a hundred and fifty of them.

The library's own writes and compiles a ``__new__`` for every class. Here all classes with as many fields have the code of
one function, each under the names of its own fields.
"""

from collections import namedtuple
from functools import cache
from types import FunctionType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    _getter = type(namedtuple("_One", "only").only)

    class _Noun(tuple):
        """What every class has beside its fields."""

        __slots__ = ()

        @classmethod
        def _make(cls, values):
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **changes):
            made = self._make(map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"Got unexpected field names: {list(changes)!r}")
            return made

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            fields = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({fields})"

        def __getnewargs__(self):
            return tuple(self)

    @cache
    def _code(count):
        """The code of a ``__new__`` with so many fields."""
        fields = [f"_{number}" for number in range(count)]
        text = f"lambda {', '.join(['_cls', *fields])}: _new(_cls, ({' '.join(f'{name},' for name in fields)}))"
        return eval(text).__code__  # noqa: S307 - our own text

    class _Making(type):
        def __new__(cls, name, bases, given):
            fields = tuple(given.get("__annotations__", ()))
            defaults = {field: given.pop(field) for field in fields if field in given}
            if tuple(defaults) != fields[len(fields) - len(defaults) :]:
                raise TypeError(f"{name}: a field without a default follows one that has one")
            code = _code(len(fields)).replace(co_varnames=("_cls", *fields), co_qualname=f"{name}.__new__")
            given |= {field: _getter(number, "") for number, field in enumerate(fields)}
            given |= {"__slots__": (), "_fields": fields, "__match_args__": fields, "_field_defaults": defaults}
            given["__new__"] = FunctionType(code, {"_new": tuple.__new__}, "__new__", tuple(defaults.values()))
            return type(name, (_Noun, *bases[1:]), given)

    _base = type.__new__(_Making, "NamedTuple", (), {})

    def NamedTuple():  # noqa: N802
        """Only ever inherited from."""

    NamedTuple.__mro_entries__ = lambda bases: (_base,)
