//! Mails and pages saved as mails (MHTML).
//!
//! A mail is a page: its text, or its HTML where it has no text worth the name. What is
//! attached is read as a file of its own, at `P` and the number of the part.

use mailparse::{DispositionType, MailHeaderMap, ParsedMail, parse_mail};
use onrecord_model::{Declared, MediaType, Note, RawPage, sha256_hex};

use crate::kind::Kind;
use crate::open::{Ctx, member, once, page_of};
use crate::source::Input;
use crate::{Pages, mbox, trouble};

/// Shorter texts only say that the mail is to be read as HTML.
const SHORT: usize = 200;
/// More parts within parts are not opened.
const NESTED: usize = 64;

/// Whether a file begins like an mbox file.
pub(crate) fn looks_like_mbox(head: &[u8]) -> bool {
    head.split(|b| *b == b'\n')
        .next()
        .is_some_and(mbox::is_from)
}

/// Whether a file begins with the head of a mail. A text may begin with `From: the port`:
/// unless the file is named as a mail, its head must hold what only programs write.
pub(crate) fn looks_like_mail(head: &[u8], named: bool) -> bool {
    let (mut names, mut known, mut program) = (0, 0, false);
    for line in head.split(|b| *b == b'\n').take(200) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            if names == 0 {
                return false;
            }
            continue;
        }
        let Some(colon) = line.iter().position(|b| *b == b':') else {
            return false;
        };
        let name = line[..colon].to_ascii_lowercase();
        if name.is_empty() || name.iter().any(|b| !b.is_ascii_graphic()) {
            return false;
        }
        names += 1;
        known += usize::from(matches!(
            name.as_slice(),
            b"from"
                | b"to"
                | b"date"
                | b"subject"
                | b"mime-version"
                | b"received"
                | b"message-id"
                | b"return-path"
                | b"delivered-to"
                | b"content-type"
        ));
        program |= matches!(
            name.as_slice(),
            b"mime-version" | b"received" | b"message-id" | b"return-path" | b"delivered-to"
        );
    }
    known >= 2 && (named || program)
}

/// Whether the head of a mail is that of a saved web page.
pub(crate) fn is_web_page(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let head = head.split("\n\n").next().unwrap_or_default();
    let head = head.split("\r\n\r\n").next().unwrap_or_default();
    head.contains("\nsnapshot-content-location:")
        || head.contains("saved by blink")
        || head.contains("saved by windows internet explorer")
        || (head.contains("multipart/related")
            && !head.contains("\nto:")
            && !head.contains("\nreceived:"))
}

/// The pages of a mail.
pub(crate) fn pages(ctx: &Ctx, bytes: Vec<u8>) -> Pages {
    let mut all = Vec::new();
    match parsed(&bytes) {
        Ok(mail) => {
            let parts = parts(&mail);
            all.extend(body(ctx, &bytes, &mail, &parts).map(once));
            for (n, part) in parts.iter().enumerate().take(ctx.limits().members) {
                if let Some(name) = attached(part) {
                    all.push(attachment(ctx, n + 1, &name, part));
                }
            }
            if all.is_empty() {
                let text = "the mail has no text, and nothing attached that can be read";
                all.push(once(Err(Note::unread("no-text", ctx.uri.as_str(), text))));
            }
        }
        Err(text) => all.push(once(Err(Note::unread(
            "broken-mail",
            ctx.uri.as_str(),
            text,
        )))),
    }
    Box::new(all.into_iter().flatten())
}

/// The page of an MHTML file.
pub(crate) fn web_page(ctx: &Ctx, bytes: &[u8]) -> Result<RawPage, Note> {
    let unread = |code, text: String| Note::unread(code, ctx.uri.as_str(), text);
    let mail = parsed(bytes).map_err(|text| unread("broken-mail", text))?;
    let parts = parts(&mail);
    // The root is the part that the head names, as a rule the first.
    let start = mail.ctype.params.get("start").cloned().unwrap_or_default();
    let pages = || {
        parts
            .iter()
            .filter(|part| part.ctype.mimetype.contains("html"))
    };
    let root = pages()
        .find(|part| {
            !start.is_empty() && part.headers.get_first_value("Content-ID") == Some(start.clone())
        })
        .or_else(|| pages().next())
        .ok_or_else(|| unread("no-text", "no part of it is HTML".to_owned()))?;
    let html = decoded(ctx, root)?;
    let location = mail
        .headers
        .get_first_value("Snapshot-Content-Location")
        .or_else(|| root.headers.get_first_value("Content-Location"));
    let declared = Declared {
        media_type: Some(MediaType::Html),
        charset: charset(root),
        url: location.filter(|url| url.starts_with("http")),
        title: mail
            .headers
            .get_first_value("Subject")
            .filter(|title| !title.is_empty()),
        ..Declared::default()
    };
    Ok(page_of(ctx.uri.clone(), html, declared))
}

/// Parses a mail that does not nest without end.
fn parsed(bytes: &[u8]) -> Result<ParsedMail<'_>, String> {
    let sign = b"multipart/";
    let nested = bytes
        .windows(sign.len())
        .filter(|window| window.eq_ignore_ascii_case(sign));
    if nested.take(NESTED + 1).count() > NESTED {
        return Err(format!("it has more than {NESTED} parts of parts"));
    }
    parse_mail(bytes).map_err(|error| error.to_string())
}

/// All parts that have no parts.
fn parts<'a>(mail: &'a ParsedMail<'a>) -> Vec<&'a ParsedMail<'a>> {
    mail.parts()
        .filter(|part| part.subparts.is_empty())
        .collect()
}

fn is_attached(part: &ParsedMail<'_>) -> bool {
    part.get_content_disposition().disposition == DispositionType::Attachment
        || part.ctype.mimetype == "message/rfc822"
}

/// The name of a part that is read as a file.
fn attached(part: &ParsedMail<'_>) -> Option<String> {
    if part.ctype.mimetype == "message/rfc822" {
        return Some("mail.eml".to_owned());
    }
    let disposition = part.get_content_disposition();
    let name = disposition
        .params
        .get("filename")
        .or_else(|| part.ctype.params.get("name"))?;
    let named = disposition.disposition == DispositionType::Attachment
        || !part.ctype.mimetype.starts_with("text/");
    (named && Kind::is_read_in_folders(name)).then(|| name.clone())
}

fn attachment(ctx: &Ctx, n: usize, name: &str, part: &ParsedMail<'_>) -> Pages {
    let place = format!("P{n}");
    match part.get_body_raw() {
        Ok(bytes) => member(ctx, &place, name, Input::of_bytes(bytes)),
        Err(error) => once(Err(Note::unread(
            "broken-mail",
            ctx.at(&place),
            error.to_string(),
        ))),
    }
}

fn decoded(ctx: &Ctx, part: &ParsedMail<'_>) -> Result<Vec<u8>, Note> {
    let most = ctx.limits().page_bytes;
    match part.get_body_raw() {
        Ok(bytes) if bytes.len() as u64 > most => Err(trouble::too_large(ctx.uri.as_str(), most)),
        Ok(bytes) => Ok(bytes),
        Err(error) => Err(Note::unread(
            "broken-mail",
            ctx.uri.as_str(),
            error.to_string(),
        )),
    }
}

fn charset(part: &ParsedMail<'_>) -> Option<String> {
    let named = part.ctype.params.contains_key("charset");
    named.then(|| part.ctype.charset.clone())
}

/// The mail's own text.
fn body(
    ctx: &Ctx,
    bytes: &[u8],
    mail: &ParsedMail<'_>,
    parts: &[&ParsedMail<'_>],
) -> Option<Result<RawPage, Note>> {
    let of = |media: &str| {
        let mut found = parts
            .iter()
            .filter(|p| !is_attached(p) && p.ctype.mimetype == media);
        found.find_map(|part| {
            let text = decoded(ctx, part);
            let filled = text
                .as_ref()
                .map_or(true, |text| !text.trim_ascii().is_empty());
            filled.then_some((*part, text))
        })
    };
    let (plain, html) = (of("text/plain"), of("text/html"));
    let short = plain.as_ref().is_some_and(|(_, text)| {
        text.as_ref()
            .is_ok_and(|text| text.trim_ascii().len() < SHORT)
    });
    let (part, text, media_type) = match (plain, html) {
        (Some((part, text)), None) => (part, text, MediaType::Text),
        (Some((part, text)), Some(_)) if !short => (part, text, MediaType::Text),
        (_, Some((part, text))) => (part, text, MediaType::Html),
        (None, None) => return None,
    };
    let text = match text {
        Ok(text) if media_type == MediaType::Text && is_flowed(part) => flowed(&text),
        Ok(text) => text,
        Err(note) => return Some(Err(note)),
    };
    let header = |name: &str| {
        let value = mail.headers.get_first_value(name)?;
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        (!value.is_empty()).then_some(value)
    };
    Some(Ok(RawPage {
        uri: ctx.uri.clone(),
        sha256: sha256_hex(bytes),
        bytes: text,
        declared: Declared {
            media_type: Some(media_type),
            charset: charset(part),
            url: header("Archived-At").map(|url| url.trim_matches(['<', '>']).to_owned()),
            title: header("Subject"),
            authors: Vec::new(),
            publisher: header("From").and_then(|from| sender(&from)),
            published: header("Date"),
            language: header("Content-Language"),
        },
        notes: Vec::new(),
    }))
}

/// Who sent it, without the address.
fn sender(from: &str) -> Option<String> {
    let name = match from.split_once('<') {
        Some((name, _)) => name.trim().trim_matches('"').trim(),
        None => "",
    };
    (!name.is_empty() && !name.contains('@')).then(|| name.to_owned())
}

fn is_flowed(part: &ParsedMail<'_>) -> bool {
    let format = part.ctype.params.get("format");
    format.is_some_and(|format| format.eq_ignore_ascii_case("flowed"))
}

/// Joins lines that end in a blank with the next (RFC 3676); quoted lines stay.
fn flowed(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for line in text.split_inclusive(|b| *b == b'\n') {
        let bare = line.strip_suffix(b"\n").unwrap_or(line);
        let bare = bare.strip_suffix(b"\r").unwrap_or(bare);
        let soft = bare.ends_with(b" ") && bare != b"-- " && !bare.starts_with(b">");
        out.extend_from_slice(if soft { bare } else { line });
    }
    out
}
