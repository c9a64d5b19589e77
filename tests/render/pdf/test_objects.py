"""A PDF's objects, in the clear or packed; and what is put right in place."""

from __future__ import annotations

import zlib

from generator.render.pdf.finish import finished
from generator.render.pdf.objects import embedded_fonts, named_places, objects_of, pages_in

_PLAIN = (
    b"%%PDF-1.6\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/Dests 9 0 R\n/Lang(en-US)\n>>\nendobj\n"
    b"2 0 obj\n<</Type/Pages/Kids[ 3 0 R 4 0 R ]/Count 3>>\nendobj\n3 0 obj\n<</Type/Page/Tabs(S)\n>>\nendobj\n"
    b"4 0 obj\n<</Type/Pages/Kids[5 0 R\n6 0 R]>>\nendobj\n5 0 obj\n<</Type/Page>>\nendobj\n6 0 obj\n<</Type/Page>>\nendobj\n"
    b"7 0 obj\n<</Type/FontDescriptor/FontName/BAAAAA+FandolHei-Regular\n/Flags 4>>\nendobj\n"
    b"8 0 obj\n<</Length 4>>\nstream\nendo\nendstream\nendobj\n"
    b"9 0 obj\n<</toc0001[3 0 R/XYZ 1 2 0]/toc0002[6 0 R/XYZ 1 2 0]>>\nendobj\n"
    b"10 0 obj\n<</Title(1)/CreationDate(D:20261128131213Z')>>\nendobj\n"
    b"trailer\n<</Size 11/Root 1 0 R/ID [ <%s>\n<%s> ]\n/DocChecksum /%s\n>>\nstartxref\n99\n%%%%EOF\n"
)


def _made(name: bytes, when: bytes = b"20261128131213") -> bytes:
    return (_PLAIN % (name, name, name[::-1])).replace(b"20261128131213", when)


def test_pages_places_and_fonts_are_found() -> None:
    objects = objects_of(_made(b"0" * 32))
    assert pages_in(objects) == (3, 5, 6)
    assert named_places(objects) == {"toc0001": 1, "toc0002": 3}
    assert embedded_fonts(objects) == ("FandolHei-Regular",)


def test_objects_that_are_packed_together_are_found_too() -> None:
    bodies = [b"<</Type/Page>>", b"<</Type/FontDescriptor/FontName/CAAAAA+FandolSong>>"]
    head = f"20 0 21 {len(bodies[0])} ".encode()
    stream = zlib.compress(head + b"".join(bodies))
    packed = b"19 0 obj\n<</Type/ObjStm/N 2/First %d/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
        len(head),
        len(stream),
        stream,
    )
    objects = objects_of(packed)
    assert objects.found[20] == bodies[0]
    assert embedded_fonts(objects) == ("FandolSong",)
    assert list(objects_of(packed.replace(stream, b"no zip")).found) == [19]


def test_no_byte_moves_and_the_time_is_gone() -> None:
    one, other = _made(b"AB" * 16), _made(b"CD" * 16, b"20200101000000")
    made = finished(one)
    assert made == finished(other) != one
    assert len(made) == len(one)
    assert b"/Lang(zh-CN)" in made and b"/Tabs/S " in made and b"D:2026" not in made
    assert finished(one.replace(b"/Title(1)", b"/Title(2)"))[-120:] != made[-120:], "the identity follows the words"
