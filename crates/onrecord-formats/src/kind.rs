//! Which format a file is in.

use crate::{feed, jsonl, mail};

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A page of text or HTML, or something that only its reader can refuse.
    Page,
    /// JSON objects, one a line or in an array.
    Jsonl,
    /// A web archive.
    Warc,
    /// A ZIP file of files, WACZ included.
    Zip,
    /// A TAR file of files.
    Tar,
    /// RSS, Atom or JSON Feed.
    Feed,
    /// One mail.
    Mail,
    /// Many mails.
    Mbox,
    /// A page with its parts, as browsers save it.
    Mhtml,
    /// A text of Word.
    Docx,
    /// A text of OpenDocument.
    Odt,
    /// Rich text.
    Rtf,
    /// Pages of print.
    Pdf,
    /// A table, columns cut by commas or semicolons.
    Csv,
    /// A table, columns cut by tabs.
    Tsv,
    /// A workbook.
    Xlsx,
    /// A table of columns.
    Parquet,
}

impl Kind {
    /// The endings of files that are read when they lie in a folder or in a ZIP or TAR file;
    /// each may have `.gz` after it.
    pub const ENDINGS: [&str; 26] = [
        "txt", "html", "htm", "xhtml", "jsonl", "json", "ndjson", "warc", "wacz", "rss", "atom",
        "xml", "eml", "mbox", "mhtml", "mht", "docx", "odt", "rtf", "pdf", "csv", "tsv", "xlsx",
        "parquet", "zip", "tar",
    ];

    /// How much of a file [`Kind::of`] should see.
    pub const HEAD: usize = 64 << 10;

    /// The format of a file, by its first bytes (unpacked, if the file is gzip), and where
    /// they leave it open by its name.
    ///
    /// ```
    /// use onrecord_formats::Kind;
    /// assert_eq!(Kind::of("page.txt", b"WARC/1.0\r\nWARC-Type: warcinfo\r\n"), Kind::Warc);
    /// assert_eq!(Kind::of("news.csv.gz", b"title,text\r\n"), Kind::Csv);
    /// assert_eq!(Kind::of("-", b"The port reopened on Monday."), Kind::Page);
    /// ```
    pub fn of(name: &str, head: &[u8]) -> Kind {
        let ending = ending(name);
        by_content(&ending, head).unwrap_or_else(|| by_ending(&ending))
    }

    /// Whether a file of this kind is one page, at the address of the file itself.
    pub fn is_one_page(self) -> bool {
        matches!(
            self,
            Kind::Page | Kind::Mhtml | Kind::Docx | Kind::Odt | Kind::Rtf | Kind::Pdf
        )
    }

    /// Whether the kind of such files is told by [`Kind::ENDINGS`]: of a name, in any case.
    pub fn is_read_in_folders(name: &str) -> bool {
        let lower = name.to_lowercase();
        let bare = lower.strip_suffix(".gz").unwrap_or(&lower);
        bare.rsplit_once('.').is_some_and(|(stem, ending)| {
            !stem.is_empty()
                && !stem.ends_with('/')
                && (Kind::ENDINGS.contains(&ending) || ending == "tgz")
        })
    }

    /// The name of the format, as people call it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Page => "page",
            Kind::Jsonl => "JSONL",
            Kind::Warc => "WARC",
            Kind::Zip => "ZIP",
            Kind::Tar => "TAR",
            Kind::Feed => "feed",
            Kind::Mail => "mail",
            Kind::Mbox => "mbox",
            Kind::Mhtml => "MHTML",
            Kind::Docx => "DOCX",
            Kind::Odt => "ODT",
            Kind::Rtf => "RTF",
            Kind::Pdf => "PDF",
            Kind::Csv => "CSV",
            Kind::Tsv => "TSV",
            Kind::Xlsx => "XLSX",
            Kind::Parquet => "Parquet",
        }
    }
}

/// The last part of a name, in small letters, `.gz` left out.
fn ending(name: &str) -> String {
    let lower = name.rsplit('/').next().unwrap_or_default().to_lowercase();
    if lower.ends_with(".tgz") {
        return "tar".to_owned();
    }
    let bare = lower.strip_suffix(".gz").unwrap_or(&lower);
    match bare.rsplit_once('.') {
        Some((_, ending)) => ending.to_owned(),
        None => String::new(),
    }
}

fn by_ending(ending: &str) -> Kind {
    match ending {
        "jsonl" | "ndjson" => Kind::Jsonl,
        "warc" => Kind::Warc,
        "zip" | "wacz" => Kind::Zip,
        "tar" => Kind::Tar,
        "rss" | "atom" => Kind::Feed,
        "eml" => Kind::Mail,
        "mbox" => Kind::Mbox,
        "mhtml" | "mht" => Kind::Mhtml,
        "docx" => Kind::Docx,
        "odt" => Kind::Odt,
        "rtf" => Kind::Rtf,
        "pdf" => Kind::Pdf,
        "csv" => Kind::Csv,
        "tsv" => Kind::Tsv,
        "xlsx" => Kind::Xlsx,
        "parquet" => Kind::Parquet,
        _ => Kind::Page,
    }
}

fn by_content(ending: &str, head: &[u8]) -> Option<Kind> {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Some(in_zip(ending, head));
    }
    let signs: [(&[u8], Kind); 4] = [
        (b"%PDF-", Kind::Pdf),
        (b"PAR1", Kind::Parquet),
        (b"{\\rtf", Kind::Rtf),
        (b"WARC/", Kind::Warc),
    ];
    if let Some((_, kind)) = signs.iter().find(|(sign, _)| head.starts_with(sign)) {
        return Some(*kind);
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some(Kind::Tar);
    }
    // A few bytes of something else before the head of a PDF are allowed.
    if ending == "pdf" && find(&head[..head.len().min(1024)], b"%PDF-") {
        return Some(Kind::Pdf);
    }
    if mail::looks_like_mbox(head) {
        return Some(Kind::Mbox);
    }
    if mail::looks_like_mail(head, ending == "eml") {
        return Some(match mail::is_web_page(head) {
            true => Kind::Mhtml,
            false => Kind::Mail,
        });
    }
    if feed::looks_like_feed(head) {
        return Some(Kind::Feed);
    }
    let tabular = matches!(ending, "csv" | "tsv");
    (!tabular && jsonl::looks_like_jsonl(head)).then_some(Kind::Jsonl)
}

/// DOCX, ODT and XLSX are ZIP files whose members have names of their own.
fn in_zip(ending: &str, head: &[u8]) -> Kind {
    if find(head, b"mimetypeapplication/vnd.oasis.opendocument.text") {
        Kind::Odt
    } else if find(head, b"word/document.xml") {
        Kind::Docx
    } else if find(head, b"xl/workbook.xml") {
        Kind::Xlsx
    } else {
        match by_ending(ending) {
            kind @ (Kind::Docx | Kind::Odt | Kind::Xlsx) => kind,
            _ => Kind::Zip,
        }
    }
}

fn find(bytes: &[u8], what: &[u8]) -> bool {
    memchr::memmem::find(bytes, what).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_goes_before_the_name() {
        for (name, head, kind) in [
            ("a.txt", &b"%PDF-1.7\n"[..], Kind::Pdf),
            ("a.csv", b"{\"a\": 1}", Kind::Csv),
            ("a.json", b"{\"text\": \"x\"}", Kind::Jsonl),
            ("a.zip", b"PK\x03\x04......[Content_Types].xml..word/document.xml", Kind::Docx),
            ("a.wacz", b"PK\x03\x04......archive/data.warc.gz", Kind::Zip),
            ("a.xml", b"<?xml version='1.0'?>\n<rss version='2.0'>", Kind::Feed),
            ("a.xml", b"<?xml version='1.0'?>\n<urlset>", Kind::Page),
            ("a.mht", b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", Kind::Mhtml),
            ("a", b"From: x@example.org\r\nMIME-Version: 1.0\r\nSubject: y\r\n\r\nText", Kind::Mail),
            ("a.txt", b"From: the port\nSubject: cranes\n\nThe port reopened.", Kind::Page),
            ("a.html", b"<html>", Kind::Page),
            ("a.rtf", b"", Kind::Rtf),
            ("A.TGZ", b"", Kind::Tar),
            ("dir.csv/a", b"x", Kind::Page),
        ] {
            assert_eq!(Kind::of(name, head), kind, "{name} {}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn names_read_in_folders() {
        for yes in ["a.txt", "b/A.HTML.gz", "x.warc.gz", "x.tgz"] {
            assert!(Kind::is_read_in_folders(yes), "{yes}");
        }
        for no in ["gz", ".txt", "a/.txt", "a.png", "txt", "a.cdx.gz"] {
            assert!(!Kind::is_read_in_folders(no), "{no}");
        }
    }

    #[test]
    fn every_ending_has_a_kind() {
        for ending in Kind::ENDINGS {
            let pages = ["txt", "html", "htm", "xhtml", "json", "xml"];
            let page = Kind::of(&format!("a.{ending}"), b"") == Kind::Page;
            assert_eq!(page, pages.contains(&ending), "{ending}");
        }
    }
}
