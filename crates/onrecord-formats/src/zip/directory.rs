//! The list of members at the end of a ZIP file; without it, the members' own heads.

use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};

use crate::limits::Limits;
use crate::source::Shared;

const MEMBER: u32 = 0x0403_4b50;
const LISTED: u32 = 0x0201_4b50;
const END: [u8; 4] = [0x50, 0x4b, 5, 6];

/// What a ZIP file says is in it.
pub(crate) struct Directory {
    pub entries: Vec<Entry>,
    /// Why it may not be all.
    pub trouble: Option<String>,
}

/// One member.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub name: String,
    pub method: u16,
    pub encrypted: bool,
    pub crc: u32,
    pub packed: u64,
    pub unpacked: u64,
    /// Where its own head begins.
    head: u64,
}

impl Directory {
    /// Reads the list, or, where a file was cut off, the heads of the members.
    pub fn read(shared: &Shared, limits: &Limits) -> Result<Directory, String> {
        let length = shared.len().map_err(|error| error.to_string())?;
        let listed = find_end(shared, length).and_then(|end| listed(shared, &end, limits));
        match listed {
            Ok(directory) => Ok(directory),
            Err(text) => {
                let entries = scanned(shared, length, limits);
                if entries.is_empty() {
                    return Err(text);
                }
                Ok(Directory {
                    entries,
                    trouble: Some(format!(
                        "{text}; the members were found one by one, the last may be missing"
                    )),
                })
            }
        }
    }

    /// The member of a name.
    pub fn find(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }
}

impl Entry {
    /// Where the packed bytes begin.
    pub fn start(&self, shared: &Shared) -> Result<u64, String> {
        let mut head = [0; 30];
        let mut section = shared.section(self.head, 30);
        section
            .read_exact(&mut head)
            .map_err(|_| "the file ends before it".to_owned())?;
        if u32_at(&head, 0) != MEMBER {
            return Err("its head is not where the directory says".to_owned());
        }
        Ok(self.head + 30 + u64::from(u16_at(&head, 26)) + u64::from(u16_at(&head, 28)))
    }
}

struct End {
    start: u64,
    count: u64,
    /// Bytes before the ZIP file, if it was put behind something else.
    before: u64,
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes
        .get(at..at + 2)
        .map_or(0, |b| u16::from_le_bytes([b[0], b[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from(u16_at(bytes, at)) | u32::from(u16_at(bytes, at + 2)) << 16
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}

fn find_end(shared: &Shared, length: u64) -> Result<End, String> {
    let from = length.saturating_sub((64 << 10) + 22);
    let mut tail = Vec::new();
    let mut section = shared.section(from, length - from);
    section
        .read_to_end(&mut tail)
        .map_err(|error| error.to_string())?;
    let at = tail.windows(4).rposition(|window| window == END);
    let at = at.ok_or("the file has no directory at its end: it was cut off")?;
    let end = tail
        .get(at..at + 22)
        .ok_or("the file ends within its directory: it was cut off")?;
    let (count, size, start) = (u16_at(end, 10), u32_at(end, 12), u32_at(end, 16));
    let here = from + at as u64;
    if count == u16::MAX || size == u32::MAX || start == u32::MAX {
        return find_long_end(shared, here);
    }
    let begins = here
        .checked_sub(u64::from(size))
        .ok_or("its directory is longer than the file")?;
    let before = begins
        .checked_sub(u64::from(start))
        .ok_or("its directory lies outside of the file")?;
    Ok(End {
        start: begins,
        count: u64::from(count),
        before,
    })
}

/// The end of a file with more members or bytes than two or four bytes can count.
fn find_long_end(shared: &Shared, here: u64) -> Result<End, String> {
    let broken = || "its long directory cannot be found".to_owned();
    let mut locator = [0; 20];
    let from = here.checked_sub(20).ok_or_else(broken)?;
    let mut section = shared.section(from, 20);
    section.read_exact(&mut locator).map_err(|_| broken())?;
    if u32_at(&locator, 0) != 0x0706_4b50 {
        return Err(broken());
    }
    let mut end = [0; 56];
    let mut section = shared.section(u64_at(&locator, 8), 56);
    section.read_exact(&mut end).map_err(|_| broken())?;
    if u32_at(&end, 0) != 0x0606_4b50 {
        return Err(broken());
    }
    Ok(End {
        start: u64_at(&end, 48),
        count: u64_at(&end, 32),
        before: 0,
    })
}

fn listed(shared: &Shared, end: &End, limits: &Limits) -> Result<Directory, String> {
    let mut section = shared.section(0, u64::MAX >> 1);
    section
        .seek(SeekFrom::Start(end.start))
        .map_err(|error| error.to_string())?;
    let mut reader = BufReader::new(section);
    let mut entries = Vec::new();
    let mut trouble = None;
    for n in 0..end.count {
        if entries.len() >= limits.members {
            let most = limits.members;
            trouble = Some(format!(
                "it has {} members, of which the first {most} were read",
                end.count
            ));
            break;
        }
        match entry(&mut reader, end.before) {
            Some(entry) => entries.push(entry),
            None if n == 0 => return Err("its directory cannot be read".to_owned()),
            None => {
                trouble = Some(format!(
                    "its directory breaks off after {n} of {} members",
                    end.count
                ));
                break;
            }
        }
    }
    Ok(Directory { entries, trouble })
}

fn entry(reader: &mut impl BufRead, before: u64) -> Option<Entry> {
    let mut fixed = [0; 46];
    reader.read_exact(&mut fixed).ok()?;
    if u32_at(&fixed, 0) != LISTED {
        return None;
    }
    let mut part = |length: u16| {
        let mut bytes = vec![0; usize::from(length)];
        reader.read_exact(&mut bytes).ok().map(|()| bytes)
    };
    let name = part(u16_at(&fixed, 28))?;
    let extra = part(u16_at(&fixed, 30))?;
    part(u16_at(&fixed, 32))?;
    let flags = u16_at(&fixed, 8);
    let mut entry = Entry {
        name: named(&name, flags),
        method: u16_at(&fixed, 10),
        encrypted: flags & 1 != 0,
        crc: u32_at(&fixed, 16),
        packed: u64::from(u32_at(&fixed, 20)),
        unpacked: u64::from(u32_at(&fixed, 24)),
        head: u64::from(u32_at(&fixed, 42)),
    };
    lengthen(&mut entry, &extra);
    entry.head = entry.head.checked_add(before)?;
    Some(entry)
}

/// Lengths that four bytes cannot hold stand in an extra field.
fn lengthen(entry: &mut Entry, mut extra: &[u8]) {
    while extra.len() >= 4 {
        let (id, length) = (u16_at(extra, 0), usize::from(u16_at(extra, 2)));
        let Some(field) = extra.get(4..4 + length) else {
            return;
        };
        if id == 1 {
            let mut at = 0;
            for value in [&mut entry.unpacked, &mut entry.packed, &mut entry.head] {
                if *value == u64::from(u32::MAX) && field.len() >= at + 8 {
                    *value = u64_at(field, at);
                    at += 8;
                }
            }
        }
        extra = &extra[4 + length..];
    }
}

/// A name: UTF-8, or what old programs wrote.
fn named(bytes: &[u8], flags: u16) -> String {
    let name = match std::str::from_utf8(bytes) {
        Ok(name) => name.to_owned(),
        Err(_) if flags & 0x800 != 0 => String::from_utf8_lossy(bytes).into_owned(),
        Err(_) => encoding_rs::WINDOWS_1252
            .decode_without_bom_handling(bytes)
            .0
            .into_owned(),
    };
    name.replace('\\', "/")
}

/// Members by their own heads, one behind the other, as far as these tell their length.
fn scanned(shared: &Shared, length: u64, limits: &Limits) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut at = 0_u64;
    while entries.len() < limits.members {
        let mut fixed = [0; 30];
        if shared.section(at, 30).read_exact(&mut fixed).is_err() || u32_at(&fixed, 0) != MEMBER {
            break;
        }
        let flags = u16_at(&fixed, 6);
        let (name, extra) = (u16_at(&fixed, 26), u16_at(&fixed, 28));
        let mut rest = vec![0; usize::from(name) + usize::from(extra)];
        if shared
            .section(at + 30, rest.len() as u64)
            .read_exact(&mut rest)
            .is_err()
        {
            break;
        }
        let mut entry = Entry {
            name: named(&rest[..usize::from(name)], flags),
            method: u16_at(&fixed, 8),
            encrypted: flags & 1 != 0,
            crc: u32_at(&fixed, 14),
            packed: u64::from(u32_at(&fixed, 18)),
            unpacked: u64::from(u32_at(&fixed, 22)),
            head: at,
        };
        lengthen(&mut entry, &rest[usize::from(name)..]);
        // Lengths that stand behind the member only cannot be known here.
        let unknown = flags & 8 != 0 && entry.packed == 0;
        let end = (at + 30 + rest.len() as u64).checked_add(entry.packed);
        match end {
            Some(end) if end <= length && !unknown => {
                entries.push(entry);
                at = end;
            }
            _ => break,
        }
    }
    entries
}
