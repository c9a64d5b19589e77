"""The Word file as a PDF that everybody can read: LibreOffice makes it, we say what it can't and look at what it made."""
