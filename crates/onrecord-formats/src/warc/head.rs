//! Heads of records and of HTTP messages: names and values, a line each.

use super::reader::{Broken, Reader};
use super::signs::SIGN;

/// The longest head that is read.
const LONGEST: usize = 64 << 10;

/// Names in small letters with their values, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    /// The first line.
    pub first: String,
    fields: Vec<(String, String)>,
}

impl Head {
    /// The first value of a name, given in small letters.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Whether a name stands in it more than once.
    fn repeats(&self, name: &str) -> bool {
        self.fields.iter().filter(|(key, _)| key == name).count() > 1
    }

    /// Reads the lines of a head; a line that begins with a blank goes on the one before.
    pub fn parse(bytes: &[u8]) -> Head {
        let text = String::from_utf8_lossy(bytes);
        let mut lines = text.lines();
        let mut head = Head {
            first: lines.next().unwrap_or_default().trim().to_owned(),
            fields: Vec::new(),
        };
        for line in lines {
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = head.fields.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                let name = name.trim().to_ascii_lowercase();
                head.fields.push((name, value.trim().to_owned()));
            }
        }
        head
    }
}

/// The length of a head with its blank line, if that is there.
pub(super) fn end(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let line = bytes.get(at..)?;
        let length = line.iter().position(|b| *b == b'\n')? + 1;
        at += length;
        if matches!(&line[..length], b"\r\n" | b"\n") {
            return Some(at);
        }
    }
}

/// Reads the head of a record.
pub(super) fn of_record(reader: &mut Reader) -> Result<Head, Broken> {
    let mut bytes = Vec::new();
    loop {
        let at_hand = reader.peek()?;
        if at_hand.is_empty() {
            return Err(match bytes.len() {
                0 => Broken::Record("there is nothing".to_owned()),
                _ => Broken::Record("the file ends in its head".to_owned()),
            });
        }
        let was = bytes.len();
        let step = at_hand.len().min(LONGEST + 4 - was);
        bytes.extend_from_slice(&at_hand[..step]);
        if let Some(end) = end(&bytes) {
            reader.take(end - was);
            bytes.truncate(end);
            break;
        }
        if bytes.len() > LONGEST {
            return Err(Broken::Record(format!(
                "its head has no end within {LONGEST} bytes"
            )));
        }
        reader.take(step);
        if reader.at_member_end()? && reader.peek()?.starts_with(SIGN) {
            return Err(Broken::Record(
                "the gzip member ends in its head".to_owned(),
            ));
        }
    }
    let head = Head::parse(&bytes);
    if !head.first.starts_with("WARC/") {
        let shown: String = head.first.chars().take(40).collect();
        return Err(Broken::Record(format!(
            "it begins with {shown:?} in place of WARC/1.0 or WARC/1.1"
        )));
    }
    // A record that was cut off in its head has the next one's lines in it.
    if ["warc-type", "warc-record-id", "content-length"]
        .iter()
        .any(|name| head.repeats(name))
    {
        return Err(Broken::Record("its head runs into another's".to_owned()));
    }
    Ok(head)
}
