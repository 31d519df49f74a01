//! Writing SVG: escaped text, fixed decimals, links, the frame of a chart.

use crate::{CSS, Frame, Tag};

/// How many row ids one mark carries.
const MOST_ROWS: usize = 50;

/// Mean width of a letter in pixels, of the wider common fonts: too much room is better than
/// too little.
const LETTER: f64 = 6.9;

/// The inside of a chart while it is drawn.
#[derive(Debug, Default)]
pub(crate) struct Svg {
    out: String,
    linked: bool,
}

impl Svg {
    /// Appends markup that is safe already.
    pub(crate) fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// A line of text. `attributes` are markup: classes, anchors.
    pub(crate) fn text(&mut self, x: f64, y: f64, attributes: &str, text: &str) {
        self.raw(&format!(
            "<text x=\"{}\" y=\"{}\" {attributes}>{}</text>",
            num(x),
            num(y),
            escape(text)
        ));
    }

    /// A line of text with at most so many pixels; what is cut is told by a tooltip.
    pub(crate) fn fitted(&mut self, x: f64, y: f64, attributes: &str, text: &str, room: f64) {
        let cut = fit(text, room);
        if cut == text {
            return self.text(x, y, attributes, text);
        }
        self.raw(&format!(
            "<text x=\"{}\" y=\"{}\" {attributes}><title>{}</title>{}</text>",
            num(x),
            num(y),
            escape(text),
            escape(&cut)
        ));
    }

    pub(crate) fn line(&mut self, from: [f64; 2], to: [f64; 2], attributes: &str) {
        self.raw(&format!(
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" {attributes}/>",
            num(from[0]),
            num(from[1]),
            num(to[0]),
            num(to[1])
        ));
    }

    /// A mark: `inside` is markup, the tag tells and links. Its rows are those of the tag, or
    /// `rows` where it stands for several.
    pub(crate) fn mark(&mut self, class: &str, tag: &Tag, rows: &[&str], inside: &str) {
        let href = tag.href.as_deref().filter(|href| is_safe(href));
        if let Some(href) = href {
            self.linked = true;
            self.raw(&format!("<a href=\"{}\">", escape(href)));
        }
        self.raw(&format!("<g class=\"{class}\""));
        let own: Vec<&str> = tag.row.as_deref().into_iter().collect();
        let rows = if rows.is_empty() { &own } else { rows };
        if !rows.is_empty() {
            let shown: Vec<&str> = rows.iter().take(MOST_ROWS).copied().collect();
            self.raw(&format!(" data-row=\"{}\"", escape(&shown.join(" "))));
        }
        self.raw(&format!(
            "><title>{}</title>{inside}</g>",
            escape(&tag.title)
        ));
        if href.is_some() {
            self.raw("</a>");
        }
    }

    /// The name of a row or lane, as `drawn`, with its link.
    pub(crate) fn name(&mut self, name: &str, href: Option<&str>, drawn: Svg) {
        match href.filter(|href| is_safe(href)) {
            None => self.raw(&drawn.out),
            Some(href) => {
                self.linked = true;
                self.raw(&format!(
                    "<a href=\"{}\" aria-label=\"{}\">{}</a>",
                    escape(href),
                    escape(name),
                    drawn.out
                ));
            }
        }
    }

    /// The whole element. A chart with links is a group, so that they can be reached; one
    /// without is an image.
    pub(crate) fn close(self, frame: &Frame, height: f64, summary: &str) -> String {
        let id = plain_id(&frame.id);
        let role = if self.linked { "group" } else { "img" };
        let width = f64::from(width(frame));
        let (w, h) = (num(width), num(height));
        let desc = if frame.desc.is_empty() {
            summary.to_owned()
        } else {
            format!("{} {summary}", frame.desc)
        };
        let style = match frame.standalone {
            true => format!("<style>{}</style>", escape(CSS)),
            false => String::new(),
        };
        let ground = match frame.standalone {
            true => {
                format!("<rect class=\"oc-ground\" width=\"{w}\" height=\"{h}\" fill=\"#fff\"/>")
            }
            false => String::new(),
        };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"oc-chart\" width=\"{w}\" \
             height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"{role}\" \
             aria-labelledby=\"{id}-title {id}-desc\" font-family=\"system-ui, sans-serif\" \
             font-size=\"12\" fill=\"#1c2126\"><title id=\"{id}-title\">{}</title>\
             <desc id=\"{id}-desc\">{}</desc>{style}{ground}{}</svg>\n",
            escape(&frame.title),
            escape(desc.trim()),
            self.out
        )
    }
}

/// The width that is drawn.
pub(crate) fn width(frame: &Frame) -> u32 {
    frame.width.clamp(320, 2000)
}

/// An id that may stand anywhere in markup.
pub(crate) fn plain_id(id: &str) -> String {
    let plain = id.chars().map(|c| match c {
        c if c.is_ascii_alphanumeric() => c,
        _ => '-',
    });
    format!("oc-{}", plain.collect::<String>())
}

/// A number with one decimal, none where it is a whole one.
pub(crate) fn num(value: f64) -> String {
    let value = if value.is_finite() { value } else { 0.0 };
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" {
        "0".into()
    } else {
        text.into()
    }
}

/// Text as it may stand in XML, inside elements and attributes. Controls and characters that
/// turn the direction of writing become U+FFFD, line ends and tabs become blanks.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => safe.push(' '),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => safe.push('\u{fffd}'),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => safe.push('\u{fffd}'),
            '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            c => safe.push(c),
        }
    }
    safe
}

/// Whether a link leads nowhere but to a page: no scheme, or `http` and `https`.
fn is_safe(href: &str) -> bool {
    let href = href.trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
    let head = href.split(['/', '?', '#']).next().unwrap_or_default();
    match head.split_once(':') {
        None => true,
        Some((scheme, _)) => ["http", "https"]
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known)),
    }
}

/// How wide a text is drawn, roughly: wide scripts take two letters.
pub(crate) fn text_width(text: &str) -> f64 {
    let wide = |c: char| {
        matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}'
        | '\u{1f300}'..='\u{1faff}')
    };
    let of = |c: char| match c {
        c if wide(c) => 2.0 * LETTER,
        c if c.is_uppercase() => 1.2 * LETTER,
        'i' | 'l' | 'j' | '.' | ',' | ' ' | '\'' | '’' => 0.6 * LETTER,
        _ => LETTER,
    };
    text.chars().map(of).sum()
}

/// The beginning of a text that has room, with an ellipsis where something is cut.
pub(crate) fn fit(text: &str, room: f64) -> String {
    if text_width(text) <= room {
        return text.to_owned();
    }
    let mut cut = String::new();
    for c in text.chars() {
        if text_width(&cut) + 2.0 * LETTER > room {
            break;
        }
        cut.push(c);
    }
    format!("{}…", cut.trim_end())
}

/// `1 row`, `2,345 rows`.
pub(crate) fn count(n: u64, one: &str, many: &str) -> String {
    let word = if n == 1 { one } else { many };
    format!("{} {word}", grouped(n))
}

/// A number with commas between thousands.
pub(crate) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (at, c) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_one_form() {
        assert_eq!(num(-0.01), "0");
        assert_eq!(num(12.04), "12");
        assert_eq!(num(3.25001), "3.3");
        assert_eq!(num(f64::NAN), "0");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }

    #[test]
    fn only_pages_are_linked_to() {
        for good in [
            "#po-1",
            "rows/po-1",
            "/rows?x=a:b",
            "https://a.org/x",
            "?q=1",
        ] {
            assert!(is_safe(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            " \u{1}JavaScript:x",
            "data:text/html,x",
            "x:y",
        ] {
            assert!(!is_safe(bad), "{bad}");
        }
    }

    #[test]
    fn text_is_cut_where_room_ends() {
        assert_eq!(fit("Hill Front", 200.0), "Hill Front");
        let cut = fit("The Very Long Name of a Council of Ministers", 80.0);
        assert!(cut.ends_with('…') && text_width(&cut) < 90.0, "{cut}");
    }
}
