"""A department of many units: all editions in one call cost what their lines and documents are, and no more."""

from __future__ import annotations

import cProfile
import pstats
import shutil
from functools import cache
from pathlib import Path

import pytest

from generator.load.classification import load_classification
from generator.work.report import every_edition
from generator.work.stages import Finished
from generator.work.workshop import Workshop
from tests.conftest import ROOT
from tests.departments import yibin
from tests.work.test_units import HEAD, PRIOR, UNIT

LINES = 300


def make(folder: Path, units: int) -> None:
    """A folder of so many units with ``LINES`` lines each, all under the same 科目."""
    known = load_classification(2022, yibin().extra_codes)
    economic = [code for code in known.department_economic if len(code) == 5 and code.startswith(("301", "302"))]
    economic = [code for code in economic if known.government_code(code, "行政")][:25]
    functions = [code for code in known.function if len(code) == 7 and code.startswith("20801")]
    functions = [code for code in functions if known.function[code] not in ("行政运行", "事业运行")]
    spent = "".join(
        f"    {function} {known.function[function]}:\n"
        + "".join(f"      {code} {known.department_economic[code]}: 1.23\n" for code in economic)
        for function in functions[: LINES // 25]
    )
    codes = [f"045{number:03d}" for number in range(1, units + 1)]
    (folder / "units").mkdir(parents=True)
    shutil.copy(ROOT / "data" / "2022" / "performance.yaml", folder)
    listed = "".join(f'  "{code}": 第{code}办\n' for code in codes)
    before, _, after = HEAD.partition("预算单位:\n")
    files = {
        "department": before + "预算单位:\n" + listed + after[after.index("主要职责") :],
        "basic": "".join(f'- 单位: "{code}"\n  资金来源: 一般公共预算\n  支出:\n{spent}' for code in codes),
        "projects": "[]\n",
        "narrative": "专项转移支付项目: []\n",
        "prior": PRIOR,
        **{f"units/{code}": UNIT for code in codes},
    }
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    for units in (2, 4, 8):
        make(folder / str(units) / "2022", units)
    return folder


@cache
def shop() -> Workshop:
    return Workshop(ROOT / "templates", "yibin", ask_all=False)


def calls(place: Path, units: int) -> int:
    """How many functions are called to make the documents; the machine's load is no part of it."""
    counted = cProfile.Profile()
    counted.enable()
    made = list(every_edition(shop(), place / str(units), 2022))
    counted.disable()
    assert len(made) == units + 1 and all(isinstance(one.ended, Finished) for one in made)
    found: int = pstats.Stats(counted).total_calls  # type: ignore[attr-defined]
    return found


@pytest.mark.slow
def test_twice_as_many_units_take_twice_as_much(place: Path) -> None:
    """What four further units and their lines add is twice what two add; reading all for each would make it more."""
    for units in (2, 4, 8):
        calls(place, units)  # the place is read, formats and sentences are proved
    few, some, many = (calls(place, units) for units in (2, 4, 8))
    assert many - some < 2.08 * (some - few)


def test_the_folder_is_read_once_for_the_department_and_once_for_its_units(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from generator.work import workshop

    read: list[int] = []
    once = workshop.load_department
    monkeypatch.setattr(workshop, "load_department", lambda *given: read.append(1) or once(*given))
    list(every_edition(shop(), place / "2", 2022))
    assert 1 <= len(read) <= 2
    list(every_edition(shop(), place / "2", 2022))
    assert 2 <= len(read) <= 4, "another call looks at the files again"
