"""Word: the only room that knows OOXML. Own XML strings spliced into a master."""

from generator.later import sparing

with sparing("bz2", "lzma", "shutil"):  # Word files are deflated, in memory
    import zipfile  # noqa: F401
