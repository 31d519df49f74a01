//! Charts of a record: plain data in, the text of one SVG element out.
//!
//! Nothing here reads a file, a clock or a record. The same data give the same bytes on every
//! machine: numbers have one decimal, what is transcendental comes from `libm`, and nothing
//! hangs on a hash or on chance.
//!
//! What every chart promises:
//!
//! - a `<title>` and a `<desc>` for those who do not see it, and a `<title>` on each mark;
//! - shape, dash or place says whatever colour says, and a legend names both;
//! - all text is escaped, and characters that XML forbids or that turn the direction of writing
//!   are shown as `U+FFFD`;
//! - no script, no `style` attribute, nothing from outside: a page may have the strictest
//!   content policy. Colours are attributes for a light page; [`CSS`] in the page's style sheet
//!   makes them follow light and dark. [`Frame::standalone`] puts it into the SVG itself.
//!
//! ```
//! use onrecord_charts::{Frame, Lane, Stance, Stand, Tag, lanes};
//! use onrecord_model::PartialDate;
//! let stand = Stand {
//!     date: PartialDate::parse("2014-09"),
//!     stance: Stance::Oppose,
//!     reviewed: false,
//!     in_line: true,
//!     tag: Tag::new("Hill Front, 2014-09: oppose").row("po-1").href("#po-1"),
//! };
//! let lane = Lane { name: "Hill Front".into(), href: None, stands: vec![stand] };
//! let chart = lanes(&Frame::new("stands", "Where actors stand on the ceasefire"), &[lane]);
//! assert!(chart.svg.contains("Hill Front, 2014-09: oppose"));
//! ```

mod axis;
mod bars;
mod days;
mod fold;
mod labels;
mod lanes;
mod legend;
mod map;
mod network;
mod shapes;
mod svg;
mod timeline;

pub use bars::{Bar, Direction, bars};
pub use lanes::{Lane, Stance, Stand, lanes};
pub use map::{Exactness, Point, map};
pub use network::{Edge, Node, NodeKind, Tie, network};
pub use timeline::{Kind, Row, Spot, timeline};

/// The style sheet of all charts: put it into the page once. Classes and custom properties
/// begin with `oc-`; a page may set the properties itself.
pub const CSS: &str = include_str!("charts.css");

/// What any chart is given besides its data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Names the chart in its page, for links inside the SVG: ASCII letters, digits and
    /// hyphens; other characters become hyphens. Two charts of a page need two.
    pub id: String,
    /// What the chart is of, in a few words.
    pub title: String,
    /// What it shows, in a sentence or two; empty for what the chart says of itself.
    pub desc: String,
    /// Width in CSS pixels, from 320 to 2,000; the height follows from the data.
    pub width: u32,
    /// Whether the SVG holds [`CSS`] itself: for a file of its own.
    pub standalone: bool,
}

impl Frame {
    /// A chart 760 pixels wide, for a page that has [`CSS`].
    pub fn new(id: impl Into<String>, title: impl Into<String>) -> Frame {
        Frame {
            id: id.into(),
            title: title.into(),
            desc: String::new(),
            width: 760,
            standalone: false,
        }
    }

    /// Sets what it shows.
    pub fn desc(mut self, desc: impl Into<String>) -> Frame {
        self.desc = desc.into();
        self
    }

    /// Sets the width.
    pub fn width(mut self, width: u32) -> Frame {
        self.width = width;
        self
    }

    /// Makes a file of its own.
    pub fn standalone(mut self) -> Frame {
        self.standalone = true;
        self
    }
}

/// What a mark tells and where it leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tag {
    /// What the mark stands for, in words: its tooltip, and what a screen reader says.
    pub title: String,
    /// Id of the row it stands for, given as `data-row`.
    pub row: Option<String>,
    /// Where it leads: a relative address, `#place`, or one of `http`, `https`; others are
    /// left out.
    pub href: Option<String>,
}

impl Tag {
    /// A mark without a row and a link.
    pub fn new(title: impl Into<String>) -> Tag {
        Tag {
            title: title.into(),
            ..Tag::default()
        }
    }

    /// Sets the row.
    pub fn row(mut self, row: impl Into<String>) -> Tag {
        self.row = Some(row.into());
        self
    }

    /// Sets the link.
    pub fn href(mut self, href: impl Into<String>) -> Tag {
        self.href = Some(href.into());
        self
    }
}

/// A chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chart {
    /// One `<svg>` element.
    pub svg: String,
    /// What the data hold and the chart does not show, a line each, for the page to say.
    pub left_out: Vec<String>,
}
