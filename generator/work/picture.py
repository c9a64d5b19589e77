"""The verb picture: 一图读懂 of a year's document, drawn when all rules have been asked of it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from generator.load.watch import LATEST, layers_of
from generator.model.department import UNIT
from generator.model.picture import Picture, PictureSpec
from generator.model.problem import Problems, UsageError, has_errors
from generator.model.profile import Profile
from generator.work.check import check
from generator.work.drawings import DRAWINGS
from generator.work.formats import File
from generator.work.report import Report, file_name
from generator.work.stages import Finished, Sources, Stopped
from generator.work.workshop import Workshop

USUAL = "通用"
"""The profile whose picture.yaml every other rests on."""
_LONGEST_URL = 500


class Asked(NamedTuple):
    """In which of ``DRAWINGS``, and where the full text is for a QR code; without an address there is none."""

    form: str = "html"
    url: str = ""


HTML = Asked()


def picture(shop: Workshop, data: Path, year: int, asked: Asked = HTML, unit: str = "") -> Report:
    """一图读懂 of ``data/<year>``, of the department or of one unit, as a file.

    >>> made = picture(Workshop(Path("templates"), "通用"), Path("examples/handbook"), 2026)

    No file where the data has errors. Nothing is saved. Raises UsageError where a folder is missing, the address is none,
    or a browser is needed and there is none.
    """
    url = address_of(asked.url)
    done = check(shop, data, year, unit)
    if not isinstance(done, Finished) or done.failed:
        return Report(done, {}, unit)
    drawn, problems, sources = picture_in(shop, done, url)
    if drawn is None or has_errors(problems):
        return Report(Stopped(problems, {**done.sources, **sources}), {}, unit)
    form = DRAWINGS[asked.form]
    return Report(
        done, {f"{file_name(done.document.file_name)}（一图读懂）.{form.ending}": File(form.write(drawn))}, unit
    )


def picture_in(shop: Workshop, done: Finished, url: str = "") -> tuple[Picture | None, Problems, Sources]:
    """What stands on the picture of a finished document; nothing where the place's picture.yaml is wrong."""
    from generator.compose.picture import picture_of

    department = done.inputs.department
    spec, problems, sources = wanted_in(shop, done.profile, department.year, department.edition)
    if spec is None:
        return None, problems, sources
    drawn, found = picture_of(done.document, done.book, done.inputs, spec, url)
    return drawn, (*problems, *found), sources


def wanted_in(
    shop: Workshop, profile: Profile, year: int = LATEST, edition: str = ""
) -> tuple[PictureSpec | None, Problems, Sources]:
    """What the place's picture.yaml says for a year and edition; nothing where it is wrong."""
    from generator.load.picture import load_picture
    from generator.load.shipped import home_of

    folder = shop.templates / shop.name
    layers = layers_of(folder, year, edition if edition == UNIT else "")
    figures = [figure.name for figure in profile.figures]
    spec, problems, read = load_picture(folder, layers, home_of(shop.templates, USUAL), profile.dimensions, figures)
    return spec, problems, {source.name: source for source in read}


def address_of(url: str) -> str:
    """An address of the web as typed. Raises UsageError for anything else."""
    if url and (
        not url.startswith(("http://", "https://")) or len(url) > _LONGEST_URL or not url.isprintable() or " " in url
    ):
        raise UsageError(
            f"--url 应是全文的网址，以 https:// 或 http:// 开头，没有空格，最多{_LONGEST_URL}个字，不能是“{url[:60]}”。"
        )
    return url
