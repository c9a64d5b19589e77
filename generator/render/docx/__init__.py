"""Word: the only room that knows OOXML. Own XML strings spliced into a master."""
