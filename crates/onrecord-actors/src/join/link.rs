//! Why two actors are held to be one.

use onrecord_model::Confidence;

/// A link between two actors.
#[derive(Clone, Debug)]
pub struct Link<'a> {
    /// Index of one.
    pub a: usize,
    /// Index of the other.
    pub b: usize,
    /// The name of the first that the link rests on.
    pub one: &'a str,
    /// The name of the second.
    pub two: &'a str,
    pub why: Why<'a>,
    /// In thousandths: of several links the stronger one is taken first.
    pub strength: u16,
}

/// What links two names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why<'a> {
    /// Both are called by this name.
    Form(&'a str),
    /// The same name, taken for a body of another kind or for a person.
    Kind,
    /// Two spellings of one name.
    Spelt,
    /// One has a part more than the other.
    Part,
    /// A body's name, and the same without some of its words.
    Short,
    /// An acronym that a page gives the body.
    Acronym,
    /// An acronym of the first letters of one body only.
    Letters,
    /// A surname, and an office both hold.
    Office,
    /// A surname, and the only one to bear it.
    Bearer,
    /// A surname, and the one who bears it on nearly all pages.
    Mostly,
    /// The same word, and nobody with a full name to it.
    Word,
}

impl Why<'_> {
    /// The id of the rule.
    pub fn rule(self) -> &'static str {
        match self {
            Why::Form(_) => "rule:actors.join-alias",
            Why::Kind => "rule:actors.join-kind",
            Why::Spelt => "rule:actors.join-spelling",
            Why::Part => "rule:actors.join-part",
            Why::Short => "rule:actors.join-short-name",
            Why::Acronym | Why::Letters => "rule:actors.join-acronym",
            Why::Office | Why::Bearer | Why::Mostly => "rule:actors.join-surname",
            Why::Word => "rule:actors.join-word",
        }
    }
}

impl Link<'_> {
    /// How sure the link is.
    pub fn confidence(&self) -> Confidence {
        let percent = match self.why {
            Why::Form(_) => 92,
            // two spellings may still be two names
            Why::Spelt => (self.strength / 10).saturating_sub(5).clamp(70, 92),
            Why::Acronym => 90,
            Why::Kind | Why::Office => 85,
            Why::Part => 80,
            Why::Short => 78,
            Why::Letters | Why::Bearer => 70,
            Why::Mostly | Why::Word => 60,
        };
        Confidence::percent(u8::try_from(percent).unwrap_or(92))
    }

    /// Both names and the evidence, `also` what else agrees.
    pub fn reason(&self, also: &[String]) -> String {
        let (one, two) = (self.one, self.two);
        let mut reason = format!("{one} / {two}: ");
        match self.why {
            Why::Form(form) => reason.push_str(&format!("both also called {form}")),
            Why::Kind => reason.push_str("the same name"),
            Why::Spelt => {
                let score = f64::from(self.strength) / 1000.0;
                reason.push_str(&format!("spelt alike ({score:.2})"));
            }
            Why::Part => reason.push_str("the same name with a part left out"),
            Why::Short => reason.push_str("the same name with words left out, no other fits"),
            Why::Acronym => reason.push_str("the acronym a page gives for the name"),
            Why::Letters => reason.push_str("the first letters of the name, no other fits"),
            Why::Office => reason.push_str("the surname"),
            Why::Bearer => reason.push_str("the surname, nobody else bears it"),
            Why::Mostly => reason.push_str("the surname, hardly anybody else bears it"),
            Why::Word => reason.push_str("the same word, no longer name has it"),
        }
        for agrees in also {
            reason.push_str("; ");
            reason.push_str(agrees);
        }
        reason
    }
}
