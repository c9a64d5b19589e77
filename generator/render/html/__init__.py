"""HTML lives here: a Document into one page that explains itself."""
