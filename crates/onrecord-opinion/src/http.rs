//! One request, bounded in time and size, that follows no redirect and uses no proxy.

use std::time::Duration;

use serde_json::Value;
use ureq::Agent;
use ureq::Error as Fault;

use crate::text::beginning;
use crate::{Address, OpinionError};

/// How long an answer may be, in bytes.
pub const MOST: u64 = 1 << 20;

/// Asks one server.
#[derive(Clone, Debug)]
pub struct Client {
    agent: Agent,
    address: Address,
    timeout: Duration,
}

impl Client {
    pub fn new(address: Address, timeout: Duration) -> Client {
        let config = Agent::config_builder()
            .timeout_global(Some(timeout))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .proxy(None)
            .user_agent("onrecord")
            .build();
        Client {
            agent: config.new_agent(),
            address,
            timeout,
        }
    }

    pub fn address(&self) -> &Address {
        &self.address
    }

    /// The content of the answer to a chat.
    pub fn chat(&self, asked: &Value) -> Result<String, OpinionError> {
        self.address.check()?;
        let url = self.address.chat();
        let request = self
            .agent
            .post(&url)
            .header("content-type", "application/json");
        let mut response = request
            .send(asked.to_string())
            .map_err(|fault| self.failed(&fault))?;
        let status = response.status().as_u16();
        if (300..400).contains(&status) {
            let to = response
                .headers()
                .get("location")
                .and_then(|to| to.to_str().ok());
            let to = to.map_or_else(String::new, |to| format!(" to {}", beginning(to, 200)));
            return Err(OpinionError::Redirected { url, to });
        }
        let read = response.body_mut().with_config().limit(MOST).read_to_vec();
        let body = read.map_err(|fault| self.failed(&fault))?;
        let body = String::from_utf8_lossy(&body);
        if status != 200 {
            let told = beginning(&body, 300);
            return Err(OpinionError::Refused { url, status, told });
        }
        let not_a_chat = |what: String| OpinionError::NotAChat {
            url: url.clone(),
            what,
        };
        let answer: Value =
            serde_json::from_str(&body).map_err(|error| not_a_chat(error.to_string()))?;
        match answer["choices"][0]["message"]["content"].as_str() {
            Some(content) => Ok(content.to_owned()),
            None => Err(not_a_chat(
                "it has no choices[0].message.content".to_owned(),
            )),
        }
    }

    fn failed(&self, fault: &Fault) -> OpinionError {
        let url = self.address.chat();
        match fault {
            Fault::Timeout(_) => OpinionError::TimedOut {
                url,
                seconds: self.timeout.as_secs(),
            },
            Fault::BodyExceedsLimit(_) => OpinionError::TooLong { url, most: MOST },
            Fault::RedirectFailed | Fault::TooManyRedirects => OpinionError::Redirected {
                url,
                to: String::new(),
            },
            other => OpinionError::Unreachable {
                url,
                what: beginning(&other.to_string(), 300),
            },
        }
    }
}
