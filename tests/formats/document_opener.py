"""LibreOffice Writer: what it reads of a design document, as the text of the PDF that it makes."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader

from advisor_document.model import Document
from tests.formats.slide_opener import office_environment


@dataclass(frozen=True)
class Opened:
    """The pages that Writer makes of a document, and how many of its headings stand there."""

    pages: int
    headings: int
    of_headings: int


def opened(document: Document, content: bytes, folder: Path) -> Opened:
    """Return what Writer shows of a Word file."""
    reader = PdfReader(printed(content, folder))
    words = re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))
    headings = [re.sub(r"\s", "", one.heading) for section in document.sections for one in (section, *section.parts)]
    return Opened(len(reader.pages), sum(heading in words for heading in headings), len(headings))


def printed(content: bytes, folder: Path) -> Path:
    """Return the PDF that Writer makes of a Word file, with our fonts in place of those of Office."""
    (folder / "document.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), "document.docx"]
    subprocess.run(command, cwd=folder, env=office_environment(folder), timeout=240, check=True, capture_output=True)
    return folder / "document.pdf"
