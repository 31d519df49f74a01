//! One record: a page, something else, or broken.

use onrecord_model::{Declared, MediaType, RawPage};

use super::head::{self, Head};
use super::http;
use super::reader::{Broken, Reader};
use super::signs::SIGN;
use crate::kind::Kind;
use crate::open::{Ctx, page_of};

/// How much of a payload is read to tell whether it is a page.
const START: u64 = 64 << 10;

/// What a record holds.
pub(super) enum Found {
    Page(Box<RawPage>),
    /// Something that might have been a page: what it is.
    LeftOut(String),
    /// What the crawler tells of itself and of its requests.
    NoPage,
}

/// Reads the record at which the reader stands, to its end.
pub(super) fn next(ctx: &Ctx, reader: &mut Reader) -> Result<Found, Broken> {
    let place = reader.place();
    let head = head::of_record(reader)?;
    let length = length(&head)?;
    let kind = head
        .get("warc-type")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let found = match kind.as_str() {
        "response" | "resource" | "conversion" => payload(ctx, reader, &head, length)?,
        "" => return Err(Broken::Record("it has no WARC-Type".to_owned())),
        "revisit" => skip(reader, length, Payload::LeftOut("seen before".to_owned()))?,
        _ => skip(reader, length, Payload::NoPage)?,
    };
    ends(reader)?;
    Ok(match found {
        Payload::NoPage => Found::NoPage,
        Payload::LeftOut(what) => Found::LeftOut(what),
        Payload::TooLarge => return Err(Broken::TooLarge(ctx.limits().page_bytes)),
        Payload::Body(body) => page(ctx, &ctx.at(&place.to_string()), &head, *body)?,
    })
}

enum Payload {
    Body(Box<http::Body>),
    LeftOut(String),
    TooLarge,
    NoPage,
}

fn length(head: &Head) -> Result<u64, Broken> {
    let Some(length) = head.get("content-length") else {
        return Err(Broken::Record("it has no Content-Length".to_owned()));
    };
    let digits = !length.is_empty() && length.bytes().all(|b| b.is_ascii_digit());
    match length.parse() {
        Ok(length) if digits => Ok(length),
        _ => {
            let shown: String = length.chars().take(40).collect();
            Err(Broken::Record(format!(
                "its Content-Length {shown:?} is no number of bytes"
            )))
        }
    }
}

/// Reads the payload of a record that may be a page; all of it, or none.
fn payload(ctx: &Ctx, reader: &mut Reader, head: &Head, length: u64) -> Result<Payload, Broken> {
    let media = head.get("content-type").unwrap_or_default();
    let is_http = http::media_type(media).starts_with("application/http")
        || head.get("warc-type") == Some("response") && media.is_empty();
    let mut bytes = Vec::new();
    take(reader, length.min(START), &mut bytes)?;
    let http = if is_http {
        let http = http::head(&bytes).map_err(Broken::Record);
        match http {
            Ok(http) => Some(http),
            Err(broken) => {
                // All of the record is passed over, so that the next is found.
                skip(reader, length - bytes.len() as u64, Payload::NoPage)?;
                ends(reader)?;
                return Err(broken);
            }
        }
    } else {
        None
    };
    let no_page = match &http {
        Some((http, _)) => http::no_page(http),
        None => http::no_media(media),
    };
    let left = length - bytes.len() as u64;
    if let Some(what) = no_page {
        return skip(reader, left, Payload::LeftOut(what));
    }
    if length > ctx.limits().page_bytes.saturating_add(START) {
        return skip(reader, left, Payload::TooLarge);
    }
    take(reader, left, &mut bytes)?;
    Ok(Payload::Body(Box::new(match http {
        Some((http, start)) => {
            bytes.drain(..start);
            http::Body {
                head: Some(http),
                media: String::new(),
                bytes,
            }
        }
        None => http::Body {
            head: None,
            media: media.to_owned(),
            bytes,
        },
    })))
}

/// Takes `count` bytes; a file that ends before is broken.
fn take(reader: &mut Reader, count: u64, bytes: &mut Vec<u8>) -> Result<(), Broken> {
    let mut left = count;
    while left > 0 {
        let at_hand = reader.peek()?;
        if at_hand.is_empty() {
            return Err(cut_off(left));
        }
        let step = (at_hand.len() as u64).min(left);
        bytes.extend_from_slice(&at_hand[..step as usize]);
        reader.take(step as usize);
        left -= step;
        crossed(reader, left)?;
    }
    Ok(())
}

fn skip(reader: &mut Reader, count: u64, then: Payload) -> Result<Payload, Broken> {
    let mut left = count;
    while left > 0 {
        let step = reader.peek()?.len() as u64;
        if step == 0 {
            return Err(cut_off(left));
        }
        let step = step.min(left);
        reader.take(step as usize);
        left -= step;
        crossed(reader, left)?;
    }
    Ok(then)
}

/// A record may go on in the next gzip member, but not where that begins a record.
fn crossed(reader: &mut Reader, left: u64) -> Result<(), Broken> {
    if left > 0 && reader.at_member_end()? && reader.peek()?.starts_with(SIGN) {
        return Err(Broken::Record(format!(
            "its gzip member ends {left} bytes before its Content-Length"
        )));
    }
    Ok(())
}

fn cut_off(left: u64) -> Broken {
    Broken::Record(format!(
        "the file ends {left} bytes before its Content-Length"
    ))
}

/// After a record come two line ends, or at once the next record or the end of the file.
fn ends(reader: &mut Reader) -> Result<(), Broken> {
    let mut lines = 0;
    loop {
        if let Some(error) = reader.peek().err() {
            // What is wrong with the next member is not this record's.
            match reader.starts_member() {
                true => return Ok(()),
                false => return Err(error.into()),
            }
        }
        match reader.peek()?.first() {
            None => return Ok(()),
            Some(b'\r') => {}
            Some(b'\n') => lines += 1,
            Some(_) => break,
        }
        reader.take(1);
        if lines == 2 {
            return Ok(());
        }
    }
    // The sign may be cut by the end of what is at hand.
    let starts_member = reader.starts_member();
    let at_hand = reader.peek()?;
    let seen = at_hand.len().min(SIGN.len());
    if at_hand[..seen] == SIGN[..seen] || starts_member {
        return Ok(());
    }
    Err(Broken::Record(
        "its Content-Length does not lead to its end".to_owned(),
    ))
}

fn page(ctx: &Ctx, uri: &str, head: &Head, body: http::Body) -> Result<Found, Broken> {
    let limits = ctx.limits();
    let media = match &body.head {
        Some(http) => http.get("content-type").unwrap_or_default().to_owned(),
        None => body.media.clone(),
    };
    let mut notes = Vec::new();
    let bytes = body.unpacked(limits, &mut notes)?;
    if bytes.len() as u64 > limits.page_bytes {
        return Err(Broken::TooLarge(limits.page_bytes));
    }
    if bytes.trim_ascii().is_empty() {
        return Ok(Found::LeftOut("empty".to_owned()));
    }
    if let Some(what) = http::seen_to_be(&bytes) {
        return Ok(Found::LeftOut(what.to_owned()));
    }
    if head.get("warc-truncated").is_some() {
        let text = "the crawler cut the page off (WARC-Truncated)";
        notes.push(onrecord_model::Note::partly("cut-off", "", text));
    }
    let url = head.get("warc-target-uri").map(|url| {
        let url = url.strip_prefix('<').unwrap_or(url);
        url.strip_suffix('>').unwrap_or(url).to_owned()
    });
    let mut declared = Declared {
        media_type: match http::media_type(&media).as_str() {
            "text/html" | "application/xhtml+xml" => Some(MediaType::Html),
            "text/plain" => Some(MediaType::Text),
            _ => None,
        },
        charset: http::charset(&media),
        url: url.filter(|url| !url.is_empty()),
        ..Declared::default()
    };
    let mut page = if Kind::of("", &bytes[..bytes.len().min(Kind::HEAD)]) == Kind::Pdf {
        let read = crate::pdf::read(&bytes, limits);
        let found = read.map_err(|note| Broken::Record(note.text))?;
        declared.title = found.declared.title;
        declared.authors = found.declared.authors;
        declared.media_type = Some(MediaType::Text);
        declared.charset = Some("utf-8".to_owned());
        let mut page = page_of(uri.to_owned(), bytes, declared);
        page.bytes = found.text.into_bytes();
        page.notes = found.notes;
        page
    } else {
        page_of(uri.to_owned(), bytes, declared)
    };
    page.notes.extend(notes);
    Ok(Found::Page(Box::new(page)))
}
