//! Pages to a folder, a WARC file or lines of JSON, and their truth beside them.

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use onrecord::model::sha256_hex;
use serde_json::json;

use crate::looks::Looked;
use crate::story::Page;

/// How pages are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Folder,
    Warc,
    Jsonl,
}

impl Format {
    pub fn named(name: &str) -> Option<Format> {
        match name {
            "folder" => Some(Format::Folder),
            "warc" => Some(Format::Warc),
            "jsonl" => Some(Format::Jsonl),
            _ => None,
        }
    }
}

/// The files that are written.
pub struct Out {
    format: Format,
    bodies: bool,
    folder: PathBuf,
    file: Option<BufWriter<File>>,
    truth: BufWriter<File>,
}

impl Out {
    /// `OUT` and `OUT.truth.jsonl`, which must not be there.
    pub fn new(out: &Path, format: Format, bodies: bool) -> Result<Out, Box<dyn Error>> {
        let new = |path: &Path| {
            File::create_new(path)
                .map(BufWriter::new)
                .map_err(|error| format!("{}: {error}", path.display()))
        };
        let mut truth = out.as_os_str().to_owned();
        truth.push(".truth.jsonl");
        let truth = new(Path::new(&truth))?;
        let file = match format {
            Format::Folder => {
                fs::create_dir(out).map_err(|error| format!("{}: {error}", out.display()))?;
                None
            }
            _ => Some(new(out)?),
        };
        let folder = out.to_owned();
        Ok(Out {
            format,
            bodies,
            folder,
            file,
            truth,
        })
    }

    /// Writes a page and its truth.
    pub fn write(&mut self, page: &Page, looked: &Looked) -> Result<(), Box<dyn Error>> {
        let ending = if looked.is_html { "html" } else { "txt" };
        let name = format!("{:03}/{:07}.{ending}", page.n / 1_000, page.n);
        match (&mut self.file, self.format) {
            (Some(file), Format::Warc) => file.write_all(&record(page, looked)?)?,
            (Some(file), _) => line(file, page, looked)?,
            (None, _) => {
                let path = self.folder.join(&name);
                if page.n.is_multiple_of(1_000) {
                    fs::create_dir_all(path.parent().unwrap_or(&self.folder))?;
                }
                fs::write(path, &looked.bytes)?;
            }
        }
        let (origin, of) = page.origin.told();
        let mut truth = json!({
            "page": page.n,
            "file": name,
            "url": looked.url,
            "sha256": sha256_hex(&looked.bytes),
            "outlet": looked.outlet,
            "look": looked.look,
            "published": page.published.to_string(),
            "title": looked.title,
            "author": page.author,
            "origin": origin,
            "of": of,
            "texts": page.texts,
            "names": page.names,
        });
        if self.bodies {
            truth["paragraphs"] = json!(page.paragraphs);
        }
        writeln!(self.truth, "{truth}")?;
        Ok(())
    }

    /// Ends the files.
    pub fn end(mut self) -> Result<(), Box<dyn Error>> {
        if let Some(file) = &mut self.file {
            file.flush()?;
        }
        self.truth.flush()?;
        Ok(())
    }
}

/// A response as a crawler keeps it, a gzip member of its own.
fn record(page: &Page, looked: &Looked) -> Result<Vec<u8>, Box<dyn Error>> {
    let kind = if looked.is_html {
        "text/html"
    } else {
        "text/plain"
    };
    let charset = if looked.is_1252 {
        "windows-1252"
    } else {
        "utf-8"
    };
    let mut block = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset={charset}\r\nContent-Length: {}\r\n\r\n",
        looked.bytes.len()
    )
    .into_bytes();
    block.extend_from_slice(&looked.bytes);
    let id = sha256_hex(looked.url.as_bytes());
    let head = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{}-{}-{}-{}-{}>\r\n\
         WARC-Date: {}T12:00:00Z\r\nWARC-Target-URI: {}\r\n\
         Content-Type: application/http;msgtype=response\r\nContent-Length: {}\r\n\r\n",
        &id[..8],
        &id[8..12],
        &id[12..16],
        &id[16..20],
        &id[20..32],
        page.published,
        looked.url,
        block.len()
    );
    let mut member = GzEncoder::new(Vec::new(), Compression::new(6));
    member.write_all(head.as_bytes())?;
    member.write_all(&block)?;
    member.write_all(b"\r\n\r\n")?;
    Ok(member.finish()?)
}

/// A line as a scraper keeps it; pages in windows-1252 are decoded.
fn line(file: &mut BufWriter<File>, page: &Page, looked: &Looked) -> Result<(), Box<dyn Error>> {
    let (text, _) = match looked.is_1252 {
        true => encoding_rs::WINDOWS_1252.decode_without_bom_handling(&looked.bytes),
        false => encoding_rs::UTF_8.decode_without_bom_handling(&looked.bytes),
    };
    let field = if looked.is_html { "html" } else { "text" };
    let line = json!({
        "url": looked.url,
        "title": looked.title,
        "date_publish": page.published.to_string(),
        field: text,
    });
    writeln!(file, "{line}")?;
    Ok(())
}
