//! Adding pages: a form that takes files, and how far their reading has come.

use maud::{Markup, html};
use serde_json::json;

use crate::adding::{MAX_UPLOAD, Stage};
use crate::error::Fault;
use crate::options::Progress;
use crate::reply::Reply;
use crate::shown;
use crate::view::{Form, View};

/// The form, and how the last adding stands.
pub(crate) fn show(view: &View<'_>) -> Result<Reply, Fault> {
    let stage = view.site.adding.now();
    if view.form == Form::Json {
        return Ok(Reply::Json(match stage {
            Stage::Idle => json!({ "state": "idle" }),
            Stage::Busy(at) => json!({
                "state": "busy", "stage": at.stage, "done": at.done, "all": at.all,
            }),
            Stage::Over(Ok(added)) => json!({
                "state": "over", "well": true, "told": added.told,
                "could_not_be_read": added.failed,
            }),
            Stage::Over(Err(told)) => json!({ "state": "over", "well": false, "told": told }),
        }));
    }
    let main = html! {
        h1 { "Add pages" }
        @match &stage {
            Stage::Idle => {},
            Stage::Busy(at) => (busy(at)),
            Stage::Over(Ok(added)) => section.done-adding role="status" {
                h2 { "Done" }
                @for line in added.told.lines() { p { (shown::text(line)) } }
                @if !added.failed.is_empty() {
                    h3 { "Could not be read, or only in part" }
                    ul { @for line in &added.failed { li { (shown::text(line)) } } }
                }
                p { a href="/" { "To the start" } " · " a href="/review" { "Review what was read" } }
            },
            Stage::Over(Err(told)) => section.done-adding role="alert" {
                h2 { "That did not work" }
                p { (shown::text(told)) }
            },
        }
        @if !matches!(stage, Stage::Busy(_)) { (form(view)) }
    };
    Reply::page("Add pages", main)
}

fn busy(at: &Progress) -> Markup {
    let share = (at.all > 0).then(|| at.done.min(at.all));
    html! {
        section #adding data-adding {
            p role="status" #adding-told { (told(at)) }
            progress #adding-bar aria-labelledby="adding-told" max=[share.map(|_| at.all)] value=[share] {}
            p { a href="/add" { "Look again" } }
        }
    }
}

fn told(at: &Progress) -> String {
    let stage = if at.stage.is_empty() {
        "Beginning"
    } else {
        &at.stage
    };
    match at.all {
        0 => format!("{stage} …"),
        all => format!("{stage}: {} of {all}", at.done.min(all)),
    }
}

/// The form that takes files, where pages can be added and who looks may write.
pub(crate) fn form(view: &View<'_>) -> Markup {
    if !view.site.options.outside.adds() {
        return html! {};
    }
    if !view.write {
        return html! {
            p { "To add pages, open the address that " code { "onrecord serve" } " printed: it holds the token." }
        };
    }
    html! {
        form.drop action="/add" method="post" enctype="multipart/form-data" data-drop {
            label for="pages" { "Pages: saved HTML, plain text, PDF, DOCX, mails, feeds, WARC, ZIP, tables of a scraper" }
            input #pages type="file" name="pages" multiple required;
            button { "Read them" }
            p.quiet {
                "Choose files or drop them here, up to " (MAX_UPLOAD / 1024 / 1024) " MB at once. They are kept in a \
                 folder beside the record and never leave this machine. For whole archives: "
                code { "onrecord read FOLDER -o " (shown::name(&view.site.title)) } "."
            }
        }
    }
}
