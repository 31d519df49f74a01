//! Asking about a row, twice.

use std::cell::Cell;
use std::time::Duration;

use onrecord_model::sha256_hex;

use crate::http::Client;
use crate::opinion::{Key, Opinion};
use crate::{Address, Material, OpinionError, Verdict, answer, prompt};

/// A model that is asked.
#[derive(Debug)]
pub struct Asker {
    client: Client,
    key: Key,
    /// Whether the server takes the form of the answer.
    takes_form: Cell<bool>,
}

impl Asker {
    /// A model at an address. `seed` chooses the orders in which the verdicts are listed and
    /// is given to the model; `timeout` is for one answer.
    pub fn new(address: Address, model: &str, seed: u64, timeout: Duration) -> Asker {
        Asker {
            client: Client::new(address, timeout),
            key: Key {
                model: model.to_owned(),
                prompt_sha256: prompt::sha256(),
                seed,
            },
            takes_form: Cell::new(true),
        }
    }

    /// What makes two askings about the same row the same.
    pub fn key(&self) -> Key {
        self.key.clone()
    }

    /// The opinion of the model on a row. The row is shown twice, with the verdicts in two
    /// orders; where the first answer does not count, once. `at` is the time, ISO 8601.
    ///
    /// # Errors
    /// If the server cannot be reached, does not answer in time, answers too long, sends
    /// elsewhere, or its answer is none of a chat. An answer that is not what was asked for
    /// is no error: the opinion says why it does not count.
    pub fn ask(&self, material: &Material, at: &str) -> Result<Opinion, OpinionError> {
        let mut answers = Vec::new();
        for labels in orders(self.key.seed, &material.row_id) {
            let content = self.answer(material, labels)?;
            let answered = answer::read(&content, labels, material);
            let counts = answered.verdict.is_some();
            answers.push(answered);
            if !counts {
                break;
            }
        }
        let url = self.client.address().url();
        Ok(Opinion::of(material, self.key(), &url, at, answers))
    }

    fn answer(&self, material: &Material, labels: [Verdict; 3]) -> Result<String, OpinionError> {
        let mut asked = prompt::request(material, labels, &self.key.model, self.key.seed);
        if self.takes_form.get() {
            match self.client.chat(&asked) {
                // Some servers do not know how to hold a model to a form.
                Err(OpinionError::Refused {
                    status: 400 | 422, ..
                }) => self.takes_form.set(false),
                answer => return answer,
            }
        }
        if let Some(asked) = asked.as_object_mut() {
            asked.remove("response_format");
        }
        self.client.chat(&asked)
    }
}

/// Two orders of the verdicts that differ, chosen by the seed and the row.
fn orders(seed: u64, row_id: &str) -> [[Verdict; 3]; 2] {
    let [a, b, c] = Verdict::ALL;
    let all = [
        [a, b, c],
        [a, c, b],
        [b, a, c],
        [b, c, a],
        [c, a, b],
        [c, b, a],
    ];
    let hash = sha256_hex(format!("{seed} {row_id}").as_bytes());
    let digit = |at: usize| {
        hash.as_bytes()
            .get(at)
            .map_or(0, |digit| usize::from(*digit))
    };
    let first = digit(0) % all.len();
    let second = (first + 1 + digit(1) % (all.len() - 1)) % all.len();
    [all[first], all[second]]
}

#[cfg(test)]
mod tests {
    use super::orders;
    use std::collections::BTreeSet;

    #[test]
    fn two_orders_that_differ() {
        let mut seen = BTreeSet::new();
        for n in 0..200 {
            let [first, second] = orders(7, &format!("st-{n}"));
            assert_ne!(first, second);
            seen.extend([first, second]);
        }
        assert_eq!(seen.len(), 6);
        assert_eq!(orders(7, "st-1"), orders(7, "st-1"));
    }
}
