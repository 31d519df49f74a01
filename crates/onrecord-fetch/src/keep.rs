//! What was fetched, beside the record: a WARC file a page and version, and a log of every
//! request, which also says what version is kept.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use onrecord_model::sha256_hex;
use serde_json::{Value, json};
use url::Url;

use crate::ask::{Response, Version};

/// The log's name; files of this ending are not read as pages.
const LOG: &str = "requests.log";

/// The newest version of a page that is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Below the folder.
    pub file: PathBuf,
    pub version: Version,
}

/// The folder.
pub struct Keep {
    folder: PathBuf,
    log: File,
    kept: BTreeMap<String, Kept>,
}

impl Keep {
    /// Opens the folder, made where it is missing.
    pub fn open(folder: &Path) -> io::Result<Keep> {
        fs::create_dir_all(folder)?;
        let path = folder.join(LOG);
        let mut kept = BTreeMap::new();
        if path.exists() {
            for line in BufReader::new(File::open(&path)?).split(b'\n') {
                // A line that was cut off by the end of a run tells nothing.
                let Ok(line) = serde_json::from_slice::<Value>(&line?) else {
                    continue;
                };
                let text = |name: &str| line[name].as_str().map(str::to_owned);
                if let (Some(url), Some(file)) = (text("url"), text("file")) {
                    let version = Version {
                        etag: text("etag"),
                        last_modified: text("last_modified"),
                    };
                    let file = PathBuf::from(file);
                    if folder.join(&file).is_file() {
                        kept.insert(url, Kept { file, version });
                    }
                }
            }
        }
        let mut log = OpenOptions::new().create(true).append(true).open(&path)?;
        if !ends_a_line(&path)? {
            log.write_all(b"\n")?;
        }
        Ok(Keep {
            folder: folder.to_owned(),
            log,
            kept,
        })
    }

    /// What is kept of a page.
    pub fn of(&self, url: &Url) -> Option<&Kept> {
        self.kept.get(url.as_str())
    }

    /// The bytes of a file that is kept.
    pub fn bytes(&self, kept: &Kept) -> io::Result<Vec<u8>> {
        fs::read(self.folder.join(&kept.file))
    }

    /// Notes a request that brought nothing to keep.
    pub fn note(&mut self, url: &Url, at: &str, what: &str) -> io::Result<()> {
        self.line(&json!({"url": url.as_str(), "at": at, "answer": what}))
    }

    /// Keeps what a server gave for `url`; `from` is where it was in the end. A feed is kept as it
    /// came, a page as a WARC record. The same body is kept once.
    pub fn keep(
        &mut self,
        url: &Url,
        from: &Url,
        at: &str,
        response: &Response,
        is_feed: bool,
    ) -> io::Result<Kept> {
        let sha256 = sha256_hex(&response.body);
        let place = sha256_hex(url.as_str().as_bytes());
        let ending = if is_feed { "feed" } else { "warc.gz" };
        let name = format!("{}-{}.{ending}", &place[..16], &sha256[..16]);
        let file = Path::new(&folder_name(url)).join(name);
        let path = self.folder.join(&file);
        if !path.exists() {
            let bytes = match is_feed {
                true => response.body.clone(),
                false => record(from, at, response, &sha256)?,
            };
            whole(&path, &bytes)?;
        }
        self.line(&json!({
            "url": url.as_str(),
            "from": from.as_str(),
            "at": at,
            "answer": "200",
            "sha256": sha256,
            "etag": response.version.etag,
            "last_modified": response.version.last_modified,
            "file": file.to_string_lossy().replace('\\', "/"),
        }))?;
        let kept = Kept {
            file,
            version: response.version.clone(),
        };
        self.kept.insert(url.to_string(), kept.clone());
        Ok(kept)
    }

    fn line(&mut self, line: &Value) -> io::Result<()> {
        self.log.write_all(format!("{line}\n").as_bytes())
    }
}

/// A host's folder; what file systems take for something else becomes `_`.
fn folder_name(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let plain = |c: char| match c {
        c if c.is_ascii_alphanumeric() || matches!(c, '.' | '-') => c,
        _ => '_',
    };
    let name: String = host.chars().map(plain).collect();
    match name.trim_start_matches('.') {
        "" => "_".to_owned(),
        name => name.to_owned(),
    }
}

fn ends_a_line(path: &Path) -> io::Result<bool> {
    use io::{Read, Seek, SeekFrom};
    let mut file = File::open(path)?;
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

/// Writes a file so that it is there whole or not at all.
fn whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    let mut file = File::create(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&part, path)
}

/// A response as a crawler keeps it, its body unpacked.
fn record(from: &Url, at: &str, response: &Response, sha256: &str) -> io::Result<Vec<u8>> {
    let line = |name: &str, value: &str| match value.is_empty() {
        true => String::new(),
        false => format!("{name}: {}\r\n", value.replace(['\r', '\n'], " ")),
    };
    let Version {
        etag,
        last_modified,
    } = &response.version;
    let mut block = format!(
        "HTTP/1.1 200 OK\r\n{}{}{}Content-Length: {}\r\n\r\n",
        line("Content-Type", &response.media_type),
        line("ETag", etag.as_deref().unwrap_or_default()),
        line(
            "Last-Modified",
            last_modified.as_deref().unwrap_or_default()
        ),
        response.body.len()
    )
    .into_bytes();
    block.extend_from_slice(&response.body);
    let id = sha256_hex(format!("{from} {at} {sha256}").as_bytes());
    let head = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{}-{}-{}-{}-{}>\r\n\
         WARC-Date: {at}\r\nWARC-Target-URI: {from}\r\n\
         Content-Type: application/http;msgtype=response\r\nContent-Length: {}\r\n\r\n",
        &id[..8],
        &id[8..12],
        &id[12..16],
        &id[16..20],
        &id[20..32],
        block.len()
    );
    let mut member = GzEncoder::new(Vec::new(), Compression::default());
    member.write_all(head.as_bytes())?;
    member.write_all(&block)?;
    member.write_all(b"\r\n\r\n")?;
    member.finish()
}
