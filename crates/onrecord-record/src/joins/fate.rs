//! Where the rows of an actor of the pages go.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

/// To whom the rows of an actor of the pages go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fate {
    /// The actor of its rows; `None` if it was forgotten.
    pub to: Option<String>,
    /// Written forms that stand for another: the form and the only article, empty for all.
    pub forms: BTreeMap<(String, String), Option<String>>,
}

impl Fate {
    /// All rows go to one actor.
    pub(crate) fn whole(to: Option<String>) -> Fate {
        Fate {
            to,
            forms: BTreeMap::new(),
        }
    }

    /// Whether the words of a row need not be looked at.
    pub(crate) fn is_whole(&self) -> bool {
        self.forms.is_empty()
    }

    /// The actor of a name mention.
    pub(crate) fn of_name(&self, form: &str, article: &str) -> Option<&str> {
        let of = |article: &str| self.forms.get(&(form.to_owned(), article.to_owned()));
        let found = of(article).or_else(|| of(""));
        found.unwrap_or(&self.to).as_deref()
    }

    /// All actors that its rows may go to.
    pub(crate) fn targets(&self) -> BTreeSet<&str> {
        let all = self.forms.values().chain([&self.to]);
        all.filter_map(Option::as_deref).collect()
    }

    pub(crate) fn write(&self) -> String {
        let forms = self.forms.iter();
        let forms: Vec<Value> = forms
            .map(|((form, article), to)| json!([form, article, to]))
            .collect();
        json!([self.to, forms]).to_string()
    }

    /// Reads [`Fate::write`].
    pub(crate) fn read(text: &str) -> Fate {
        let value: Value = serde_json::from_str(text).unwrap_or_default();
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let forms = value[1].as_array().into_iter().flatten();
        Fate {
            to: text(&value[0]),
            forms: forms
                .map(|f| {
                    let key = (
                        text(&f[0]).unwrap_or_default(),
                        text(&f[1]).unwrap_or_default(),
                    );
                    (key, text(&f[2]))
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fate_comes_back_and_the_article_goes_before_the_form() {
        let mut fate = Fate::whole(Some("ac-1".into()));
        for (form, article, to) in [("x", "", Some("ac-2")), ("x", "ar-1", None)] {
            let key = (form.to_owned(), article.to_owned());
            fate.forms.insert(key, to.map(str::to_owned));
        }
        assert_eq!(Fate::read(&fate.write()), fate);
        assert_eq!(fate.of_name("x", "ar-1"), None);
        assert_eq!(fate.of_name("x", "ar-2"), Some("ac-2"));
        assert_eq!(fate.of_name("y", "ar-1"), Some("ac-1"));
        assert_eq!(
            fate.targets().into_iter().collect::<Vec<_>>(),
            ["ac-1", "ac-2"]
        );
    }
}
