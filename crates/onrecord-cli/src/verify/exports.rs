//! Checks an export: the same record gives the same bytes, so it is written anew and compared.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use onrecord_export::{Options, Target, export};
use onrecord_record::Record;

/// Compares an export with what the record gives now, and tells of each file whether it is the
/// same; false if one differs, is missing or does not belong there.
///
/// # Errors
/// If the export or the record cannot be read, or there is no room for the comparison.
pub fn check_export(
    record: &Record,
    path: &Path,
    format: &str,
    options: &Options,
    out: &mut impl Write,
) -> Result<bool> {
    let meta = fs::metadata(path).with_context(|| format!("{}", path.display()))?;
    let scratch = tempfile::tempdir().context("no folder for the comparison can be made")?;
    let name = path.file_name().unwrap_or_default();
    let anew = scratch.path().join("anew");
    let target = match meta.is_dir() {
        true => Target::Folder(anew.clone()),
        false => {
            fs::create_dir(&anew)?;
            Target::File(anew.join(name))
        }
    };
    export(record, format, target, options)?;
    let mut same = true;
    let mut known = BTreeSet::new();
    for file in files(&anew, Path::new(""))? {
        let theirs = match meta.is_dir() {
            true => path.join(&file),
            false => path.with_file_name(&file),
        };
        let told = compare(&anew.join(&file), &theirs)?;
        same &= told.is_none();
        let told = told.unwrap_or_else(|| "as the record gives it".to_owned());
        writeln!(out, "export      {}: {told}", theirs.display())?;
        known.insert(file);
    }
    if meta.is_dir() {
        for file in files(path, Path::new(""))? {
            if !known.contains(&file) {
                let there = path.join(&file);
                writeln!(out, "export      {}: is no part of it", there.display())?;
                same = false;
            }
        }
    }
    Ok(same)
}

/// The files of a folder and of those in it, by their path below it, sorted.
fn files(folder: &Path, below: &Path) -> Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    let at = folder.join(below);
    let entries = fs::read_dir(&at).with_context(|| format!("{}", at.display()))?;
    for entry in entries {
        let entry = entry?;
        let path = below.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => found.extend(files(folder, &path)?),
            false => drop(found.insert(path)),
        }
    }
    Ok(found)
}

/// Where two files differ first; `None` if they are the same.
fn compare(ours: &Path, theirs: &Path) -> Result<Option<String>> {
    if !theirs.exists() {
        return Ok(Some("is missing".to_owned()));
    }
    let open = |path: &Path| -> Result<BufReader<File>> {
        let file = File::open(path).with_context(|| format!("{}", path.display()))?;
        Ok(BufReader::with_capacity(1 << 16, file))
    };
    let (mut a, mut b) = (open(ours)?.bytes(), open(theirs)?.bytes());
    let (mut line, mut at) = (1u64, 0u64);
    loop {
        let (one, other) = (a.next().transpose()?, b.next().transpose()?);
        match (one, other) {
            (None, None) => return Ok(None),
            (None, Some(_)) => return Ok(Some(format!("goes on after its end, line {line}"))),
            (Some(_), None) => return Ok(Some(format!("breaks off at line {line}"))),
            (Some(x), Some(y)) if x != y => {
                return Ok(Some(format!("differs first at line {line} (byte {at})")));
            }
            (Some(x), _) => {
                at += 1;
                line += u64::from(x == b'\n');
            }
        }
    }
}
