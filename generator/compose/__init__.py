"""Book and Profile to Document: words, numbering, contents, cross-references. Jinja lives here and nowhere else."""
