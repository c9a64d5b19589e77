"""Book and Profile to Document: words, numbering, contents, cross-references. Jinja lives here and nowhere else."""

from generator.later import sparing

_COMPILING = ("jinja2.compiler", "jinja2.lexer", "jinja2.parser")  # templates are compiled once, kept.py has them then
with sparing(*_COMPILING, "inspect", "json", "random", "urllib.parse", package="jinja2"):
    import jinja2.sandbox  # noqa: F401 - before any of its modules imports jinja2
