"""The same document as a docxtpl user makes it: data from JSON into a finished template.

python -m bench.peer_docxtpl FOLDER      template.docx and data.json (see peer_template.py) to document.docx
"""

import json
import sys
from pathlib import Path

from docxtpl import DocxTemplate

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    data = json.loads((folder / "data.json").read_text(encoding="utf-8"))
    template = DocxTemplate(folder / "template.docx")
    template.render(data, autoescape=True)
    template.save(folder / "document.docx")
