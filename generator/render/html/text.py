"""Words into HTML: everything a department typed is escaped, whatever it looks like."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence

NOTHING = "'none'"
"""Where a page may ask for more: nowhere."""
_ENTITIES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;"))
_IN_SCRIPT = str.maketrans({"&": "\\u0026", "<": "\\u003c", ">": "\\u003e", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def escape(text: str) -> str:
    """Text for an element or a quoted attribute."""
    if text.isalnum():  # nearly all
        return text
    for sign, entity in _ENTITIES:
        text = text.replace(sign, entity)
    return text


def json_for_script(value: object) -> str:
    """JSON that no tag inside it can end: the browser reads a script's text until the first “</script”."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_IN_SCRIPT)


def tag(name: str, content: str, attributes: Mapping[str, str | int | None] | None = None) -> str:
    """An element; ``content`` is HTML already, attributes are words. None leaves an attribute out."""
    return f"<{name}{attributes_html(attributes or {})}>{content}</{name}>"


def attributes_html(attributes: Mapping[str, str | int | None]) -> str:
    """`` name="value"`` for each that is not None."""
    return "".join(f' {name}="{escape(str(value))}"' for name, value in attributes.items() if value is not None)


def head_html(
    title: str,
    style: str,
    scripts: Sequence[str],
    connect: str = NOTHING,
    attributes: Mapping[str, str | int | None] | None = None,
) -> str:
    """How a page begins, to its ``</head>``; ``title`` is HTML already, ``attributes`` are of its root.

    Only our own style and scripts run, named by their hashes, whatever else might get into the page.
    """
    policy = (
        f"default-src 'none'; img-src data:; style-src {hashed(style)}; script-src {' '.join(map(hashed, scripts))}; "
        f"connect-src {connect}; base-uri 'none'; form-action 'none'"
    )
    return (
        f'<!doctype html>\n<html lang="zh-CN"{attributes_html(attributes or {})}>\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{title}</title>\n<link rel="icon" href="data:,">\n<style>{style}</style>\n</head>\n'
    )


def hashed(text: str) -> str:
    """What a Content-Security-Policy knows a style or a script by."""
    try:
        from _sha256 import sha256  # type: ignore[import-not-found] # hashlib also loads OpenSSL, a hundredth of a page
    except ImportError:  # Python 3.12 and later
        from hashlib import sha256
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
