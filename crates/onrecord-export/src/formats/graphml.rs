//! GraphML: actors and issues as nodes; relations, statements to an addressee, events and
//! positions as directed edges, one a row (an event with several actors or recipients: one for each
//! pair, whose ids end in `.1`, `.2`).
//!
//! `class` tells what an edge is, `type` which (PLOVER type, predicate, kind of statement, stance),
//! `status` whether an event happened, was threatened, denied or alleged: filter by them. GraphML
//! has no time: `date` is a text as exact as the row, `date_precision` says how exact. The
//! sentence is an attribute, left out with `--no-text`. The data card is the description of the
//! graph. Characters that XML forbids become U+FFFD. All nodes come before the edges; neither
//! is held in memory. Left out: statements without an addressee, events without both parties.

use std::io::Write;

use super::{Format, Shape, out};
use crate::ExportError;
use crate::card::Card;
use crate::network::{self, EDGE_FIELDS, NODE_FIELDS, comment, xml};
use crate::source::Source;
use crate::written::Written;

pub(super) const FORMAT: Format = Format {
    name: "graphml",
    extension: "graphml",
    what_for: "networks in igraph, networkx, visone, yEd and Gephi",
    files: "network.graphml",
    media_type: "application/graphml+xml",
    holds_card: true,
    is_text: false,
    shape: Shape::Document {
        file: "network.graphml",
        takes: network::TAKES,
        write,
    },
};

fn write(source: &Source<'_>, to: &mut dyn Write) -> Result<Written, ExportError> {
    let card = Card::of(source, &FORMAT, None)?;
    out(head(to, &card.line()))?;
    let mut written = Written::default();
    network::nodes(source, &mut written, |node| {
        out(write!(to, "<node id=\"{}\">", xml(&node.id)))?;
        out(data(to, "n_label", &node.label))?;
        for (name, value) in &node.fields {
            out(data(to, &format!("n_{name}"), value))?;
        }
        out(writeln!(to, "</node>"))
    })?;
    network::edges(source, &mut written, |edge| {
        out(write!(
            to,
            "<edge id=\"{}\" source=\"{}\" target=\"{}\">",
            xml(&edge.id),
            xml(&edge.from),
            xml(&edge.to)
        ))?;
        for (name, value) in &edge.fields {
            out(data(to, &format!("e_{name}"), value))?;
        }
        out(writeln!(to, "</edge>"))
    })?;
    let card = Card::of(source, &FORMAT, Some(&written))?.object();
    out(write!(
        to,
        "</graph>\n<!-- {} -->\n</graphml>\n",
        comment(&card.to_string())
    ))?;
    Ok(written)
}

fn head(to: &mut dyn Write, card: &str) -> std::io::Result<()> {
    writeln!(
        to,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"\n\
         \x20   xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n\
         \x20   xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns \
         http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">"
    )?;
    let label = ("label", "string");
    for (of, letter, fields) in [
        ("node", "n", [&[label], NODE_FIELDS].concat()),
        ("edge", "e", EDGE_FIELDS.to_vec()),
    ] {
        for (name, kind) in fields {
            writeln!(
                to,
                "<key id=\"{letter}_{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>"
            )?;
        }
    }
    writeln!(
        to,
        "<graph id=\"record\" edgedefault=\"directed\">\n<desc>{}</desc>",
        xml(card)
    )
}

fn data(to: &mut dyn Write, key: &str, value: &str) -> std::io::Result<()> {
    write!(to, "<data key=\"{key}\">{}</data>", xml(value))
}
