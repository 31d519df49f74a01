/// A half-open range of bytes of one article's text: the one unit every step uses.
///
/// Both ends lie on character borders of that text, and `start <= end`.
///
/// ```
/// use onrecord_model::Span;
/// let span = Span::new(2, 6);
/// assert_eq!(span.of("a word."), "word");
/// assert!(span.contains(Span::new(3, 4)) && !span.contains(Span::new(0, 3)));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` to `end`.
    ///
    /// # Panics
    /// If `start > end`.
    pub fn new(start: usize, end: usize) -> Span {
        assert!(
            start <= end,
            "a span must not end before it starts: {start}..{end}"
        );
        Span { start, end }
    }

    /// The words of `text` this span stands for.
    ///
    /// # Panics
    /// If the span does not lie in `text` on character borders.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether nothing stands in it.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn join(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The span without white space at either end.
    ///
    /// ```
    /// use onrecord_model::Span;
    /// assert_eq!(Span::new(0, 5).trim("  a  "), Span::new(2, 3));
    /// ```
    pub fn trim(self, text: &str) -> Span {
        let whole = self.of(text);
        let start = self.start + (whole.len() - whole.trim_start().len());
        let end = start + whole.trim().len();
        Span { start, end }
    }
}
