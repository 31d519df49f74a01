//! Files that the tools of others wrote (`checks/make.py` makes them anew).

#![allow(clippy::disallowed_methods)] // reads its files

mod make;

use std::path::Path;

use make::{all_well, notes, read, read_twice, text};
use onrecord_model::RawPage;

fn file(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/files")
        .join(name);
    std::fs::read(path).expect("a file of the tests")
}

fn pages(name: &str) -> Vec<RawPage> {
    all_well(
        read_twice(name, &file(name))
            .into_iter()
            .filter(|page| !page.as_ref().is_err_and(|note| note.code == "left-out"))
            .collect(),
    )
}

const FIRST: &str =
    "The harbour of Tesk reopened on Monday.\nThe port authority said that two cranes were mended.";

#[test]
fn tables_say_the_same() {
    let [csv, xlsx, parquet] = ["python.csv", "openpyxl.xlsx", "pyarrow-zstd.parquet"].map(pages);
    for pages in [&csv, &xlsx, &parquet] {
        assert_eq!(pages.len(), 2);
        assert_eq!(text(&pages[0]), FIRST);
        let declared = &pages[0].declared;
        assert_eq!(declared.authors, ["Ana Tal", "Omar Benn"]);
        assert_eq!(declared.published.as_deref(), Some("2020-02-03 10:00:00"));
        assert_eq!(declared.publisher.as_deref(), Some("harbour.example.org"));
        assert_eq!(
            (&pages[0].sha256, &pages[1].sha256),
            (&csv[0].sha256, &csv[1].sha256)
        );
    }
}

#[test]
fn documents_say_the_same() {
    let [docx, odt] = ["small.docx", "odfpy.odt"].map(|name| text(&pages(name)[0]));
    assert_eq!(docx, odt);
    assert!(
        docx.starts_with("Harbour of Tesk reopens\n\nThe harbour of Tesk reopened on Monday.\n\n")
    );
    assert!(docx.contains("\n\nDock workers reject “second offer”\n\n"));
}

#[test]
fn a_crawl() {
    let pages = pages("warcio.warc.gz");
    assert_eq!(pages.len(), 2);
    assert_eq!(
        pages[1].declared.url.as_deref(),
        Some("https://harbour.example.org/2")
    );
    assert!(text(&pages[1]).contains("“We will not sign,”"));
}

#[test]
fn columns_of_print() {
    let text = text(&pages("reportlab-columns.pdf")[0]);
    let paragraphs: Vec<&str> = text.trim().split("\n\n").collect();
    let heading = "Harbour of Tesk reopens after a winter of talks and strikes";
    assert_eq!(paragraphs.iter().filter(|p| **p == heading).count(), 2);
    assert!(paragraphs.contains(&"Page 1") && paragraphs.contains(&"Page 2"));
    let sentence = "The port authority of Tesk announced on Monday that the harbour would be reopened within a \
                    fortnight, provided that the dockworkers' representatives accepted the timetable which both \
                    delegations had negotiated.";
    // All in order, each in one piece but the one that is cut by the end of the page.
    let whole = |n: usize| format!("Paragraph {n}. {sentence} {sentence}");
    let cut: Vec<usize> = (1..=13)
        .filter(|n| !paragraphs.contains(&whole(*n).as_str()))
        .collect();
    assert_eq!(cut, [12], "{text}");
    let starts: Vec<usize> = (1..=13)
        .filter_map(|n| text.find(&format!("Paragraph {n}. ")))
        .collect();
    assert!(starts.len() == 13 && starts.is_sorted());
}

#[test]
fn cut_words_and_pictures_of_print() {
    let page = &pages("reportlab-hyphens.pdf")[0];
    assert_eq!(
        text(page),
        "The harbour of Tesk will be reopened, said the well-known port authority, a US-led body.\n\nIt is a well-known port.\n"
    );
    let all = read("reportlab-scan.pdf", &file("reportlab-scan.pdf"));
    assert!(notes(&all)[0].code == "no-text" && notes(&all)[0].text.contains("OCR"));
}
