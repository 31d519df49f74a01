//! Charts in pages: the drawing, its files, and what it leaves out.

use maud::{Markup, PreEscaped, html};
use onrecord_charts::{Chart, Frame};

use crate::shown;
use crate::view::{Form, View};

/// The frame of a chart: one that stands alone where a file is asked for.
pub(crate) fn frame(view: &View<'_>, id: &str, title: &str, desc: &str) -> Frame {
    let width = u32::try_from(view.params.number("width", 1120, 2000)).unwrap_or(1120);
    let frame = Frame::new(id, title).desc(desc).width(width.max(320));
    match view.form {
        Form::Svg => frame.standalone(),
        _ => frame,
    }
}

/// A chart with links to it as a file. A wide chart scrolls in its own box.
pub(crate) fn figure(view: &View<'_>, chart: &Chart, told: &str) -> Markup {
    let files = view.params.without("page");
    let svg = view.address(Form::Svg, &files);
    html! {
        figure.chart.fits[view.parts.first().is_some_and(|screen| screen == "map")] {
            div.scroll tabindex="0" role="region" aria-label="Chart" { (PreEscaped(&chart.svg)) }
            figcaption {
                (shown::text(told))
                @for line in &chart.left_out { " " (shown::text(line)) }
                " " span.files {
                    "As " a href=(svg) { "SVG" } ", "
                    span data-png=(svg) hidden { button type="button" { "PNG" } ", " }
                    a href=(view.address(Form::Csv, &files)) { "CSV" } " or "
                    a href=(view.address(Form::Json, &files)) { "JSON" }
                }
            }
        }
    }
}

/// A form that narrows what a chart shows, kept in its address. `extra` are further fields.
pub(crate) fn narrow(view: &View<'_>, actor: bool, extra: &Markup) -> Markup {
    let value = |name: &str| view.params.get(name).unwrap_or_default();
    let clear = view.address(Form::Html, &crate::params::Params::default());
    let named = |name: &str| {
        let value = value(name);
        let known = value
            .starts_with("ac-")
            .then(|| view.names.actor(value).ok())
            .flatten();
        known.unwrap_or_else(|| value.to_owned())
    };
    html! {
        form.inline.narrow-chart action=(clear) {
            @if actor {
                label { "Actor " input name="actor" value=(named("actor")) dir="auto" maxlength="200"; }
            }
            label { "Outlet " input name="outlet" value=(value("outlet")) dir="auto" maxlength="200"; }
            label { "From " input.date name="since" value=(value("since")) placeholder="2014-09" maxlength="10"; }
            label { "To " input.date name="until" value=(value("until")) placeholder="2019" maxlength="10"; }
            (extra)
            button { "Show" }
            @if view.params.pairs().next().is_some() { a href=(clear) { "Clear" } }
        }
    }
}

/// Links to one year each, for what a chart shows of the record.
pub(crate) fn years(view: &View<'_>, years: &[String]) -> Markup {
    let to = |year: &str| {
        let params = view.params.with("since", year).with("until", year);
        view.address(Form::Html, &params)
    };
    let set = view
        .params
        .get("since")
        .filter(|since| Some(*since) == view.params.get("until"));
    html! {
        @if years.len() > 1 || set.is_some() {
            nav.years aria-label="Years" {
                a href=(to("")) aria-current=[set.is_none().then_some("true")] { "All" }
                @for year in years {
                    a href=(to(year)) aria-current=[(set == Some(year.as_str())).then_some("true")] { (year) }
                }
            }
        }
    }
}
