//! The page as HTML: one file, no script, nothing from outside.

use crate::doc::{Block, Cited, Doc, Piece, Table};

const CSS: &str = include_str!("report.css");

/// The whole page.
pub(crate) fn page(doc: &Doc) -> String {
    let title: String = doc.title.iter().map(plain).collect();
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n\
         <style>\n{}{}</style>\n</head>\n<body>\n<main>\n<h1>{}</h1>\n",
        escape(&title),
        onrecord_charts::CSS,
        CSS,
        line(&doc.title)
    );
    for block in &doc.lead {
        write_block(&mut out, block);
    }
    out.push_str("<nav aria-label=\"Contents\"><ol>\n");
    for section in &doc.sections {
        out.push_str(&format!(
            "<li><a href=\"#{}\">{}</a></li>\n",
            section.id,
            escape(&section.title)
        ));
    }
    out.push_str("</ol></nav>\n");
    for section in &doc.sections {
        out.push_str(&format!(
            "<section id=\"{}\">\n<h2>{}</h2>\n",
            section.id,
            escape(&section.title)
        ));
        for block in &section.blocks {
            write_block(&mut out, block);
        }
        out.push_str("</section>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn write_block(out: &mut String, block: &Block) {
    match block {
        Block::Heading(text) => out.push_str(&format!("<h3>{}</h3>\n", line(text))),
        Block::Para(text) => out.push_str(&format!("<p>{}</p>\n", line(text))),
        Block::Rule(text) => out.push_str(&format!("<p class=\"rule\">{}</p>\n", line(text))),
        Block::Warning(text) => out.push_str(&format!(
            "<p class=\"warning\"><strong>Mind:</strong> {}</p>\n",
            line(text)
        )),
        Block::List(lines) => {
            out.push_str("<ul>\n");
            for item in lines {
                out.push_str(&format!("<li>{}</li>\n", line(item)));
            }
            out.push_str("</ul>\n");
        }
        Block::Table(table) => write_table(out, table),
        Block::Picture {
            svg,
            caption,
            left_out,
        } => {
            let mut told = escape(caption);
            if !left_out.is_empty() {
                told.push_str(&format!(" Left out: {}.", escape(&left_out.join("; "))));
            }
            out.push_str(&format!("<figure>\n{svg}"));
            if !told.is_empty() {
                out.push_str(&format!("<figcaption>{}</figcaption>\n", told.trim()));
            }
            out.push_str("</figure>\n");
        }
        Block::Cited(all) => {
            for cited in all {
                write_cited(out, cited);
            }
        }
    }
}

fn write_table(out: &mut String, table: &Table) {
    out.push_str("<div class=\"wide\" role=\"group\" tabindex=\"0\" aria-label=\"Table\"><table>\n<thead><tr>");
    for head in &table.heads {
        out.push_str(&format!("<th scope=\"col\">{}</th>", escape(head)));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        out.push_str("<tr>");
        for cell in row {
            out.push_str(&format!("<td>{}</td>", line(cell)));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table></div>\n");
}

fn write_cited(out: &mut String, cited: &Cited) {
    let id = escape(&cited.id);
    out.push_str(&format!(
        "<article class=\"cited\" id=\"{id}\">\n<p class=\"head\">{}</p>\n",
        line(&cited.head)
    ));
    if !cited.sentences.is_empty() {
        let all: Vec<String> = cited.sentences.iter().map(|text| line(text)).collect();
        out.push_str(&format!(
            "<blockquote dir=\"auto\">{}</blockquote>\n",
            all.join(" ")
        ));
    }
    out.push_str(&format!(
        "<p class=\"source\">{} · <code>{id}</code> · {}</p>\n",
        line(&cited.source),
        escape(&cited.review)
    ));
    for (source, words) in &cited.later {
        out.push_str("<div class=\"later\">");
        if !words.is_empty() {
            out.push_str(&format!(
                "<blockquote dir=\"auto\">{}</blockquote>",
                line(words)
            ));
        }
        out.push_str(&format!(
            "<p class=\"source\">Later: {}</p></div>\n",
            line(source)
        ));
    }
    out.push_str("</article>\n");
}

/// A line as markup.
fn line(pieces: &[Piece]) -> String {
    pieces.iter().map(piece).collect()
}

fn piece(piece: &Piece) -> String {
    match piece {
        Piece::Text(text) => escape(text),
        Piece::Strong(text) => format!("<strong dir=\"auto\">{}</strong>", escape(text)),
        Piece::Page(text) => format!("<bdi>{}</bdi>", escape(text)),
        Piece::Mark(text) => format!("<mark dir=\"auto\">{}</mark>", escape(text)),
        Piece::Title(text) => format!("<cite dir=\"auto\">{}</cite>", escape(text)),
        Piece::Code(text) => format!("<code>{}</code>", escape(text)),
        Piece::Out { href, text } => format!(
            "<a href=\"{}\" rel=\"noreferrer noopener\">{}</a>",
            escape(href),
            escape(text)
        ),
        Piece::Break => "<br>".to_owned(),
    }
}

/// The words of a piece.
fn plain(piece: &Piece) -> String {
    match piece {
        Piece::Text(text)
        | Piece::Strong(text)
        | Piece::Page(text)
        | Piece::Mark(text)
        | Piece::Title(text)
        | Piece::Code(text)
        | Piece::Out { text, .. } => text.clone(),
        Piece::Break => " ".to_owned(),
    }
}

/// Text as it may stand in HTML, in elements and attributes. Controls become U+FFFD; what would
/// turn the direction of writing is shown by its number.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\t' | '\n' | '\r' => safe.push(' '),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {
                safe.push('\u{fffd}');
            }
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                safe.push_str(&format!("[U+{:04X}]", u32::from(c)));
            }
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_text_is_no_markup() {
        let line = line(&[Piece::Page("<b onload='x'>&\u{202e}\u{1}</b>".into())]);
        assert_eq!(
            line,
            "<bdi>&lt;b onload=&#39;x&#39;&gt;&amp;[U+202E]\u{fffd}&lt;/b&gt;</bdi>"
        );
    }
}
