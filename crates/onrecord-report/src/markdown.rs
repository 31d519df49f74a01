//! The page as Markdown (CommonMark with tables).

use crate::doc::{Block, Cited, Doc, Line, Piece, Table};

/// The whole page.
pub(crate) fn page(doc: &Doc) -> String {
    let mut out = format!("# {}\n\n", line(&doc.title));
    for block in &doc.lead {
        write_block(&mut out, block);
    }
    for section in &doc.sections {
        out.push_str(&format!("## {}\n\n", escape(&section.title)));
        for block in &section.blocks {
            write_block(&mut out, block);
        }
    }
    format!("{}\n", out.trim_end())
}

fn write_block(out: &mut String, block: &Block) {
    match block {
        Block::Heading(text) => out.push_str(&format!("### {}\n\n", line(text))),
        Block::Para(text) | Block::Rule(text) => out.push_str(&format!("{}\n\n", start(text))),
        Block::Warning(text) => out.push_str(&format!("**Mind:** {}\n\n", line(text))),
        Block::List(lines) => {
            for item in lines {
                out.push_str(&format!("- {}\n", start(item)));
            }
            out.push('\n');
        }
        Block::Table(table) => write_table(out, table),
        // A picture shows what the tables under it hold.
        Block::Picture { .. } => {}
        Block::Cited(all) => {
            for cited in all {
                write_cited(out, cited);
            }
        }
    }
}

fn write_table(out: &mut String, table: &Table) {
    let heads: Vec<String> = table.heads.iter().map(|head| escape(head)).collect();
    out.push_str(&format!("| {} |\n", heads.join(" | ")));
    out.push_str(&format!("|{}\n", " --- |".repeat(heads.len())));
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(|cell| line(cell)).collect();
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    out.push('\n');
}

fn write_cited(out: &mut String, cited: &Cited) {
    out.push_str(&format!("{}\n\n", start(&cited.head)));
    if !cited.sentences.is_empty() {
        let all: Vec<String> = cited.sentences.iter().map(|text| line(text)).collect();
        out.push_str(&format!("> {}\n\n", begun(all.join(" "))));
    }
    out.push_str(&format!(
        "{} (`{}`, {})\n\n",
        start(&cited.source),
        code(&cited.id),
        escape(&cited.review)
    ));
    for (source, words) in &cited.later {
        if !words.is_empty() {
            out.push_str(&format!("> {}\n\n", start(words)));
        }
        out.push_str(&format!("Later: {}\n\n", line(source)));
    }
}

/// A line that begins a block.
fn start(pieces: &Line) -> String {
    begun(line(pieces))
}

/// Escapes what would begin a list or a heading: `1.`, `-`, `+`, `=`.
fn begun(text: String) -> String {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    match text[digits..].chars().next() {
        Some('-' | '+' | '=') if digits == 0 => format!("\\{text}"),
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &text[..digits], &text[digits..]),
        _ => text,
    }
}

fn line(pieces: &[Piece]) -> String {
    pieces.iter().map(piece).collect()
}

fn piece(piece: &Piece) -> String {
    // Marks stand close to their words, whatever blanks these have.
    let around = |mark: &str, text: &str| {
        let inner = escape(text.trim());
        let (before, after) = (
            if text.starts_with(char::is_whitespace) {
                " "
            } else {
                ""
            },
            if text.ends_with(char::is_whitespace) {
                " "
            } else {
                ""
            },
        );
        match inner.is_empty() {
            true => " ".to_owned(),
            false => format!("{before}{mark}{inner}{mark}{after}"),
        }
    };
    match piece {
        Piece::Text(text) | Piece::Page(text) => escape(text),
        Piece::Strong(text) | Piece::Mark(text) => around("**", text),
        Piece::Title(text) => around("*", text),
        Piece::Code(text) => format!("`{}`", code(text)),
        Piece::Out { href, text } => format!("[{}](<{}>)", escape(text), address(href)),
        Piece::Break => "<br>".to_owned(),
    }
}

/// Text that no reader of Markdown takes for marks or markup.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&'
            | '!' | '$' => {
                safe.push('\\');
                safe.push(c);
            }
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => {
                if !safe.ends_with(' ') {
                    safe.push(' ');
                }
            }
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => safe.push('\u{fffd}'),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                safe.push_str(&format!("(U+{:04X})", u32::from(c)));
            }
            c => safe.push(c),
        }
    }
    safe
}

/// Text within backticks, where nothing can be escaped: what could end them, a table or the
/// direction of writing is replaced, and what sloppy readers take for markup.
fn code(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '`' | '|' => '\'',
            '<' => '‹',
            '>' => '›',
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}

fn address(href: &str) -> String {
    href.chars()
        .filter(|c| !c.is_control() && !c.is_whitespace() && !matches!(c, '<' | '>' | '\\' | '|'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_text_is_no_markup() {
        let text = Piece::Page("<b>*a*</b>\n| [x](y) `c`".into());
        assert_eq!(
            line(&[text]),
            "\\<b\\>\\*a\\*\\</b\\> \\| \\[x\\](y) \\`c\\`"
        );
        assert_eq!(begun("1. May".into()), "1\\. May");
        assert_eq!(begun("- so".into()), "\\- so");
        assert_eq!(begun("2014 was".into()), "2014 was");
        assert_eq!(piece(&Piece::Mark(" so it is ".into())), " **so it is** ");
    }
}
