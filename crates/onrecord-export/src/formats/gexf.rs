//! GEXF 1.3 with time: the network of the GraphML export, with `start` and `end` on each dated edge,
//! so that Gephi's time slider works.
//!
//! An event of a day lasts that day; one dated to a month or year may have been at any time in
//! it, and its edge spans the whole of it (`date_precision` says which). Undated edges have
//! neither `start` nor `end`, and are there all the time; they are counted. Otherwise as GraphML:
//! `class`, `type` and `status` tell edges apart, parallel edges stay, the data card is the
//! description. All nodes come before the edges; neither is held in memory.

use std::io::Write;

use super::{Format, Shape, out};
use crate::ExportError;
use crate::card::Card;
use crate::network::{self, EDGE_FIELDS, NODE_FIELDS, comment, xml};
use crate::source::Source;
use crate::written::Written;

pub(super) const FORMAT: Format = Format {
    name: "gexf",
    extension: "gexf",
    what_for: "networks over time in Gephi: dated edges for its time slider",
    files: "network.gexf",
    media_type: "application/gexf+xml",
    holds_card: true,
    is_text: false,
    shape: Shape::Document {
        file: "network.gexf",
        takes: network::TAKES,
        write,
    },
};

fn write(source: &Source<'_>, to: &mut dyn Write) -> Result<Written, ExportError> {
    let card = Card::of(source, &FORMAT, None)?;
    out(head(to, &card.line()))?;
    let mut written = Written::default();
    network::nodes(source, &mut written, |node| {
        out(write!(
            to,
            "<node id=\"{}\" label=\"{}\">",
            xml(&node.id),
            xml(&node.label)
        ))?;
        out(values(to, &node.fields))?;
        out(writeln!(to, "</node>"))
    })?;
    out(writeln!(to, "</nodes>\n<edges>"))?;
    network::edges(source, &mut written, |edge| {
        out(write!(
            to,
            "<edge id=\"{}\" source=\"{}\" target=\"{}\" type=\"directed\"",
            xml(&edge.id),
            xml(&edge.from),
            xml(&edge.to)
        ))?;
        if let Some(date) = edge.date {
            let (start, end) = date.bounds();
            out(write!(to, " start=\"{start}\" end=\"{end}\""))?;
        }
        out(write!(to, ">"))?;
        out(values(to, &edge.fields))?;
        out(writeln!(to, "</edge>"))
    })?;
    let card = Card::of(source, &FORMAT, Some(&written))?.object();
    out(write!(
        to,
        "</edges>\n</graph>\n<!-- {} -->\n</gexf>\n",
        comment(&card.to_string())
    ))?;
    Ok(written)
}

fn head(to: &mut dyn Write, card: &str) -> std::io::Result<()> {
    writeln!(
        to,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n\
         <meta>\n<creator>onrecord {}</creator>\n<description>{}</description>\n</meta>\n\
         <graph mode=\"dynamic\" defaultedgetype=\"directed\" timeformat=\"date\" \
         timerepresentation=\"interval\">",
        env!("CARGO_PKG_VERSION"),
        xml(card)
    )?;
    for (class, fields) in [("node", NODE_FIELDS), ("edge", EDGE_FIELDS)] {
        writeln!(to, "<attributes class=\"{class}\" mode=\"static\">")?;
        for (name, kind) in fields {
            writeln!(
                to,
                "<attribute id=\"{name}\" title=\"{name}\" type=\"{kind}\"/>"
            )?;
        }
        writeln!(to, "</attributes>")?;
    }
    writeln!(to, "<nodes>")
}

fn values(to: &mut dyn Write, fields: &[(&'static str, String)]) -> std::io::Result<()> {
    write!(to, "<attvalues>")?;
    for (name, value) in fields {
        write!(to, "<attvalue for=\"{name}\" value=\"{}\"/>", xml(value))?;
    }
    write!(to, "</attvalues>")
}
