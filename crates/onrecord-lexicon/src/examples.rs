//! The sentences a rule carries: those it must take and those it must leave.

use serde::Deserialize;

/// The `yes` and `no` sentences of a rule; a test in the crate `onrecord` runs them all
/// through the whole way.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Examples {
    /// Sentences the rule must take.
    #[serde(default)]
    pub yes: Vec<Example>,
    /// Sentences it must leave.
    #[serde(default)]
    pub no: Vec<Example>,
}

/// A sentence with what a rule must find in it, or why it must find nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// Words of the source, actor or holder that must be found, verbatim.
    pub actor: Option<String>,
    /// Words of the recipient that must be found, verbatim.
    pub target: Option<String>,
    /// Words of the content that must be found, verbatim.
    pub content: Option<String>,
    /// Why a `no` sentence is none.
    pub why: Option<String>,
}
