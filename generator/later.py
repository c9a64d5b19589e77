"""Libraries imported without what a sound run never asks of them.

They compile patterns nobody searches for, and load a compiler for templates that are compiled already: a tenth of the
instructions of a report. What is put off here is there as soon as somebody uses it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any


class _Pattern:
    """A pattern that is compiled when it is needed."""

    def __init__(self, *given: Any, **named: Any) -> None:
        self._given, self._named = given, named

    def __getattr__(self, name: str) -> Any:
        made = re.compile(*self._given, **self._named)
        self.__dict__.update({name: getattr(made, name) for name in dir(made) if name[0] != "_"})
        return getattr(made, name)


class _Callable:
    """A function or class of a module that is loaded when it is called."""

    def __init__(self, module: str, name: str) -> None:
        self._module, self._name = module, name

    def __call__(self, *given: Any, **named: Any) -> Any:
        return getattr(import_module(self._module), self._name)(*given, **named)


@contextmanager
def sparing(*modules: str, package: str = "") -> Iterator[None]:
    """While libraries are imported: patterns are compiled, and ``modules`` loaded, when they are first used.

    Of the modules only functions, and classes nobody inherits from, may be wanted. A ``package`` is there for its
    modules; its own ``__init__`` runs when something is asked of it afterwards.
    """
    put_off = {name: ModuleType(name) for name in modules if name not in sys.modules}
    for name, module in put_off.items():
        module.__dict__["__getattr__"] = lambda wanted, name=name: _Callable(name, _plain(wanted))
    sys.modules.update(put_off)
    shell = _shell(package, put_off) if package and package not in sys.modules else None
    compiled, re.compile = re.compile, _Pattern  # type: ignore[assignment]
    try:
        yield
    finally:
        re.compile = compiled
        for name, module in put_off.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]
            module.__dict__["__getattr__"] = lambda wanted, name=name: getattr(import_module(name), wanted)
        if shell is not None:
            _run_when_asked(shell)


def _plain(name: str) -> str:
    if name.startswith("__"):
        raise AttributeError(name)
    return name


def _shell(package: str, put_off: dict[str, ModuleType]) -> ModuleType:
    spec = find_spec(package)
    assert spec is not None
    shell = sys.modules[package] = module_from_spec(spec)
    within = f"{package}."
    shell.__dict__.update({name.removeprefix(within): put_off[name] for name in put_off if name.startswith(within)})
    return shell


def _run_when_asked(shell: ModuleType) -> None:
    def run(wanted: str) -> Any:
        del shell.__dict__["__getattr__"]
        assert shell.__spec__ is not None and shell.__spec__.loader is not None
        shell.__spec__.loader.exec_module(shell)
        return getattr(shell, wanted)

    shell.__dict__["__getattr__"] = run
