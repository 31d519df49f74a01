//! BibTeX, as biblatex and Zotero read it too.

use super::{Source, line};

/// The entry of an article; its key is the article's id.
pub fn bibtex(source: &Source<'_>) -> String {
    let article = source.article;
    let kind = if article.publisher.is_some() {
        "article"
    } else {
        "misc"
    };
    let mut fields: Vec<(&str, String)> = Vec::new();
    // Double braces: neither parted at "and" and commas nor put into other letters.
    let whole = |text: &String| format!("{{{{{}}}}}", escaped(&line(text)));
    let mut add = |name, value: Option<String>| fields.extend(value.map(|value| (name, value)));
    add("author", article.author.as_ref().map(whole));
    add("title", article.title.as_ref().map(whole));
    add("journal", article.publisher.as_ref().map(whole));
    let date = source.date();
    add("date", date.map(|date| format!("{{{date}}}")));
    add(
        "year",
        date.map(|date| format!("{{{}}}", date.year_number())),
    );
    add(
        "url",
        source.url().map(|url| format!("{{{}}}", address(url))),
    );
    add("note", Some(format!("{{{}}}", escaped(&source.note()))));
    let fields: Vec<String> = fields
        .into_iter()
        .map(|(name, value)| format!("  {name} = {value},\n"))
        .collect();
    format!("@{kind}{{{},\n{}}}\n", article.article_id, fields.concat())
}

/// A text in which no sign means anything to TeX.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '$' | '&' | '#' | '%' | '_' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// An address, which is taken as it is but for signs that would end the field.
fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '{' | '}' | '\\' | ' ' | '"' => out.push_str(&format!("%{:02X}", u32::from(c))),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::{sources, tests::*};
    use super::*;

    #[test]
    fn nothing_in_a_field_means_anything_to_tex() {
        let all = [hostile()];
        let entry = bibtex(&sources(&all)[0]);
        assert!(
            entry.starts_with("@article{ar-1,\n  author = {{Staff, Agencies}},\n"),
            "{entry}"
        );
        assert!(
            entry.contains(
                "title = {{“Will \\textbackslash{}input\\{x\\} \\& Co. pay?” asks 50\\% of A\\_B}},"
            ),
            "{entry}"
        );
        assert!(
            entry.contains(
                "journal = {{Lurren \\& Today}},\n  date = {2019-04-03},\n  year = {2019},"
            )
        );
        assert!(
            entry.contains("url = {https://example.org/a_b?x=%7B#top},"),
            "{entry}"
        );
        assert!(entry.contains("100 \\% of \\{it\\} to R\\&D\\_1 \\#2, \\textasciitilde{}\\$5"));
        // Braces that are not escaped close one another.
        let mut depth = 0;
        let mut before = ' ';
        for c in entry.chars() {
            match c {
                '{' if before != '\\' => depth += 1,
                '}' if before != '\\' => depth -= 1,
                _ => {}
            }
            assert!(depth >= 0);
            before = c;
        }
        assert_eq!(depth, 0);
        assert_eq!(entry.lines().count(), 9, "{entry}");
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let all = [bare()];
        let entry = bibtex(&sources(&all)[0]);
        assert!(
            entry.starts_with("@misc{ar-2,\n  note = {“It rained.”"),
            "{entry}"
        );
        assert!(!entry.contains("url") && !entry.contains("year"));
    }
}
