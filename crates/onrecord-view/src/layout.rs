//! The frame of all pages.

use maud::{DOCTYPE, Markup, html};

use crate::assets;
use crate::screens::SCREENS;
use crate::shown;
use crate::site::Site;
use crate::view::View;

/// What the frame shows.
pub(crate) struct Frame<'a> {
    pub site: &'a Site,
    pub title: &'a str,
    /// The screen's name, the first part of its address.
    pub screen: &'a str,
    /// What is searched for.
    pub words: &'a str,
    pub write: bool,
}

impl<'a> Frame<'a> {
    pub fn of(view: &'a View<'_>, title: &'a str) -> Frame<'a> {
        Frame {
            site: view.site,
            title,
            screen: view.parts.first().map_or("", String::as_str),
            words: view.params.get("q").unwrap_or_default(),
            write: view.write,
        }
    }
}

/// A whole page.
pub(crate) fn page(frame: &Frame<'_>, main: &Markup) -> Markup {
    let title = shown::cut(&shown::line(frame.title), 80);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (plain(&title)) " · " (plain(&frame.site.title)) }
                @for name in ["base.css", "reader.css", "charts.css", "drawings.css"] {
                    link rel="stylesheet" href=(assets::address(name));
                }
                link rel="icon" type="image/svg+xml" href=(assets::address("icon.svg"));
                script type="module" src=(assets::address("onrecord.js")) {}
                @if matches!(frame.screen, "positions" | "timeline" | "network" | "map") {
                    script type="module" src=(assets::address("charts.js")) {}
                }
                @if matches!(frame.screen, "" | "start" | "add") && frame.write {
                    script type="module" src=(assets::address("add.js")) {}
                }
                @if frame.screen == "review" && frame.write {
                    script type="module" src=(assets::address("review.js")) {}
                }
            }
            body data-write[frame.write] {
                a.skip href="#main" { "To the content" }
                header.top {
                    p.brand { a href="/" { "onrecord" } " " (shown::name(&frame.site.title)) }
                    form.find role="search" action="/search" {
                        label.aside-only for="q" { "Search the record" }
                        input #q type="search" name="q" value=(frame.words) dir="auto"
                            placeholder="Search: words, \"exact quote\", begin*" maxlength="400";
                        button { "Search" }
                    }
                    nav aria-label="Screens" {
                        ul {
                            @for screen in SCREENS.iter().filter(|s| s.key.is_some()) {
                                li {
                                    a href={ "/" (screen.name) } data-go=[screen.key]
                                        aria-current=[(frame.screen == screen.name).then_some("page")] {
                                        (screen.title)
                                    }
                                }
                            }
                        }
                    }
                }
                main #main tabindex="-1" { (main) }
                footer {
                    p {
                        "Rows are read by machine: what is said is not what was done, and a hollow \
                         mark was not reviewed. Check the sentence before you cite it. "
                        a href="/help" { "Help and keys" }
                    }
                }
            }
        }
    }
}

/// A text for places that take no markup: signs without a shape are left out.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !shown::hides(*c)).collect()
}
