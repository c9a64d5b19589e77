"""What a browser is shown while a person types."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.problem import UsageError
from generator.work.preview import screen
from generator.work.workshop import Workshop


def test_a_folder_that_is_gone_leaves_the_page(workplace: Path) -> None:
    shop, data = Workshop(Path("templates"), "yibin"), Path("data")
    page = screen(shop, data, 2022)
    assert page.page and not page.problems
    for folder in ("data/2022", "data"):
        Path(folder).rename("away")
        with pytest.raises(UsageError):
            screen(shop, data, 2022)
        state = screen(shop, data, 2022, page)
        assert state.page == page.page and state.problems.startswith("错误：") and "\n" not in state.problems
        Path("away").rename(folder)
    assert screen(shop, data, 2022, page) == page
