//! Reading pages into a record in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use jiff::{Timestamp, Unit};
use onrecord::model::{Note, RawPage, id_of};
use onrecord::pages::{HostLines, Hosts};
use onrecord::{Kit, guard};
use onrecord_formats::{Kind, Options, pages};
use onrecord_record::{Record as Rows, RecordError, RunConfig, UnreadPage};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use crate::cluster::Survey;
use crate::lexicon::Known;
use crate::pages::{Numbered, Pieces, all, open};
use crate::record::Record;
use crate::{capsule, failed};

/// Stack of the thread that reads, as in the program.
const STACK: usize = 16 << 20;
/// How often the program is asked whether to stop.
const LOOK: Duration = Duration::from_millis(50);

/// What pages are read with.
struct With {
    known: Known,
    fast: bool,
}

impl With {
    fn new(lexicon: Option<&Path>, fast: bool) -> PyResult<With> {
        let known = Known::new(lexicon)?;
        Ok(With { known, fast })
    }

    fn kit(&self) -> Kit<'_> {
        match self.fast {
            true => Kit::fast(self.known.lexicon()),
            false => Kit::new(self.known.lexicon()),
        }
    }
}

/// Something with pages in it.
enum Source {
    /// A page, or a file, in memory.
    Bytes {
        uri: String,
        bytes: Vec<u8>,
        is_page: bool,
    },
    File(PathBuf),
}

impl Source {
    fn pages(&self) -> Box<dyn Iterator<Item = Numbered> + Send> {
        match self {
            Source::Bytes {
                uri,
                bytes,
                is_page,
            } => {
                let bytes = Cursor::new(bytes.clone());
                match is_page {
                    true => {
                        let page = pages(Kind::Page, uri, bytes, &Options::default());
                        Box::new((0..).zip(page))
                    }
                    false => all(uri.clone(), bytes),
                }
            }
            Source::File(path) => {
                let uri = path.to_string_lossy().replace('\\', "/");
                match open(&path.to_string_lossy(), &uri) {
                    Ok(file) => all(uri, file),
                    Err(note) => Box::new(std::iter::once((0, Err(note)))),
                }
            }
        }
    }
}

/// Reads text, bytes, a file or several.
#[pyfunction]
#[pyo3(signature = (source, *, url = None, uri = None, fast = false, lexicon = None))]
pub fn read(
    py: Python<'_>,
    source: &Bound<'_, PyAny>,
    url: Option<String>,
    uri: Option<String>,
    fast: bool,
    lexicon: Option<PathBuf>,
) -> PyResult<Record> {
    let sources = sources(source, uri)?;
    let with = With::new(lexicon.as_deref(), fast)?;
    interruptible(py, |stop| whole(&sources, url.as_deref(), &with, stop))
}

/// Reads the pages of an Arrow batch, each by itself: rows as read.
#[pyfunction]
#[pyo3(signature = (batch, *, survey = None, fast = false, lexicon = None))]
pub fn read_batch(
    py: Python<'_>,
    batch: &Bound<'_, PyAny>,
    survey: Option<&Survey>,
    fast: bool,
    lexicon: Option<PathBuf>,
) -> PyResult<Record> {
    let (_, batches) = capsule::batches(batch)?;
    let with = With::new(lexicon.as_deref(), fast)?;
    let none = Survey::default();
    let survey = survey.unwrap_or(&none);
    let mut sources = Vec::new();
    for batch in &batches {
        let pieces = Pieces::of(batch)?;
        for row in 0..batch.num_rows() {
            sources.push((Survey::key(batch, row)?, pieces.pages(row)?));
        }
    }
    interruptible(py, |stop| {
        let mut reader = Reader::new(&with, survey)?;
        for (n, pages) in sources {
            for (number, page) in pages {
                reader.take((n, number), page)?;
                if stop.load(Ordering::Relaxed) {
                    break;
                }
            }
        }
        Ok(Record::new(reader.record, reader.notes))
    })
}

fn sources(source: &Bound<'_, PyAny>, uri: Option<String>) -> PyResult<Vec<Source>> {
    if let Ok(text) = source.cast::<PyString>() {
        let text = text.to_cow()?;
        let text = text.as_ref();
        // A path that was not said to be one would be read as a page of a few words.
        if text.len() < 4096 && !text.contains('\n') && Path::new(text).exists() {
            return Err(PyValueError::new_err(format!(
                "{text} is a file: a string is read as the page itself; pass pathlib.Path({text:?})"
            )));
        }
        return Ok(vec![Source::Bytes {
            uri: uri.unwrap_or_else(|| "text".to_owned()),
            bytes: text.as_bytes().to_vec(),
            is_page: true,
        }]);
    }
    if let Ok(bytes) = source.cast::<PyBytes>() {
        return Ok(vec![Source::Bytes {
            uri: uri.unwrap_or_else(|| "bytes".to_owned()),
            bytes: bytes.as_bytes().to_vec(),
            is_page: false,
        }]);
    }
    if uri.is_some() {
        return Err(PyValueError::new_err(
            "uri names a string or bytes; files have their path",
        ));
    }
    if let Ok(path) = source.extract::<PathBuf>() {
        return Ok(vec![file(path)?]);
    }
    let several = source.try_iter().map_err(|_| {
        PyTypeError::new_err(
            "read() takes a string (HTML or text), bytes, a path (pathlib.Path) or a list of paths",
        )
    })?;
    several.map(|path| file(path?.extract()?)).collect()
}

fn file(path: PathBuf) -> PyResult<Source> {
    if path.is_dir() {
        return Err(PyValueError::new_err(format!(
            "{0} is a folder; pass its files: sorted(pathlib.Path({0:?}).iterdir())",
            path.display()
        )));
    }
    if !path.exists() {
        return Err(pyo3::exceptions::PyFileNotFoundError::new_err(format!(
            "{}: no such file",
            path.display()
        )));
    }
    Ok(Source::File(path))
}

/// Runs `work` without Python's lock, on a thread with a deep stack; Ctrl-C sets its flag and is
/// then raised.
fn interruptible<T: Send>(
    py: Python<'_>,
    work: impl FnOnce(&AtomicBool) -> Result<T, RecordError> + Send,
) -> PyResult<T> {
    let stop = AtomicBool::new(false);
    let done = py.detach(|| {
        std::thread::scope(|scope| {
            let (over, wait) = channel::<()>();
            let stop = &stop;
            let thread = std::thread::Builder::new().stack_size(STACK);
            let thread = thread.spawn_scoped(scope, move || {
                // Dropped at the end, whatever happens: that wakes the other thread.
                let _over = over;
                work(stop)
            });
            let thread = thread.map_err(PyErr::from)?;
            let mut raised = None;
            while wait.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                if raised.is_none()
                    && let Err(error) = Python::attach(|py| py.check_signals())
                {
                    stop.store(true, Ordering::Relaxed);
                    raised = Some(error);
                }
            }
            let done = thread.join();
            match (raised, done) {
                (Some(error), _) => Err(error),
                (None, Ok(done)) => done.map_err(failed),
                (None, Err(_)) => Err(failed("the reader failed; please report it with the page")),
            }
        })
    })?;
    Ok(done)
}

/// All pages, compared with one another: what `onrecord read` gives.
fn whole(
    sources: &[Source],
    url: Option<&str>,
    with: &With,
    stop: &AtomicBool,
) -> Result<Record, RecordError> {
    let feed = || {
        (0..).zip(sources).flat_map(|(n, source)| {
            source.pages().map(move |(number, page)| {
                let page = page.map(|mut raw| {
                    if let Some(url) = url {
                        raw.declared.url = Some(url.to_owned());
                    }
                    raw
                });
                ((n, number), page)
            })
        })
    };
    let mut survey = Survey::default();
    let mut first: BTreeSet<String> = BTreeSet::new();
    for (key, page) in feed() {
        let Ok(raw) = page else { continue };
        if !first.insert(raw.sha256.clone()) {
            survey.again.insert(key);
        } else if let Some((host, lines)) = host_of(&raw) {
            survey.hosts.add(&host, &lines);
        }
        if stop.load(Ordering::Relaxed) {
            break;
        }
    }
    survey.hosts.settle();
    let mut reader = Reader::new(with, &survey)?;
    for (key, page) in feed() {
        reader.take(key, page)?;
        if stop.load(Ordering::Relaxed) {
            break;
        }
    }
    let Reader {
        mut record,
        run_id,
        kit,
        notes,
        ..
    } = reader;
    let joins = onrecord::join_actors(&record.pile_actors()?, &kit);
    record.write_joins(&joins)?;
    record.compare(&onrecord::Steps::new(kit.lexicon))?;
    record.end_run(&run_id, &now())?;
    Ok(Record::new(record, notes))
}

/// The host of a page and its lines; none of a page at which the reader fails.
pub fn host_of(raw: &RawPage) -> Option<(String, Vec<onrecord::pages::PageLine>)> {
    guard::caught(|| onrecord::pages::host_of(raw))
        .ok()
        .flatten()
}

/// Reads one page after the other into a record in memory.
struct Reader<'a> {
    record: Rows,
    run_id: String,
    kit: Kit<'a>,
    survey: &'a Survey,
    notes: Vec<Note>,
}

impl<'a> Reader<'a> {
    fn new(with: &'a With, survey: &'a Survey) -> Result<Reader<'a>, RecordError> {
        let mut record = Rows::in_memory()?;
        let kit = with.kit();
        let run_id = record.begin_run(&RunConfig {
            version: onrecord::VERSION.to_owned(),
            lexicon_sha256: kit.lexicon.sha256.clone(),
            weights_sha256: Some(weights(with.fast)),
            settings: "{}".to_owned(),
            started: now(),
        })?;
        Ok(Reader {
            record,
            run_id,
            kit,
            survey,
            notes: Vec::new(),
        })
    }

    fn take(&mut self, key: (i64, i64), page: Result<RawPage, Note>) -> Result<(), RecordError> {
        let raw = match page {
            Ok(raw) => raw,
            Err(note) => {
                self.notes.push(note);
                return Ok(());
            }
        };
        let page_id = id_of("pg", &[&raw.sha256]);
        if self.survey.again.contains(&key) || self.record.state(&page_id)?.is_some() {
            return self.record.also_at(&page_id, &raw.uri);
        }
        let (hosts, kit) = (&self.survey.hosts, self.kit);
        let read = guard::caught(|| {
            let (page, notes) = onrecord::pages::decode(&raw)?;
            let lines = onrecord::pages::host_lines(&page, hosts);
            Ok((onrecord::read(page, notes, &lines, kit), lines))
        });
        let read = read.unwrap_or_else(|message| Err(guard::failed(&message)));
        match read {
            Ok((reading, lines)) => {
                let lines = onrecord::pages::fingerprint(&lines);
                self.record
                    .write_page_or_note(&reading, &self.run_id, &lines, &now())?;
            }
            Err(note) => {
                let page = UnreadPage::of(&raw, note);
                let lines = onrecord::pages::fingerprint(&HostLines::new());
                self.record
                    .write_unread(&page, &self.run_id, &lines, &now())?;
            }
        }
        Ok(())
    }
}

/// The SHA-256 of the weights, computed once.
fn weights(fast: bool) -> String {
    use std::sync::OnceLock;
    static HASHES: [OnceLock<String>; 2] = [OnceLock::new(), OnceLock::new()];
    let hash = HASHES[usize::from(fast)].get_or_init(|| onrecord::weights_sha256(fast));
    hash.clone()
}

/// The time now, in UTC, as the record writes it.
fn now() -> String {
    let now = Timestamp::now();
    now.round(Unit::Second).unwrap_or(now).to_string()
}

/// Hosts with their lines, as they were settled elsewhere.
pub fn settled(lines: BTreeMap<String, Vec<u64>>) -> Hosts {
    let mut hosts = Hosts::default();
    for (host, lines) in lines {
        hosts.add_settled(&host, lines);
    }
    hosts
}
