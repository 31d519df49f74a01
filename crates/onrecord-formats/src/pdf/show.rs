//! Runs of text and where they stand, as the operators of a page show them.

use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::dict::Dict;
use hayro_syntax::object::{Array, Name, Object, Stream};
use hayro_syntax::page::{Page, Resources};

use super::fonts::{Font, Fonts};

/// More operators than any page has.
const OPERATORS: u32 = 4_000_000;
/// Forms within forms: how deep.
const FORMS: usize = 12;
/// Saved states at most.
const STATES: usize = 512;

/// A piece of text on a page; x grows to the right and y downwards, in points.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    pub text: String,
    pub start: f64,
    pub end: f64,
    /// The line on which the letters stand.
    pub base: f64,
    pub size: f64,
}

/// What a page shows.
#[derive(Default)]
pub(super) struct Shown {
    pub runs: Vec<Run>,
    /// Signs with and without a known text.
    pub known: usize,
    pub unknown: usize,
}

/// The text of a page.
pub(super) fn page(page: &Page<'_>, fonts: &mut Fonts) -> Shown {
    let mut reader = Reader {
        fonts,
        shown: Shown::default(),
        left: OPERATORS,
    };
    let start = page.initial_transform(true).as_coeffs();
    reader.content(page.typed_operations(), page.resources(), start, 0);
    reader.shown
}

type Matrix = [f64; 6];

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First `b`, then `a`.
fn then(a: &Matrix, b: &Matrix) -> Matrix {
    [
        a[0] * b[0] + a[2] * b[1],
        a[1] * b[0] + a[3] * b[1],
        a[0] * b[2] + a[2] * b[3],
        a[1] * b[2] + a[3] * b[3],
        a[0] * b[4] + a[2] * b[5] + a[4],
        a[1] * b[4] + a[3] * b[5] + a[5],
    ]
}

#[derive(Clone)]
struct State {
    page: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    between: f64,
    blanks: f64,
    wide: f64,
    leading: f64,
    rise: f64,
}

struct Reader<'f> {
    fonts: &'f mut Fonts,
    shown: Shown,
    left: u32,
}

/// Where the next sign and the next line begin.
struct Text {
    at: Matrix,
    line: Matrix,
}

impl Text {
    fn next_line(&mut self, x: f64, y: f64) {
        self.line = then(&self.line, &[1.0, 0.0, 0.0, 1.0, x, y]);
        self.at = self.line;
    }
}

impl Reader<'_> {
    fn content(
        &mut self,
        operators: TypedIter<'_>,
        resources: &Resources<'_>,
        page: Matrix,
        deep: usize,
    ) {
        let mut state = State {
            page,
            font: None,
            size: 1.0,
            between: 0.0,
            blanks: 0.0,
            wide: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let mut saved: Vec<State> = Vec::new();
        let mut text = Text {
            at: IDENTITY,
            line: IDENTITY,
        };
        let mut operators = operators;
        while let Some(operator) = operators.next() {
            self.left = match self.left.checked_sub(1) {
                Some(left) => left,
                None => return,
            };
            match operator {
                Op::SaveState(_) if saved.len() < STATES => saved.push(state.clone()),
                Op::RestoreState(_) => state = saved.pop().unwrap_or(state),
                Op::Transform(m) => {
                    let m = [m.0, m.1, m.2, m.3, m.4, m.5].map(|n| n.as_f64());
                    state.page = then(&state.page, &m);
                }
                Op::BeginText(_) => (text.at, text.line) = (IDENTITY, IDENTITY),
                Op::CharacterSpacing(n) => state.between = n.0.as_f64(),
                Op::WordSpacing(n) => state.blanks = n.0.as_f64(),
                Op::HorizontalScaling(n) => state.wide = n.0.as_f64() / 100.0,
                Op::TextLeading(n) => state.leading = n.0.as_f64(),
                Op::TextRise(n) => state.rise = n.0.as_f64(),
                Op::TextFont(font) => {
                    let dict = resources.get_font(font.0);
                    state.font = dict.map(|dict| self.fonts.get(&dict));
                    state.size = font.1.as_f64();
                }
                Op::NextLine(to) => text.next_line(to.0.as_f64(), to.1.as_f64()),
                Op::NextLineAndSetLeading(to) => {
                    state.leading = -to.1.as_f64();
                    text.next_line(to.0.as_f64(), to.1.as_f64());
                }
                Op::SetTextMatrix(m) => {
                    text.line = [m.0, m.1, m.2, m.3, m.4, m.5].map(|n| n.as_f64());
                    text.at = text.line;
                }
                Op::NextLineUsingLeading(_) => text.next_line(0.0, -state.leading),
                Op::ShowText(shown) => self.show(&state, &mut text, shown.0.as_bytes()),
                Op::NextLineAndShowText(shown) => {
                    text.next_line(0.0, -state.leading);
                    self.show(&state, &mut text, shown.0.as_bytes());
                }
                Op::ShowTextWithParameters(shown) => {
                    (state.blanks, state.between) = (shown.0.as_f64(), shown.1.as_f64());
                    text.next_line(0.0, -state.leading);
                    self.show(&state, &mut text, shown.2.as_bytes());
                }
                Op::ShowTexts(shown) => {
                    for item in shown.0.iter::<Object<'_>>() {
                        match item {
                            Object::String(shown) => self.show(&state, &mut text, shown.as_bytes()),
                            Object::Number(back) => {
                                let by = -back.as_f64() / 1000.0 * state.size * state.wide;
                                text.at = then(&text.at, &[1.0, 0.0, 0.0, 1.0, by, 0.0]);
                            }
                            _ => {}
                        }
                    }
                }
                Op::XObject(name) if deep < FORMS => {
                    if let Some(form) = resources.get_x_object(name.0) {
                        self.form(&form, resources, state.page, deep);
                    }
                }
                _ => {}
            }
        }
    }

    fn form(&mut self, form: &Stream<'_>, resources: &Resources<'_>, page: Matrix, deep: usize) {
        let dict = form.dict();
        if dict
            .get::<Name<'_>>("Subtype")
            .is_none_or(|name| name.as_str() != "Form")
        {
            return;
        }
        let Ok(data) = form.decoded() else {
            return;
        };
        // What is opened anew each time counts as many operators do.
        let cost = data.len() / 64 + 200;
        self.left = self
            .left
            .saturating_sub(u32::try_from(cost).unwrap_or(u32::MAX));
        let matrix = dict.get::<Array<'_>>("Matrix").and_then(|matrix| {
            let numbers: Vec<f64> = matrix.iter::<f64>().take(6).collect();
            Matrix::try_from(numbers).ok()
        });
        let page = then(&page, &matrix.unwrap_or(IDENTITY));
        let own = dict.get::<Dict<'_>>("Resources");
        match own {
            Some(own) => {
                let own = Resources::from_parent(own, resources.clone());
                self.content(TypedIter::new(&data), &own, page, deep + 1);
            }
            None => self.content(TypedIter::new(&data), resources, page, deep + 1),
        }
    }

    fn show(&mut self, state: &State, text: &mut Text, bytes: &[u8]) {
        let Some(font) = &state.font else {
            return;
        };
        let place = |at: &Matrix| {
            then(
                &then(&state.page, at),
                &[1.0, 0.0, 0.0, 1.0, 0.0, state.rise],
            )
        };
        let begins = place(&text.at);
        let mut shown = String::new();
        for sign in font.signs(bytes) {
            let mut wide = sign.width * state.size + state.between;
            if sign.blank {
                wide += state.blanks;
            }
            match sign.text {
                Some(sign) => {
                    self.shown.known += 1;
                    shown.push_str(&sign);
                }
                None => self.shown.unknown += 1,
            }
            text.at = then(&text.at, &[1.0, 0.0, 0.0, 1.0, wide * state.wide, 0.0]);
        }
        let ends = place(&text.at);
        // Text that runs upwards stands in the margin: not part of any line.
        let upright = begins[0].abs() > begins[1].abs() * 4.0 && begins[0] > 0.0;
        let size = state.size.abs() * (begins[2].powi(2) + begins[3].powi(2)).sqrt();
        let finite = [begins[4], begins[5], ends[4], size]
            .iter()
            .all(|n| n.is_finite() && n.abs() < 1e7);
        if shown.is_empty() || !upright || !finite {
            return;
        }
        self.shown.runs.push(Run {
            text: shown,
            start: begins[4].min(ends[4]),
            end: begins[4].max(ends[4]),
            base: begins[5],
            size: size.max(0.1),
        });
    }
}
