//! A sentence's tree and names, for people.

use onrecord_model::Sentence;

/// A line for each word: its lemma and tags, and what it hangs on, indented by its depth in
/// the tree; then a line for each name with its kind and how sure the head is.
pub fn told(text: &str, sentence: &Sentence) -> Vec<String> {
    let words = &sentence.words;
    let depth = |mut at: usize| {
        let mut depth = 0;
        while let Some(head) = words[at].head.filter(|_| depth < words.len()) {
            at = head;
            depth += 1;
        }
        depth
    };
    let form = |at: usize| words[at].span.of(text);
    let forms: Vec<String> = (0..words.len())
        .map(|at| format!("{}{}", "  ".repeat(depth(at).min(20)), form(at)))
        .collect();
    let width = forms
        .iter()
        .map(|form| form.chars().count())
        .max()
        .unwrap_or(0);
    let mut lines = Vec::new();
    for (at, (word, form_)) in words.iter().zip(&forms).enumerate() {
        let label = if at == 0 { "tree" } else { "" };
        let above = word
            .head
            .map_or(String::new(), |head| format!(" of `{}`", form(head)));
        let gap = " ".repeat(width - form_.chars().count());
        lines.push(format!(
            "{label:<10} {form_}{gap}  {:<5} {:<5} {:<14} {}{above}",
            word.upos.as_str(),
            word.xpos.as_str(),
            word.lemma,
            word.dep
        ));
    }
    for name in &sentence.names {
        lines.push(format!(
            "{:<10} `{}` {} [head:names, {}]",
            "name",
            name.span.of(text),
            name.kind.as_str(),
            name.confidence.value()
        ));
    }
    lines
}

#[cfg(test)]
mod tests {
    use onrecord::{Kit, read_article};
    use onrecord_lexicon::Lexicon;
    use onrecord_model::Article;

    #[test]
    fn a_line_for_each_word_and_name() {
        let text = "Clerks in Lusaka slept.";
        let article = Article::new(String::new(), 1, text.to_owned());
        let reading = read_article(article, Kit::new(Lexicon::built_in()));
        let lines = super::told(text, &reading.sentences[0]);
        assert_eq!(lines.len(), 6, "{lines:#?}");
        assert!(
            lines[0].starts_with("tree") && lines[0].ends_with("nsubj of `slept`"),
            "{lines:#?}"
        );
        assert!(lines[3].ends_with("root"));
        assert!(lines[5].starts_with("name       `Lusaka` LOC [head:names, "));
    }
}
