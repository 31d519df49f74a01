/// How sure a rule or head is of a row, in whole hundredths: no last bit of a float
/// reaches the record.
///
/// ```
/// use onrecord_model::Confidence;
/// assert_eq!(Confidence::percent(85).value(), 0.85);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Confidence(u8);

impl Confidence {
    /// A confidence of `percent` hundredths; more than 100 counts as 100.
    pub const fn percent(percent: u8) -> Confidence {
        Confidence(if percent > 100 { 100 } else { percent })
    }

    /// The confidence as a number from 0 to 1 with two decimals.
    pub fn value(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}
