"""Document to bytes, one module a format; problems to text. Word lives in render/docx and nowhere else."""
