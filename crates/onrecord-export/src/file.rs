//! Files that are there as a whole or not at all.
#![allow(clippy::disallowed_methods)] // an edge: files are written here

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use crate::ExportError;

/// Writes a file under another name beside `path` and renames it when it is whole. On an
/// error whatever lay at `path` stays.
pub(crate) fn replace<T>(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<T, ExportError>,
) -> Result<T, ExportError> {
    replace_with(path, true, write)
}

/// As [`replace`], for one of very many small files: it is whole or not there for whoever
/// looks, but a power cut may lose it, since waiting for the disk after each would take hours.
pub(crate) fn replace_small(path: &Path, text: &str) -> Result<(), ExportError> {
    replace_with(path, false, |out| {
        out.write_all(text.as_bytes()).map_err(ExportError::Stream)
    })
}

fn replace_with<T>(
    path: &Path,
    sync: bool,
    write: impl FnOnce(&mut dyn Write) -> Result<T, ExportError>,
) -> Result<T, ExportError> {
    let failed = |source| ExportError::Write {
        path: path.to_owned(),
        source,
    };
    replace_path(path, |part| {
        let mut out = BufWriter::with_capacity(1 << 16, File::create(part).map_err(failed)?);
        let done = write(&mut out).map_err(|error| match error {
            ExportError::Stream(source) => failed(source),
            other => other,
        })?;
        let file = out
            .into_inner()
            .map_err(|error| failed(error.into_error()))?;
        if sync {
            file.sync_all().map_err(failed)?;
        }
        Ok(done)
    })
}

/// As [`replace`], for what must open the file itself: `write` gets the other name, where
/// nothing lies.
pub(crate) fn replace_path<T>(
    path: &Path,
    write: impl FnOnce(&Path) -> Result<T, ExportError>,
) -> Result<T, ExportError> {
    let failed = |source| ExportError::Write {
        path: path.to_owned(),
        source,
    };
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    if part.exists() {
        fs::remove_file(&part).map_err(failed)?;
    }
    let done = write(&part).and_then(|done| {
        fs::rename(&part, path).map_err(failed)?;
        Ok(done)
    });
    if done.is_err() {
        // The error that is reported came first; a part left behind is named as one.
        let _ = fs::remove_file(&part);
    }
    done
}

/// Runs `work` with the name of a database that it may make, and takes it away again.
pub(crate) fn scratch<T>(
    path: &Path,
    work: impl FnOnce(&Path) -> Result<T, ExportError>,
) -> Result<T, ExportError> {
    let remove = || {
        for ending in ["", "-wal", "-shm"] {
            let mut name = path.as_os_str().to_owned();
            name.push(ending);
            match fs::remove_file(Path::new(&name)) {
                Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                    return Err(ExportError::Write {
                        path: path.to_owned(),
                        source,
                    });
                }
                _ => {}
            }
        }
        Ok(())
    };
    remove()?;
    let done = work(path);
    let removed = remove();
    done.and_then(|done| removed.map(|()| done))
}

/// Makes a folder and those above it where they are missing.
pub(crate) fn make_folder(path: &Path) -> Result<(), ExportError> {
    fs::create_dir_all(path).map_err(|source| ExportError::Write {
        path: path.to_owned(),
        source,
    })
}
