//! The screens, one a file.

mod actor;
mod actors;
mod add;
mod article;
mod compare;
mod export;
mod help;
mod map;
mod names;
mod network;
mod positions;
mod review;
mod row;
mod search;
mod start;
mod things;
mod timeline;

use std::sync::Arc;

use axum::response::Response;

use crate::error::Fault;
use crate::reply::Reply;
use crate::site::{Asked, Site};
use crate::view::View;

/// A screen: the first part of its address, its title, and the key that follows `g` to go there
/// (those without one are reached from others).
pub(crate) struct Screen {
    pub name: &'static str,
    pub title: &'static str,
    pub key: Option<char>,
    pub show: fn(&View<'_>) -> Result<Reply, Fault>,
}

const fn at(
    name: &'static str,
    title: &'static str,
    key: char,
    show: fn(&View<'_>) -> Result<Reply, Fault>,
) -> Screen {
    Screen {
        name,
        title,
        key: Some(key),
        show,
    }
}

const fn below(name: &'static str, show: fn(&View<'_>) -> Result<Reply, Fault>) -> Screen {
    Screen {
        name,
        title: "",
        key: None,
        show,
    }
}

/// All screens, in the order of the bar.
pub(crate) const SCREENS: &[Screen] = &[
    at("", "Start", 'h', start::show),
    at("search", "Search", 's', search::show),
    at("articles", "Articles", 'l', search::articles),
    at("actors", "Actors", 'a', actors::show),
    at("positions", "Positions", 'p', positions::show),
    at("timeline", "Timeline", 't', timeline::show),
    at("network", "Network", 'n', network::show),
    at("map", "Map", 'm', map::show),
    at("compare", "Compare", 'c', compare::show),
    at("outlooks", "Outlooks", 'o', search::outlooks),
    at("disagreements", "Disagreements", 'd', search::disagreements),
    at("review", "Review", 'r', review::show),
    at("names", "Names", 'w', names::show),
    at("export", "Export", 'x', export::show),
    at("help", "Help", '?', help::show),
    below("story", compare::story),
    below("start", start::show),
    below("add", add::show),
    below("article", article::show),
    below("row", row::show),
    below("actor", actor::show),
];

/// The screen of an address, made.
pub(crate) fn show(view: &View<'_>) -> Result<Reply, Fault> {
    let name = view.parts.first().map_or("", String::as_str);
    let deepest = if matches!(
        name,
        "article" | "row" | "actor" | "positions" | "story" | "export"
    ) {
        2
    } else {
        1
    };
    let screen = SCREENS.iter().find(|screen| screen.name == name);
    match screen {
        Some(screen) if view.parts.len() <= deepest => (screen.show)(view),
        _ => Err(Fault::NotThere("There is no such page.".to_owned())),
    }
}

/// Answers that are too long to be made before they are sent.
pub(crate) async fn streamed(site: &Arc<Site>, asked: &Asked) -> Option<Response> {
    export::file(site, asked).await
}
