"""Makes files of every format with the tools that people use, to see that they are read.

    python3 -m venv V && V/bin/pip install warcio python-docx openpyxl pyarrow reportlab odfpy
    V/bin/python checks/make.py FOLDER
    cargo run -p onrecord-formats --example show -- FOLDER/*

Small ones are kept in tests/files, where tests/tools.rs reads them.
"""

import csv
import io
import json
import mailbox
import pathlib
import sys
import zipfile
from email.message import EmailMessage

ROWS = [
    {
        "title": "Harbour of Tesk reopens",
        "authors": ["Ana Tal", "Omar Benn"],
        "date_publish": "2020-02-03 10:00:00",
        "maintext": "The harbour of Tesk reopened on Monday.\nThe port authority said that two cranes were mended.",
        "source_domain": "harbour.example.org",
        "url": "https://harbour.example.org/1",
        "language": "en",
    },
    {
        "title": "Dock workers reject “second offer”",
        "authors": [],
        "date_publish": "2020-02-05 08:30:00",
        "maintext": "Dock workers in Tesk rejected the offer.\n\n“We will not sign,” said Lena Orun, who speaks for them.",
        "source_domain": "harbour.example.org",
        "url": "https://harbour.example.org/2",
        "language": "en",
    },
]

LONG = (
    "The port authority of Tesk announced on Monday that the harbour would be reopened within "
    "a fortnight, provided that the dockworkers' representatives accepted the timetable which "
    "both delegations had negotiated. "
)


def html(row):
    body = "".join(f"<p>{p}</p>" for p in row["maintext"].split("\n") if p)
    return f"<html><head><title>{row['title']}</title></head><body>{body}</body></html>"


def warc(folder):
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    for name, packed in [("warcio.warc.gz", True), ("warcio.warc", False)]:
        with open(folder / name, "wb") as out:
            writer = WARCWriter(out, gzip=packed)
            writer.write_record(writer.create_warcinfo_record(name, {"software": "warcio"}))
            for row in ROWS:
                head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
                body = io.BytesIO(html(row).encode())
                writer.write_record(writer.create_warc_record(row["url"], "response", payload=body, http_headers=head))
            head = StatusAndHeaders("404 Not Found", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record("https://x/", "response", payload=io.BytesIO(b"gone"), http_headers=head))


def docx(folder):
    import docx as word

    document = word.Document()
    document.core_properties.title = ROWS[0]["title"]
    for row in ROWS:
        document.add_heading(row["title"], 1)
        for paragraph in row["maintext"].split("\n"):
            document.add_paragraph(paragraph)
    document.save(folder / "python-docx.docx")
    # The same without the template's pictures and styles.
    with zipfile.ZipFile(folder / "python-docx.docx") as whole, zipfile.ZipFile(folder / "small.docx", "w", zipfile.ZIP_DEFLATED) as small:
        for name in ["[Content_Types].xml", "word/document.xml", "docProps/core.xml"]:
            small.writestr(name, whole.read(name))


def odt(folder):
    from odf.opendocument import OpenDocumentText
    from odf.text import H, P

    document = OpenDocumentText()
    for row in ROWS:
        document.text.addElement(H(outlinelevel=1, text=row["title"]))
        for paragraph in row["maintext"].split("\n"):
            document.text.addElement(P(text=paragraph))
    document.save(folder / "odfpy.odt")


def tables(folder):
    import datetime

    import openpyxl
    import pyarrow
    import pyarrow.parquet

    book = openpyxl.Workbook()
    sheet = book.active
    names = list(ROWS[0])
    sheet.append(names)
    for row in ROWS:
        values = ["; ".join(v) if isinstance(v, list) else v for v in row.values()]
        values[names.index("date_publish")] = datetime.datetime.fromisoformat(row["date_publish"])
        sheet.append(values)
    book.save(folder / "openpyxl.xlsx")

    with open(folder / "python.csv", "w", newline="") as out:
        writer = csv.DictWriter(out, names)
        writer.writeheader()
        writer.writerows(ROWS)

    for packing in ["snappy", "zstd", "gzip"]:
        columns = {name: [row[name] for row in ROWS] for name in names}
        columns["date_publish"] = [datetime.datetime.fromisoformat(d) for d in columns["date_publish"]]
        columns["embedding"] = [[0.5] * 8 for _ in ROWS]
        pyarrow.parquet.write_table(pyarrow.table(columns), folder / f"pyarrow-{packing}.parquet", compression=packing)

    with open(folder / "news-please.jsonl", "w") as out:
        out.writelines(json.dumps(row) + "\n" for row in ROWS)


def mails(folder):
    box = mailbox.mbox(folder / "python.mbox")
    for row in ROWS:
        message = EmailMessage()
        message["Subject"] = row["title"]
        message["From"] = "Harbour Post <news@harbour.example.org>"
        message["Date"] = "Mon, 03 Feb 2020 10:00:00 +0000"
        message.set_content(row["maintext"] + "\nFrom here on the text goes on. " + LONG)
        message.add_alternative(html(row), subtype="html")
        box.add(message)
    (folder / "python.eml").write_bytes(bytes(message))
    box.close()


def pdf(folder):
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfgen import canvas
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, SimpleDocTemplate, Spacer

    styles = getSampleStyleSheet()
    body = styles["BodyText"]
    simple = SimpleDocTemplate(str(folder / "reportlab.pdf"), pagesize=A4, title=ROWS[0]["title"])
    parts = []
    for row in ROWS:
        parts.append(Paragraph(row["title"], styles["Heading1"]))
        parts += [Paragraph(p, body) for p in (row["maintext"] + "\n" + LONG * 2).split("\n") if p]
        parts.append(Spacer(1, 12))
    simple.build(parts)

    columns = BaseDocTemplate(str(folder / "reportlab-columns.pdf"), pagesize=A4)
    width, height = A4
    frames = [Frame(40, 40, 240, height - 160, id="left"), Frame(315, 40, 240, height - 160, id="right")]

    def head(page, _):
        page.setFont("Helvetica-Bold", 18)
        page.drawString(40, height - 80, "Harbour of Tesk reopens after a winter of talks and strikes")
        page.setFont("Helvetica", 8)
        page.drawString(40, 20, f"Page {page.getPageNumber()}")

    columns.addPageTemplates(PageTemplate(frames=frames, onPage=head))
    text = [Paragraph(f"Paragraph {n}. " + LONG * 2, body) for n in range(1, 14)]
    columns.build(text)

    cut = canvas.Canvas(str(folder / "reportlab-hyphens.pdf"), pagesize=A4)
    for n, line in enumerate(["The harbour of Tesk will be re-", "opened, said the well-", "known port author-", "ity, a US-", "led body."]):
        cut.drawString(72, 700 - 14 * n, line)
    cut.drawString(72, 600, "It is a well-known port.")
    cut.save()

    scan = canvas.Canvas(str(folder / "reportlab-scan.pdf"), pagesize=A4)
    scan.rect(72, 72, 200, 200, fill=1)
    scan.save()


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for make in [warc, docx, odt, tables, mails, pdf]:
        make(folder)


main()
