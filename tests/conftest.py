"""What all tests share: options, markers, and the rule that continuous integration skips nothing."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from generator import kept
from generator.compose.sandbox import Sandbox
from generator.model.reading import Reading
from generator.readback.docx import read_docx
from generator.render.docx.render import Rendered, render_docx
from tests import verapdf
from tests.runs import Run, run

SOAK = os.environ.get("SHUOMING_SOAK") == "1"
"""``make soak``: many more generated cases, others at every run. Else few, and always the same."""
LATER = () if SOAK else (pytest.mark.slow,)
"""The marks of cases that make test leaves to CI; make soak asks them too."""
settings.register_profile("few", derandomize=True, deadline=None, database=None)
settings.register_profile("all", settings.get_profile("few"))
settings.register_profile("soak", max_examples=1000, deadline=None)
settings.load_profile("soak" if SOAK else "few")

MADE_UP = "made_up"
"""The marker of tests over made-up departments: with ``-m made_up`` they ask all examples, else some (made_up.py)."""

_COUNTED_BEFORE = {
    "bind/test_prose",
    "bind/test_tables",
    "check/test_agreements",
    "check/test_control_rules",
    "check/test_conventions",
    "check/test_damaged",
    "check/test_income",
    "check/test_made_up",
    "check/test_prior_parts",
    "check/test_settle",
    "check/test_wrong_number",
    "compose/test_charts",
    "compose/test_titles",
    "derive/test_cube",
    "difference/test_properties",
    "explain/test_units",
    "filling/test_made_up",
    "load/test_kept_profile",
    "load/test_units",
    "render/docx/test_charts",
    "render/docx/test_marked",
    "render/docx/test_package",
    "render/docx/test_redline",
    "render/html/test_page",
    "render/test_text",
    "sheets/test_damage",
    "test_bench",
    "test_damage",
    "test_edits",
    "test_handbook",
    "test_handbook_index",
    "test_hostile",
    "test_kept",
    "test_mistakes",
    "test_no_place_in_code",
    "test_odd_departments",
    "test_opc",
    "test_other_departments",
    "test_other_departments_of_jiangsu",
    "test_places",
    "test_properties",
    "test_published_places",
    "test_readme",
    "test_redline",
    "test_right_data",
    "test_schema",
    "test_wrong_digit",
    "trial/test_departments",
    "work/test_editions",
    "work/test_many_units",
    "work/test_preview",
    "work/test_proof",
    "work/test_workshop",
}
"""Tests that say much and run hardly a line that others don't: to count what they run would take CI as long as they do.

Of these the lines that no other test runs were 129 of 65,786 ways from line to line, and CI took 47 seconds for them.
"""
_SKIPS = pytest.StashKey[dict[str, str]]()
_COMPARED = pytest.StashKey[set[Path]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Two options of our own."""
    group = parser.getgroup("shuoming")
    group.addoption("--update-golden", action="store_true", help="rewrite expected files with what came out")
    group.addoption(
        "--no-skip",
        action="store_true",
        default=os.environ.get("CI") == "true",
        help="a skipped test fails the run (default when CI=true)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Start a run's list of skipped tests, and of the expected files that were looked at."""
    config.stash[_SKIPS] = {}
    config.stash[_COMPARED] = set()
    if not SOAK and MADE_UP in config.getoption("-m"):
        settings.load_profile("all")
    _share_compiled_modules(config)
    _keep_for_this_run(config)


def _share_compiled_modules(config: pytest.Config) -> None:
    """Where no bytecode is to be written here, the programs that tests start compile each module once, not each time."""
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = _folder(config)
        sys.dont_write_bytecode = False


def _folder(config: pytest.Config) -> str:
    """One that is there as long as the run."""
    folder = tempfile.TemporaryDirectory(prefix="shuoming-")
    config.add_cleanup(folder.cleanup)
    return folder.name


def _keep_for_this_run(config: pytest.Config) -> None:
    """What programs keep in the user's cache folder is kept elsewhere: no run finds what an earlier one left.

    In this process it is kept in memory: as nearly all tests have new words, files would be written for each and read by none.
    """
    os.environ["XDG_CACHE_HOME"] = _folder(config)
    folder, memory, in_files = kept.remembering().args[0], dict[bytes, bytes](), kept.remembered

    def remembered(where: Path, key: bytes, make: Callable[[], bytes]) -> bytes:
        if where != folder:
            return in_files(where, key, make)
        if key not in memory:
            memory[key] = make()
        return memory[key]

    kept.remembered = remembered


Golden = Callable[[Path, str], None]


def seeds(number: int, quick: int, soaked: int) -> list[Any]:
    """So many seeds, of which make test takes the first ``quick``; in make soak ``soaked`` of them."""
    return [pytest.param(seed, marks=() if seed < quick else LATER) for seed in range(soaked if SOAK else number)]


def some(cases: Iterable[Any], quick: int) -> list[Any]:
    """All the cases, of which make test asks the first ``quick``, and CI the others too."""
    each = (case if isinstance(case, tuple) else (case,) for case in cases)
    return [pytest.param(*case, marks=() if at < quick else LATER) for at, case in enumerate(each)]


@pytest.fixture(scope="session")
def golden(pytestconfig: pytest.Config) -> Golden:
    """Compares a text with an expected file; with --update-golden it rewrites the file first."""

    def compare(expected: Path, text: str) -> None:
        pytestconfig.stash[_COMPARED].add(expected.resolve())
        if pytestconfig.getoption("--update-golden"):
            expected.write_text(text, encoding="utf-8")
        assert text == expected.read_text(encoding="utf-8")

    return compare


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the slow tests unless -m says which to run; count no lines where others have counted them."""
    for item in items:
        if item.path.relative_to(ROOT / "tests").with_suffix("").as_posix() in _COUNTED_BEFORE:
            item.add_marker("no_cover")
    if config.getoption("-m"):
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    if slow:
        config.hook.pytest_deselected(items=slow)
        config.stash[_COMPARED] |= {path / "expected.txt" for item in slow for path in _cases(item)}
        items[:] = [item for item in items if item not in slow]


def _cases(item: pytest.Item) -> list[Path]:
    """The folders of the gallery that a test is of."""
    known = item.callspec.params.values() if isinstance(item, pytest.Function) and hasattr(item, "callspec") else ()
    return [value for value in known if isinstance(value, Path)]


def pytest_collection_finish() -> None:
    """Look seldom for garbage, and not among what stays: looking among trees of large documents cost a quarter of the time.

    The program itself looks for none while it runs (cli). Here macros of each document's templates hold it in a circle.
    """
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs LibreOffice, Chromium or veraPDF where there is none."""
    if item.get_closest_marker("libreoffice") and not shutil.which("soffice"):
        pytest.skip("soffice not found: install LibreOffice (tests/fonts/install.sh)")
    if item.get_closest_marker("browser") and not shutil.which("chromium"):
        pytest.skip("chromium not found: apt-get install chromium")
    if item.get_closest_marker("verapdf") and verapdf.missing():
        pytest.skip(verapdf.missing())


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Note a module that was skipped whole."""
    report = yield
    _note(collector.config, report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note a test that was skipped; an expected failure is not a skip."""
    report = yield
    _note(item.config, report)
    return report


def _note(config: pytest.Config, report: pytest.CollectReport | pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        config.stash[_SKIPS][report.nodeid] = str(reason)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that skipped something and must not, and one in which an expected file was for nothing."""
    config = session.config
    skipped = config.getoption("--no-skip") and config.stash[_SKIPS]
    if session.exitstatus == pytest.ExitCode.OK and (skipped or _orphans(config)):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _orphans(config: pytest.Config) -> list[Path]:
    """The expected files that no test compares, when all tests have run."""
    if config.args != ["tests"] or any(
        config.getoption(name, None) for name in ("-k", "-m", "--lf", "--deselect", "-x", "numprocesses")
    ):
        return []
    tests = ROOT / "tests"
    expected = [path for path in (tests / "golden").rglob("*") if path.is_file()]
    expected += (tests / "gallery").glob("*/expected.txt")
    return sorted(set(expected) - config.stash[_COMPARED])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which tests were skipped, and why; which expected files nobody compared."""
    for path in _orphans(config):
        terminalreporter.line(f"no test compares {path}: delete it", red=True)
    if config.getoption("--no-skip") and config.stash[_SKIPS]:
        terminalreporter.section("skipped, and --no-skip is on: the run fails", red=True)
        for nodeid, reason in config.stash[_SKIPS].items():
            terminalreporter.line(f"{nodeid}: {reason}")


ROOT = Path(__file__).parent.parent


def bring(folder: Path) -> None:
    """The real data and their place, to spoil in a folder of one's own; formats of other places stay where they are."""
    for name in ("data", "templates/yibin"):
        shutil.copytree(ROOT / name, folder / name)


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Generator[None]:
    """Every test makes the same few templates: their code, which comes of their text alone, is made once.

    It is a third of a run. Between the program's own runs its cache does this (test_kept.py).
    """
    made: dict[tuple[object, ...], object] = {}
    compiled = Sandbox._compiled

    def once(sandbox: Sandbox, *template: object) -> object:
        if template not in made:
            made[template] = compiled(sandbox, *template)
        return made[template]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sandbox, "_compiled", once)
        yield


@pytest.fixture(scope="session")
def run_2022() -> Run:
    """The real department through the whole pipeline."""
    return run(ROOT / "data", ROOT / "templates", "yibin", 2022)


def templates_with(folder: Path, charts: str) -> Path:
    """The real profile, in a folder of its own, with something written for 图表."""
    shutil.copytree(ROOT / "templates" / "yibin", folder / "yibin")
    file = folder / "yibin" / "report.yaml"
    text = file.read_text(encoding="utf-8")
    assert "\n惯例:\n" in text
    file.write_text(text.replace("\n惯例:\n", f"\n惯例:\n  图表: {charts}\n"), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def charted_templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The profiles of a place that asks for charts."""
    return templates_with(tmp_path_factory.mktemp("templates"), "是")


@pytest.fixture(scope="session")
def charted(charted_templates: Path) -> Run:
    """The real department, with charts."""
    return run(ROOT / "data", charted_templates, "yibin", 2022)


@pytest.fixture(scope="session")
def rendered_2022(run_2022: Run) -> Rendered:
    """The real document."""
    assert run_2022.document is not None and run_2022.profile is not None
    return render_docx(run_2022.document, run_2022.profile.master)


@pytest.fixture(scope="session")
def report_2022(rendered_2022: Rendered) -> bytes:
    """The real document's bytes."""
    return rendered_2022.data


@pytest.fixture(scope="session")
def reading_2022(rendered_2022: Rendered) -> Reading:
    """The real document read back from its file."""
    return read_docx(rendered_2022.data)


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with the real data and profiles to spoil."""
    bring(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path
