"""Codes as typed, looked up in a year's classification: which are in it, under which name, and which may be newer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from os.path import commonprefix
from typing import NamedTuple

import yaml

from generator.load.classification import NEWEST, Tenure, tenure_of
from generator.load.fields import code_of
from generator.load.yaml_text import Reader
from generator.model.classification import ITEMS, LISTS, Classification, ExtraCode, ExtraCodes
from generator.model.problem import Note, did_you_mean
from generator.model.source import Text

_PARTS = r"(?s:([0-9]*)\s*(.*?))"


_WORDS = {
    "功能科目": ("D001", "功能科目", "功能科目", "2080101 行政运行"),
    "部门经济": ("D004", "部门预算支出经济分类科目", "部门经济科目", "30101 基本工资"),
    "政府经济": ("D005", "政府预算支出经济分类科目", "政府经济科目", "50501 工资福利支出"),
}


class CodeBook:
    """A year's classification, and the codes newer than it that were typed so far, by list: all files share it."""

    def __init__(self, classification: Classification, year: int, extra: ExtraCodes) -> None:
        self.classification, self.year, self._extra = classification, year, extra
        self._learned: dict[str, dict[str, Text]] = {key: {} for key in LISTS}

    @property
    def with_learned(self) -> Classification:
        """The classification with what was typed beside it."""
        found = self.classification
        for key, codes in self._learned.items():
            if codes:
                found = found.and_also(key, {code: name.value for code, name in codes.items()})
        return found

    def read(self, reader: Reader, key: yaml.ScalarNode, name: str) -> tuple[str, bool]:
        """“2080101 行政运行” of the list ``name``: its code, and whether the code may be used; reported if not."""
        known = _Known(name, self.classification.names(name), *_WORDS[name])
        code, title = code_of(reader, key, known.one, known.example)
        return code, bool(code) and self._check(reader, key, _Typed(code, title), known)

    def reject_unknown_government(self, reader: Reader, key: yaml.ScalarNode, code: str, government: str) -> None:
        """对应 may lead to a government code that there is not."""
        if government not in self.classification.government_economic:
            message = f"部门经济科目{code}对应的政府经济科目“{government}”不在科目表中"
            reader.report(
                "D005", key, message, "请核对“增补科目”里的“对应”或“政府经济”，或写成“{金额: …, 政府经济: …}”指明。"
            )

    def _check(self, reader: Reader, key: yaml.ScalarNode, typed: _Typed, known: _Known) -> bool:
        name = known.names.get(typed.code)
        if name is None:
            return self._check_new(reader, key, typed, known)
        if typed.code[:3] not in known.names:
            message = f"{known.what}“{typed}”的类“{typed.code[:3]}”没有名称"
            reader.report(known.rule, key, message, f"请在“增补科目”里写明：“{typed.code[:3]}: 名称”。")
            return False
        if typed.name and typed.name != name:
            message = f"{known.what}{typed.code}的名称“{typed.name}”与科目表不一致"
            reader.warn("D003", key, message, known.other_name(typed))
        return True

    def _check_new(self, reader: Reader, key: yaml.ScalarNode, typed: _Typed, known: _Known) -> bool:
        before = self._learned[known.key].get(typed.code)
        if before is None:
            return self._learn(reader, key, typed, known)
        if typed.name and typed.name != before.value:
            message = f"{known.what}{typed.code}的名称“{typed.name}”与前面写的不一致"
            note = Note("前面写在这里", before.position)
            reader.warn("D003", key, message, f"文档将使用前面写的“{before.value}”，请改为一致。", note)
        return True

    def _learn(self, reader: Reader, key: yaml.ScalarNode, typed: _Typed, known: _Known) -> bool:
        """Take a code with its typed name where it may well be newer than the newest edition."""
        edition, wrong = self.classification.editions.get(known.key, self.year), None
        age = f"{'随附' if edition == NEWEST else '导入'}的科目表到{edition}年"
        message = f"{known.what}“{typed}”不在科目表中（{age}）"
        other_years = self._extra.of(known.key).get(typed.code)
        if other_years is not None:
            wrong = known.of_other_years(typed.code, other_years, self.year)
        elif edition >= self.year or len(typed.code) != ITEMS[known.key] or tenure_of(known.key, typed.code):
            wrong = known.unknown(typed, self.year)
        elif not typed.name or typed.code[:3] not in known.names:
            lack = f"也没有“{typed.code[:3]}”这一类" if typed.name else "它的名称没有填写"
            wrong = f"{message}，{lack}", f"请核对编码；确是新科目的，请{known.how_to_add(typed)}"
        if wrong is not None:
            reader.report(known.rule, key, *wrong)
            return False
        self._learned[known.key][typed.code] = Text(typed.name, reader.at(key))
        remedy = f"请按{self.year}年的科目核对编码和名称，文档照这样印；在“增补科目”里写明后不再提示。"
        reader.warn(
            "D031", key, message, remedy + known.lacking(typed.code) + known.hint(typed.code, known.namesake(typed))
        )
        return True


class _Typed(NamedTuple):
    """A code, and the name typed after it if there was one."""

    code: str
    name: str

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()


class _Known(NamedTuple):
    """One list of the classification, and how messages speak of it: the rule that a code exists, the list's name and
    a code's, and a line of it.
    """

    key: str
    names: Mapping[str, str]
    rule: str
    what: str
    one: str
    usual: str

    def example(self, typed: str) -> str:
        """How ``typed`` is written properly, if its code or its name tells what was meant; else any line of the list."""
        code, name = re.fullmatch(_PARTS, unicodedata.normalize("NFKC", typed).strip()).groups()  # type: ignore[union-attr]
        found = [code] if code in self.names else [other for other, full in self.names.items() if full == name]
        return f"{found[0]} {self.names[found[0]]}" if len(found) == 1 else self.usual

    def likeliest(self, typed: _Typed) -> str:
        """Of the codes with the name typed the one most like the code typed."""
        found = [code for code, name in self.names.items() if name == typed.name and len(code) == len(typed.code)]
        return max(found, key=lambda code: len(commonprefix([code, typed.code])), default="")

    def namesake(self, typed: _Typed) -> str:
        """The one code with the name typed; of a name that many have, such as 行政运行, the one of the same 款."""
        best = self.likeliest(typed)
        alone = sum(name == typed.name and len(code) == len(best) for code, name in self.names.items()) == 1
        return best if alone or (len(best) == 7 and best[:5] == typed.code[:5]) else ""

    def hint(self, code: str, other: str) -> str:
        """“是否为…？” with another code, or nothing."""
        return f"是否为“{other} {self.names[other]}”？" if other and other != code else ""

    def lacking(self, code: str) -> str:
        """What is to be said of a 项 whose 款 has no name either: forms that print one print its code."""
        above = code[:5]
        return "" if above in self.names or len(code) < 7 else f"它的款也没有名称，请一并写明：“{above}: 名称”。"

    def other_name(self, typed: _Typed) -> str:
        """What will be printed, and which code has the name that was typed: one of the two was meant."""
        name, other = self.names[typed.code], self.namesake(typed)
        if not other:
            return f"科目表中称“{name}”，文档将使用该名称。"
        return (
            f"科目表中{typed.code}是“{name}”，“{typed.name}”是{other}：文档将印“{name}”；"
            f"如果编码填错了，请改为“{other} {typed.name}”。"
        )

    def unknown(self, typed: _Typed, year: int) -> tuple[str, str]:
        """What is said of a code that is not of this year, and how to mend it."""
        tenure, hint = tenure_of(self.key, typed.code), self.hint(typed.code, self.likeliest(typed))
        if tenure is not None and tenure.since <= str(year) <= (tenure.until or "9999"):
            message = f"{self.what}“{typed.code} {tenure.name}”不在导入的科目表中"
            return message, f"请按当年的科目表改列；确有这个科目的，请在“增补科目”里写明。{hint}"
        if tenure is not None:
            return _out_of_force(self.what, typed.code, tenure, hint)
        remedy = (
            f"请核对编码；确有这个科目的，请在“增补科目”里写明。{hint or did_you_mean(typed.code, list(self.names))}"
        )
        return f"{self.what}“{typed.code}”不存在", remedy

    def of_other_years(self, code: str, extra: ExtraCode, year: int) -> tuple[str, str]:
        """What is said of an added code that is not of this year, and how to mend it."""
        later = extra.since[:4] > str(year)
        day = extra.since if later else extra.until
        day += "年" if len(day) == 4 else ""
        message = f"{self.what}“{code} {extra.name}”{f'从{day}起才有' if later else f'只用到{day}'}（见“增补科目”）"
        return message, "请核对科目，或改“增补科目”里它的“自”和“至”。"

    def how_to_add(self, typed: _Typed) -> str:
        """The line that makes a new code usable."""
        group = typed.code[:3]
        if group in self.names:
            return f"写成“{typed.code} 名称”，或在“增补科目”里写明。"
        return f"在“增补科目”的“{self.key}”里写明“{group}: 类的名称”和“{typed.code}: {typed.name or '名称'}”。"


def _out_of_force(what: str, number: str, tenure: Tenure, hint: str) -> tuple[str, str]:
    """What is said of a code of another year: when it was, or will be, and where the spending is put now."""
    code = f"{what}“{number} {tenure.name}”"
    if tenure.successor:
        below = "下的项级科目" if len(tenure.successor) < len(number) else ""
        now = f"{int(tenure.until) + 1}年起改列“{tenure.successor} {tenure.name}”{below}"
        return f"{code}只用到{tenure.until}年", f"{now}，请核对后改用。"
    if tenure.since and tenure.until:
        message = f"{code}只在{tenure.since}—{tenure.until}年使用"
    else:
        message = f"{code}只用到{tenure.until}年" if tenure.until else f"{code}从{tenure.since}年起才有"
    return message, f"请按当年的科目表改列。{hint}"
