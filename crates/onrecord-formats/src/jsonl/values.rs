//! A file of JSON cut into its objects, without reading all of it at once.

use std::io::{self, BufRead};

/// Longer objects are passed over.
pub(super) const LONGEST: usize = 64 << 20;
/// So much of the first line is looked at to tell how the file is laid out.
const START: usize = 64 << 10;

/// The objects of a file: its lines, or what stands between braces.
#[derive(Debug)]
pub(super) struct Values<R> {
    reader: R,
    /// What was read ahead to tell how the file is laid out.
    ahead: Vec<u8>,
    layout: Layout,
    count: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    Unknown,
    Lines,
    Braces,
}

/// The number of an object and its bytes, or none if it was too long.
type Value = (usize, Option<Vec<u8>>);

impl<R: BufRead> Values<R> {
    pub fn new(reader: R) -> Values<R> {
        Values {
            reader,
            ahead: Vec::new(),
            layout: Layout::Unknown,
            count: 0,
        }
    }

    /// The number of the last object.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The next object.
    pub fn next(&mut self) -> io::Result<Option<Value>> {
        if self.layout == Layout::Unknown {
            self.look_ahead()?;
        }
        match self.layout {
            Layout::Braces => self.next_braces(),
            Layout::Lines | Layout::Unknown => self.next_line(),
        }
    }

    /// Reads the start of the first line that is not blank: an array, or half an object,
    /// means braces.
    fn look_ahead(&mut self) -> io::Result<()> {
        loop {
            self.ahead.clear();
            let ended = read_line(&mut self.reader, &mut self.ahead, START)?;
            let shown = self
                .ahead
                .strip_prefix(b"\xef\xbb\xbf")
                .unwrap_or(&self.ahead)
                .trim_ascii();
            if shown.is_empty() && !self.ahead.is_empty() {
                self.count += 1;
                continue;
            }
            let half = || {
                let parsed = serde_json::from_slice::<serde::de::IgnoredAny>(shown);
                parsed.is_err_and(|error| error.is_eof())
            };
            let braces = shown.starts_with(b"[") || (shown.starts_with(b"{") && ended && half());
            self.layout = if braces {
                Layout::Braces
            } else {
                Layout::Lines
            };
            if braces {
                self.count = 0;
            }
            return Ok(());
        }
    }

    fn next_line(&mut self) -> io::Result<Option<Value>> {
        loop {
            let mut line = std::mem::take(&mut self.ahead);
            let mut too_long = false;
            if !line.ends_with(b"\n") {
                while !read_line(&mut self.reader, &mut line, LONGEST)? {
                    too_long = true;
                    line.clear();
                }
            }
            if line.is_empty() && !too_long {
                return Ok(None);
            }
            self.count += 1;
            if too_long {
                return Ok(Some((self.count, None)));
            }
            let line = line
                .strip_prefix(b"\xef\xbb\xbf")
                .unwrap_or(&line)
                .trim_ascii();
            if !line.is_empty() {
                return Ok(Some((self.count, Some(line.to_vec()))));
            }
        }
    }

    fn next_braces(&mut self) -> io::Result<Option<Value>> {
        let mut object = Object::default();
        loop {
            let ahead = !self.ahead.is_empty();
            let buffer = if ahead {
                self.ahead.as_slice()
            } else {
                self.reader.fill_buf()?
            };
            if buffer.is_empty() {
                // The end of the file, perhaps in the middle of an object.
                if object.depth == 0 {
                    return Ok(None);
                }
                self.count += 1;
                return Ok(Some((self.count, Some(object.bytes))));
            }
            let (used, done) = object.take(buffer);
            if ahead {
                self.ahead.drain(..used);
            } else {
                self.reader.consume(used);
            }
            if done {
                self.count += 1;
                return Ok(Some((
                    self.count,
                    (object.bytes.len() <= LONGEST).then_some(object.bytes),
                )));
            }
        }
    }
}

/// An object while it is read.
#[derive(Default)]
struct Object {
    bytes: Vec<u8>,
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Object {
    /// Takes bytes up to the closing brace: how many, and whether it was there.
    fn take(&mut self, buffer: &[u8]) -> (usize, bool) {
        for (at, byte) in buffer.iter().enumerate() {
            let inside = self.depth > 0;
            if self.in_string {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => self.in_string = false,
                    _ => {}
                }
            } else {
                match byte {
                    b'"' if inside => self.in_string = true,
                    b'{' => self.depth += 1,
                    b'}' => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                }
            }
            if self.depth > 0 || inside {
                if self.bytes.len() <= LONGEST {
                    self.bytes.push(*byte);
                }
                if self.depth == 0 {
                    return (at + 1, true);
                }
            }
        }
        (buffer.len(), false)
    }
}

/// Reads on to the end of the line or of the file, but no more than `most` bytes in all.
/// False if it stopped before the end.
fn read_line(reader: &mut impl BufRead, line: &mut Vec<u8>, most: usize) -> io::Result<bool> {
    loop {
        let buffer = reader.fill_buf()?;
        let end = buffer.iter().position(|b| *b == b'\n').map(|at| at + 1);
        let room = most.saturating_sub(line.len());
        let used = end.unwrap_or(buffer.len()).min(room);
        line.extend_from_slice(&buffer[..used]);
        let at_end = buffer.is_empty() || end == Some(used);
        reader.consume(used);
        if at_end {
            return Ok(true);
        }
        if used == room {
            return Ok(false);
        }
    }
}
