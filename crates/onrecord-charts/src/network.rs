//! Who acts on whom: actors and issues as nodes, what goes on between them as arrows.

mod draw;
mod layout;

use crate::shapes::{self, Colour};
use crate::{Chart, Frame, Tag};

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeKind {
    /// Drawn as a circle.
    Actor,
    /// Drawn as a square.
    Issue,
}

/// An actor or an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its id, by which edges name it.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Its shape.
    pub kind: NodeKind,
    /// What it tells; where the title is empty, the name.
    pub tag: Tag,
}

/// What goes on along an edge: colour and dash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Tie {
    MaterialConflict,
    VerbalConflict,
    MaterialCooperation,
    VerbalCooperation,
    Support,
    Oppose,
    Mixed,
    Other,
}

impl Tie {
    /// All, in the order of the legend.
    pub const ALL: [Tie; 8] = [
        Tie::MaterialConflict,
        Tie::VerbalConflict,
        Tie::MaterialCooperation,
        Tie::VerbalCooperation,
        Tie::Support,
        Tie::Oppose,
        Tie::Mixed,
        Tie::Other,
    ];

    /// The tie of an event by its PLOVER quad, 1 to 4.
    pub fn of_quad(quad: i64) -> Tie {
        match quad {
            1 => Tie::VerbalCooperation,
            2 => Tie::MaterialCooperation,
            3 => Tie::VerbalConflict,
            4 => Tie::MaterialConflict,
            _ => Tie::Other,
        }
    }

    /// What the legend says.
    pub fn name(self) -> &'static str {
        match self {
            Tie::MaterialConflict => "conflict by deeds",
            Tie::VerbalConflict => "conflict in words",
            Tie::MaterialCooperation => "cooperation by deeds",
            Tie::VerbalCooperation => "cooperation in words",
            Tie::Support => "supports",
            Tie::Oppose => "opposes",
            Tie::Mixed => "mixed",
            Tie::Other => "other",
        }
    }

    /// Colour and dash; deeds are solid, words are broken.
    fn look(self) -> (Colour, &'static str) {
        match self {
            Tie::MaterialConflict => (shapes::MATERIAL_CONFLICT, ""),
            Tie::VerbalConflict => (shapes::VERBAL_CONFLICT, "6 3"),
            Tie::MaterialCooperation => (shapes::MATERIAL_COOPERATION, "12 2.5"),
            Tie::VerbalCooperation => (shapes::VERBAL_COOPERATION, "2 3"),
            Tie::Support => (shapes::SUPPORT, "9 2 2 2"),
            Tie::Oppose => (shapes::OPPOSE, "3 1.5"),
            Tie::Mixed => (shapes::MIXED, "6 2 1 2 1 2"),
            Tie::Other => (shapes::OTHER, "1 4"),
        }
    }
}

/// Something that goes on from one node to another. Edges of one tie between the same two are
/// drawn as one, with their weights added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Id of the node it begins at.
    pub from: String,
    /// Id of the node it leads to.
    pub to: String,
    /// What it is.
    pub tie: Tie,
    /// How often: the width of the line.
    pub weight: u64,
    /// What it tells; where the title is empty, names, tie and weight.
    pub tag: Tag,
}

/// Draws the `most` nodes (at most 150) with the heaviest edges, arrows from one to the
/// other. Nodes are placed by springs from a fixed beginning in fixed steps: the same data
/// lie at the same places everywhere. Left out and told: nodes beyond `most`, edges to nodes
/// that are not there and from a node to itself.
pub fn network(frame: &Frame, nodes: &[Node], edges: &[Edge], most: usize) -> Chart {
    draw::draw(frame, nodes, edges, most.min(150))
}
