"""The one door: what is no sound Word file is refused in one line, at once; what is one comes in, whoever wrote it."""

from __future__ import annotations

import os
import random
import struct
import threading
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from generator import opc
from generator.cli import main
from generator.model.problem import UsageError
from generator.opc import Package, bytes_of
from generator.readback.docx import read_docx
from generator.work.redline import Side, redlined
from tests import other_hands
from tests.conftest import LATER, SOAK
from tests.made_files import links, packed, paragraph, parts, story
from tests.render.docx.test_redline import WHO

BODY = paragraph("收入总计100.00万元。")
GOOD = parts(BODY)
MAIN = "word/document.xml"


def with_main(change: Callable[[bytes], bytes]) -> bytes:
    return packed({**GOOD, MAIN: change(GOOD[MAIN])})


def with_body(inside: bytes) -> bytes:
    return with_main(lambda data: data.replace(b"</w:body>", inside + b"</w:body>"))


def of_raw_zip(change: Callable[[bytearray], None]) -> bytes:
    data = bytearray(packed(GOOD))
    change(data)
    return bytes(data)


def bad_offset(data: bytearray) -> None:
    place = data.rindex(b"PK\x05\x06")
    data[place + 16 : place + 20] = struct.pack("<I", len(data) * 3)


def encrypted(data: bytearray) -> None:
    place = -1
    while (place := data.find(b"PK\x01\x02", place + 1)) >= 0:
        data[place + 8] |= 1


def odd_method(data: bytearray) -> None:
    place = data.rindex(b"PK\x01\x02")
    data[place + 10 : place + 12] = struct.pack("<H", 12)


def lying() -> bytes:
    """A part that says it is small, and is not."""
    data = bytearray(packed({**GOOD, "word/media/image1.png": bytes(3_000_000)}))
    for sign, shift in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = data.rindex(sign, 0, data.rindex(b"word/media/image1.png") if sign == b"PK\x01\x02" else None)
        data[place + shift : place + shift + 4] = struct.pack("<I", 1000)
    return bytes(data)


def twice() -> bytes:
    buffer = BytesIO(packed(GOOD))
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning):
        archive.writestr(MAIN, GOOD[MAIN])
    return buffer.getvalue()


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "不是有效的Word文件"),
    "Word's lock file": (lambda: b"\x06admin", "不是有效的Word文件"),
    "a password, or an old .doc": (lambda: b"\xd0\xcf\x11\xe0" * 900, "去掉密码"),
    "cut": (lambda: packed(GOOD)[:-300], "不是有效的Word文件"),
    "an offset beyond its end": (lambda: of_raw_zip(bad_offset), "不是有效的Word文件"),
    "encrypted parts": (lambda: of_raw_zip(encrypted), "加密"),
    "another packing": (lambda: of_raw_zip(odd_method), "压缩方法"),
    "a lying size": (lying, "已损坏"),
    "the same part twice": (twice, "两个 word/document.xml"),
    "a name that leads elsewhere": (lambda: packed({**GOOD, "../x.xml": b"<a/>"}), "名称不对"),
    "no body part": (lambda: packed({name: data for name, data in GOOD.items() if name != MAIN}), "缺少正文"),
    "no body": (lambda: with_main(lambda _: b"<a/>"), "没有正文"),
    "a header as its body": (lambda: with_main(lambda _: story("header", "页眉").encode()), "没有正文"),
    "damaged": (lambda: with_main(lambda data: data[:-20]), "已损坏"),
    "entities": (lambda: with_main(lambda data: b'<!DOCTYPE a [<!ENTITY b "c">]>' + data), "不允许的声明"),
    "GB 18030": (lambda: with_main(lambda data: b'<?xml version="1.0" encoding="GB18030"?>' + data), "编码"),
    "an unknown encoding": (lambda: with_main(lambda data: b'<?xml version="1.0" encoding="x-y"?>' + data), "编码"),
    "broken UTF-16": (lambda: with_main(lambda data: b"\xff\xfe" + data[:-1]), "已损坏"),
    "a long attribute": (lambda: with_body(b'<w:p w:x="' + b"x" * 3_000_000 + b'"/>'), "长得不合常理"),
    "a long comment": (lambda: with_body(b"<!--" + b"x>" * 3_000_000 + b"-->"), "长得不合常理"),
    "deep": (lambda: with_body(b"<w:sdt>" * 9000 + b"</w:sdt>" * 9000), "层次或元素过多"),
    "broken links": (lambda: packed({**GOOD, "_rels/.rels": b"<a"}), "已损坏"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_no_program_should_read_is_refused_in_one_line(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make, why = REFUSED[kind]
    monkeypatch.chdir(tmp_path)
    Path("好.docx").write_bytes(packed(GOOD))
    Path("坏.docx").write_bytes(make())
    commands = [["diff", "好.docx", "坏.docx"], ["redline", "坏.docx", "好.docx", "-o", "x.docx"]]
    if kind == "a lying size":  # a picture is only unpacked where it is compared or copied
        commands = [["redline", "好.docx", "坏.docx", "-o", "x.docx"]]
    for command in commands:
        assert main(command) == 2
        printed = capsys.readouterr()
        assert printed.err.startswith("错误：坏.docx：") and printed.err.count("\n") == 1 and why in printed.err
        assert printed.out == "" and not Path("x.docx").exists()


def strict(data: bytes) -> bytes:
    for usual, other in (
        (b"schemas.openxmlformats.org/wordprocessingml/2006/", b"purl.oclc.org/ooxml/wordprocessingml/"),
        (b"schemas.openxmlformats.org/officeDocument/2006/", b"purl.oclc.org/ooxml/officeDocument/"),
    ):
        data = data.replace(usual, other)
    return data


HEADED = parts(
    paragraph("一") + paragraph("收入总计100.00万元。"),
    {"rId9": ("header", "header7.xml", story("header", "某局"))},
)


def moved(found: dict[str, bytes]) -> dict[str, bytes]:
    """As Word in a browser names the main part."""
    names = {MAIN: "word/document2.xml", "word/_rels/document.xml.rels": "word/_rels/document2.xml.rels"}
    made_of = {names.get(name, name): data for name, data in found.items()}
    return made_of | {"_rels/.rels": links([("rId1", "officeDocument", "/word/document2.xml")]).encode()}


ALIKE: dict[str, Callable[[], bytes]] = {
    "Strict": lambda: packed({name: strict(data) for name, data in GOOD.items()}),
    "Strict that says so": lambda: packed(
        {
            name: strict(data).replace(b"<w:document ", b'<w:document w:conformance="strict" ')
            for name, data in GOOD.items()
        }
    ),
    "another main part": lambda: packed(moved(GOOD)),
    "UTF-16": lambda: with_main(lambda data: data.decode().encode("utf-16")),
    "UTF-16 that says so": lambda: with_main(
        lambda data: f'<?xml version="1.0" encoding="UTF-16"?>{data.decode()}'.encode("utf-16-le")
    ),
    "a mark before UTF-8": lambda: with_main(lambda data: b"\xef\xbb\xbf" + data),
    "folders": lambda: packed({"word/": b"", **GOOD}),
}


@pytest.mark.parametrize("kind", ALIKE)
def test_the_same_words_come_in_however_they_were_packed(kind: str) -> None:
    data, plain = ALIKE[kind](), packed(GOOD)
    assert read_docx(data).cover == read_docx(plain).cover == ("收入总计100.00万元。",)
    for old, new in ((data, plain), (plain, data)):
        redline = redlined(Side("旧", old), Side("新", new), WHO)
        assert redline.clean and read_docx(redline.data).cover == ("收入总计100.00万元。",)


def test_a_redline_of_a_strict_file_speaks_one_language() -> None:
    old = packed({name: strict(data) for name, data in parts(paragraph("收入总计90.00万元。")).items()})
    new = packed({name: strict(data) for name, data in GOOD.items()})
    redline = redlined(Side("旧", old), Side("新", new), WHO)
    with zipfile.ZipFile(BytesIO(redline.data)) as archive:
        assert not any(b"purl.oclc.org" in archive.read(name) for name in archive.namelist())
        assert archive.read(MAIN).count(b"<w:ins ") == archive.read(MAIN).count(b"<w:del ") == 1


def test_a_package_is_never_unpacked_beyond_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    package = Package(packed({**GOOD, "word/a.bin": bytes(700_000), "word/b.bin": bytes(700_000)}))
    monkeypatch.setattr(opc, "MOST_UNPACKED", 1_000_000)
    package.read("word/a.bin"), package.read("word/a.bin")  # the same bytes again are no more
    with pytest.raises(UsageError, match="过大"):
        package.read("word/b.bin")


def test_too_many_parts() -> None:
    with pytest.raises(UsageError, match="过多"):
        Package(packed({f"word/{number}.xml": b"" for number in range(opc.MOST_PARTS + 1)}))


def test_links_lead_inside_only() -> None:
    kinds = "".join(
        f'<Relationship Id="r{number}" Type="x/image" Target="{target}"{mode}/>'
        for number, (target, mode) in enumerate(
            (("../media/a.png", ""), ("/word/media/b%20c.png", ""), ("http://x/y.png", ' TargetMode="External"'), ("../../../etc/passwd", ""))
        )
    )  # fmt: skip
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    rels = f'<Relationships xmlns="{space}">{kinds}</Relationships>'.encode()
    package = Package(packed({**GOOD, "word/charts/_rels/c.xml.rels": rels}))
    found = [link.part for link in package.links("word/charts/c.xml")]
    assert found == ["word/media/a.png", "word/media/b c.png", "", "etc/passwd"]
    assert "etc/passwd" not in package


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_and_a_device_are_not_waited_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pipe = tmp_path / "管道.docx"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero"), tmp_path):
        with pytest.raises(UsageError, match="不是普通文件"):
            bytes_of(path)
        done = threading.Thread(target=main, args=(["text", str(path)],), daemon=True)
        done.start()
        done.join(30)
        assert not done.is_alive()
    assert capsys.readouterr().err.count("没有") == 3


def test_a_long_token_costs_no_time() -> None:
    """A hundred million letters in one attribute took a minute."""
    data = with_body(b'<w:p w:x="' + b"x" * 100_000_000 + b'"/>')
    began = time.process_time()
    with pytest.raises(UsageError):
        read_docx(data)
    assert time.process_time() - began < 10


def spoilt(rng: random.Random, data: bytes) -> bytes:
    """Bits of the zip turned, bytes lost, parts cut, swapped, in another encoding, or nested."""
    kind = rng.choice(("bits", "bits", "cut", "doubled", "part", "part", "swap", "encode", "nest", "lose"))
    if kind in ("bits", "cut", "doubled"):
        damaged = bytearray(data)
        for _ in range(rng.randint(1, 6)):
            damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
        place = rng.randrange(len(damaged))
        return bytes({"bits": damaged, "cut": damaged[:place], "doubled": damaged[place:] + damaged}[kind])
    with zipfile.ZipFile(BytesIO(data)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    one, other = (rng.choice([name for name in found if name.endswith((".xml", ".rels"))]) for _ in range(2))
    text = found[one]
    place = rng.randrange(len(text))
    if kind == "part":
        found[one] = (
            text[:place]
            + rng.choice((b"", b"<", b"&#0;", b"]]>", b"\xff", b'"', b"<w:ins/>"))
            + text[place + rng.randint(0, 9) :]
        )
    elif kind == "swap":
        found[one], found[other] = found[other], found[one]
    elif kind == "encode":
        code = rng.choice(("utf-16", "utf-16-le", "gb18030", "utf-32", "utf-7"))
        found[one] = (
            f'<?xml version="1.0" encoding="{rng.choice((code, "big5", "ISO-2022-JP"))}"?>'.encode()
            + text.decode().encode(code)
        )
    elif kind == "nest":
        found[one] = text[:place] + b"<w:p>" * rng.choice((10, 1000)) + text[place:]
    else:
        del found[one]
    return packed(found)


FUZZED = 6000 if SOAK else 40


@pytest.mark.parametrize("share", [0, *(pytest.param(share, marks=LATER) for share in range(1, FUZZED // 10))])
def test_damage_gives_an_answer_or_one_line(share: int) -> None:
    """Read or refused, and compared or refused: never a traceback."""
    for seed in range(share * 10, share * 10 + 10):
        rng = random.Random(seed)
        good, _ = other_hands.pair(seed % 7)
        damaged = spoilt(rng, good)
        for old, new in ((good, damaged), (damaged, good)):
            try:
                read_docx(damaged)
                redline = redlined(Side("旧", old), Side("新", new), WHO)
            except UsageError as error:
                assert "\n" not in str(error) and len(str(error)) < 200, seed
            else:
                assert zipfile.ZipFile(BytesIO(redline.data)).testzip() is None, seed
