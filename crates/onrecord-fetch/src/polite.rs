//! Asking hosts as they want to be asked: by their robots.txt, one request at a time, apart.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;
use std::time::{Duration, Instant};

use onrecord_model::Note;
use url::Url;

use crate::Settings;
use crate::ask::{Answer, Asker, NoAnswer, Response, Version};
use crate::robots::{self, Robots};

/// Redirects that are followed.
const REDIRECTS: usize = 8;
/// A host that asks for a longer rest is asked no more in this run.
const REST: Duration = Duration::from_secs(60);

/// Asks hosts, and remembers what they want.
pub struct Polite {
    asker: Asker,
    settings: Settings,
    hosts: BTreeMap<String, Host>,
}

/// What is known of a host.
#[derive(Default)]
struct Host {
    robots: Option<Robots>,
    /// When it may be asked again.
    free: Option<Instant>,
}

/// Where a request ended well.
pub enum End {
    Body(Response),
    Unchanged,
}

/// Why a page cannot be had.
pub struct Why {
    pub code: &'static str,
    pub text: String,
}

impl Why {
    fn new(code: &'static str, text: String) -> Why {
        Why { code, text }
    }

    fn of(no_answer: &NoAnswer) -> Why {
        let code = match no_answer {
            NoAnswer::TimedOut => "timed-out",
            NoAnswer::TooLarge(_) => "too-large",
            NoAnswer::Gzip(_) => "gzip-broken",
            NoAnswer::Private(_) => "not-public",
            _ => "fetch-failed",
        };
        Why::new(code, no_answer.to_string())
    }

    /// As a note about an address; whether an earlier version is read in its place.
    pub fn note(&self, named: &str, has_earlier: bool) -> Note {
        match has_earlier {
            true => {
                let text = format!("{}; the version of an earlier run was read", self.text);
                Note::partly(self.code, named, text)
            }
            false => Note::unread(self.code, named, self.text.as_str()),
        }
    }
}

impl Polite {
    /// `outright` are the hosts and ports at which private addresses may be asked.
    pub fn new(settings: &Settings, outright: BTreeSet<(String, u16)>) -> Polite {
        Polite {
            asker: Asker::new(settings.timeout, outright),
            settings: settings.clone(),
            hosts: BTreeMap::new(),
        }
    }

    /// When the host of an address may be asked again; at once if it was not asked yet.
    pub fn free(&self, url: &Url) -> Option<Instant> {
        self.hosts.get(&host_of(url))?.free
    }

    /// Asks for a page where it is in the end; each host on the way is asked as politely.
    pub fn answer(&mut self, url: &Url, kept: &Version) -> Result<(Url, End), Why> {
        let mut at = url.clone();
        for _ in 0..=REDIRECTS {
            self.may_ask(&at)?;
            let answer = self.ask(&at, kept, self.settings.page_bytes)?;
            match answer.map_err(|no_answer| Why::of(&no_answer))? {
                Answer::Body(response) => return Ok((at, End::Body(response))),
                Answer::Unchanged => return Ok((at, End::Unchanged)),
                Answer::Moved(to) => {
                    at = proper(&to).map_err(|why| {
                        Why::new("redirected", format!("it is said to be at {to}: {why}"))
                    })?;
                }
                Answer::Refused(status, rest) => {
                    if let Some(rest) = rest {
                        self.rest(&at, rest);
                    }
                    return Err(Why::new(
                        "fetch-failed",
                        format!("the server answered {status}"),
                    ));
                }
            }
        }
        Err(Why::new(
            "redirected",
            format!("more than {REDIRECTS} redirects"),
        ))
    }

    fn may_ask(&mut self, url: &Url) -> Result<(), Why> {
        let host = host_of(url);
        let known = self.hosts.get(&host).and_then(|host| host.robots.clone());
        let robots = match known {
            Some(robots) => robots,
            None => {
                let robots = self.robots(url)?;
                self.hosts.entry(host).or_default().robots = Some(robots.clone());
                robots
            }
        };
        let path = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        match robots.allow(&path) {
            true => Ok(()),
            false if robots == Robots::nothing() => Err(Why::new(
                "robots",
                "the host's robots.txt cannot be had now, so nothing is asked for".to_owned(),
            )),
            false => Err(Why::new(
                "robots",
                "the host's robots.txt asks crawlers to leave it".to_owned(),
            )),
        }
    }

    /// A host without a robots.txt allows everything, one that fails nothing.
    fn robots(&mut self, url: &Url) -> Result<Robots, Why> {
        let Ok(mut at) = url.join("/robots.txt") else {
            return Ok(Robots::nothing());
        };
        for _ in 0..=REDIRECTS {
            let answer = self.ask(&at, &Version::default(), robots::MOST)?;
            return Ok(match answer {
                Ok(Answer::Body(response)) => {
                    Robots::parse(&String::from_utf8_lossy(&response.body))
                }
                Ok(Answer::Moved(to)) => match proper(&to) {
                    Ok(to) => {
                        at = to;
                        continue;
                    }
                    Err(_) => Robots::nothing(),
                },
                Ok(Answer::Refused(status, _)) if (400..500).contains(&status) && status != 429 => {
                    Robots::all()
                }
                Ok(_) => Robots::nothing(),
                // Told as what it is, not as a matter of robots.
                Err(no_answer @ NoAnswer::Private(_)) => return Err(Why::of(&no_answer)),
                Err(no_answer @ NoAnswer::Other(_)) => return Err(Why::of(&no_answer)),
                Err(_) => Robots::nothing(),
            });
        }
        Ok(Robots::all())
    }

    /// Waits until the host may be asked, asks it, and books the next time from the answer on.
    fn ask(
        &mut self,
        url: &Url,
        kept: &Version,
        most: u64,
    ) -> Result<Result<Answer, NoAnswer>, Why> {
        let delay = self.settings.delay;
        let host = self.hosts.entry(host_of(url)).or_default();
        let asked = host.robots.as_ref().and_then(|robots| robots.delay);
        let delay = asked.map_or(delay, |asked| asked.max(delay));
        if let Some(free) = host.free {
            let left = free.saturating_duration_since(Instant::now());
            if left > REST.max(delay) {
                let seconds = left.as_secs();
                let text =
                    format!("the host asks for a rest of {seconds} seconds; run it again later");
                return Err(Why::new("fetch-failed", text));
            }
            thread::sleep(left);
        }
        let answer = self.asker.ask(url, kept, most);
        host.free = Some(Instant::now() + delay);
        Ok(answer)
    }

    fn rest(&mut self, url: &Url, rest: Duration) {
        // A day is as good as for ever.
        let free = Instant::now() + rest.min(Duration::from_secs(86_400));
        let host = self.hosts.entry(host_of(url)).or_default();
        host.free = host.free.max(Some(free));
    }
}

/// The address as it is asked for: without its fragment.
pub fn proper(url: &Url) -> Result<Url, &'static str> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err("only http and https are spoken");
    }
    if url.host().is_none() {
        return Err("it names no host");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("names and passwords are not sent");
    }
    let mut url = url.clone();
    url.set_fragment(None);
    Ok(url)
}

fn host_of(url: &Url) -> String {
    let port = url.port_or_known_default().unwrap_or_default();
    format!("{}:{port}", url.host_str().unwrap_or_default())
}
