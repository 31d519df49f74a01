//! Quotation marks to quotations.

use onrecord_model::{Quotation, Span, Token, TokenKind};

/// Marks open at a time among which a closing one looks for its own.
const DEEPEST: usize = 64;

/// The quotations of one paragraph.
///
/// A mark that opens and is never closed quotes up to the paragraph's end: so papers print
/// quotations over several paragraphs, and a lost closing mark reads the same. A closing
/// mark without an opening one quotes from the paragraph's start, unless another quotation
/// stands before it.
pub fn find(text: &str, paragraph: Span, tokens: &[Token]) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut open: Vec<(Span, bool)> = Vec::new(); // mark, whether single
    for token in tokens {
        let single = matches!(token.span.of(text), "‘" | "’" | "'" | "`");
        match token.kind {
            TokenKind::OpenQuote => open.push((token.span, single)),
            TokenKind::CloseQuote => match own(&open, single) {
                Some(at) => {
                    let (mark, _) = open[at];
                    open.truncate(at);
                    found.push(Quotation {
                        span: mark.join(token.span),
                        inner: Span::new(mark.end, token.span.start),
                        opened: true,
                        closed: true,
                        nested: !open.is_empty(),
                    });
                }
                None if !single && open.is_empty() && found.is_empty() => {
                    found.push(Quotation {
                        span: Span::new(paragraph.start, token.span.end),
                        inner: Span::new(paragraph.start, token.span.start),
                        opened: false,
                        closed: true,
                        nested: false,
                    });
                }
                None => {}
            },
            _ => {}
        }
    }
    // Of several marks left open only the first can run to the end; a single one left open
    // is an apostrophe more often than a quotation.
    if let Some((mark, _)) = open.into_iter().find(|(_, single)| !single) {
        for inner in found.iter_mut().filter(|q| q.span.start > mark.start) {
            inner.nested = true;
        }
        found.push(Quotation {
            span: Span::new(mark.start, paragraph.end),
            inner: Span::new(mark.end, paragraph.end),
            opened: true,
            closed: false,
            nested: false,
        });
    }
    found.retain(|q| !q.inner.trim(text).is_empty());
    found
}

/// The mark among those open that one of its kind closes: one of the last few, for further
/// back lies none of its own.
fn own(open: &[(Span, bool)], single: bool) -> Option<usize> {
    let near = open.len().saturating_sub(DEEPEST);
    let found = open[near..].iter().rposition(|(_, kind)| *kind == single);
    found.map(|at| near + at)
}

#[cfg(test)]
mod tests {
    use onrecord_lexicon::Lexicon;
    use onrecord_model::{Article, Quotation};

    fn quotations(text: &str) -> Vec<Quotation> {
        let article = Article::new("pg-1".into(), 1, text.to_owned());
        crate::sentences(&article, Lexicon::built_in()).1
    }

    fn inner(text: &str) -> Vec<&str> {
        quotations(text).iter().map(|q| q.inner.of(text)).collect()
    }

    #[test]
    fn pairs() {
        assert_eq!(inner("“One,” he said, “and two.”"), ["One,", "and two."]);
        assert_eq!(
            inner("\"One,\" he said, \"and two.\""),
            ["One,", "and two."]
        );
        assert_eq!(
            inner("''One,'' he said, ``and two.''"),
            ["One,", "and two."]
        );
        assert_eq!(inner("The officials’ plan and Tal's “line”."), ["line"]);
    }

    #[test]
    fn a_quotation_inside_another() {
        let text = "“They said: ‘Let him go.’ We did.”";
        let found = quotations(text);
        assert_eq!(
            inner(text),
            ["They said: ‘Let him go.’ We did.", "Let him go."]
        );
        assert_eq!([found[0].nested, found[1].nested], [false, true]);
    }

    #[test]
    fn marks_that_are_missing() {
        let open = quotations("He said: “We stay. We fight.");
        assert!(open[0].opened && !open[0].closed);
        let text = "We stay here,” the leader added.";
        assert_eq!(inner(text), ["We stay here,"]);
        assert!(!quotations(text)[0].opened);
        // a second orphan closing mark quotes nothing
        assert_eq!(inner("“We stay,” he said of 2003,” he said."), ["We stay,"]);
    }
}
