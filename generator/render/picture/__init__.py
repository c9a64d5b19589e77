"""一图读懂 drawn: a page that is read on a phone, and one sheet of A4. Only words and bars; both say the same."""
