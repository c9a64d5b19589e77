"""Names of files that every system takes: what Windows forbids is refused everywhere, since folders travel."""

import re

from generator.model.problem import UsageError

_SIGNS = '\\ / : * ? " < > |'
_DEVICE = r"(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?: *\..*)?"
_LONGEST = 100
"""Letters: a path on Windows has 260, and there are folders above and files below."""


def why_refused(name: str) -> str:
    """Why no file or folder can be called so, as the end of a sentence; empty where it can."""
    found = re.search(r'[\\/:*?"<>|\x00-\x1f\x7f]', name)
    if found:
        return f"不能有“{found[0]}”，Windows的文件名里不能用 {_SIGNS}" if found[0] > " " else "不能有不可见的字符"
    if not name.strip(". "):
        return "不能是空的"
    if name[-1] in ". " or name[0] == " ":
        return "不能以空格开头，也不能以空格或“.”结尾，Windows会把它们去掉"
    if re.fullmatch(_DEVICE, name):
        return f"不能用“{name}”，这是Windows留给设备的名称"
    return f"太长了，最多{_LONGEST}个字" if len(name) > _LONGEST else ""


def profile_of(text: str) -> str:
    """A profile's name as typed. Raises UsageError when it could leave its folder."""
    if not re.fullmatch(r"[\w-]+", text):
        raise UsageError(f"格式方案名不能是“{text}”。")
    return text
