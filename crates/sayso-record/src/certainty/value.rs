//! How far a voice goes, and what a context makes of that.

use crate::CertaintyValue;

/// How far a voice commits itself: 3 it is so, 2 likely so, 1 possibly so, 0 open, and the same
/// below zero for that it is not so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Degree(i8);

impl Degree {
    pub(super) const ASSERTED: Self = Self(3);
    pub(super) const PROBABLE: Self = Self(2);
    pub(super) const POSSIBLE: Self = Self(1);
    pub(super) const OPEN: Self = Self(0);
    pub(super) const DOUBTFUL: Self = Self(-2);
    pub(super) const DENIED: Self = Self(-3);

    /// The degree in Record v1.
    pub(super) fn value(self) -> CertaintyValue {
        match self.0 {
            3.. => CertaintyValue::Asserted,
            2 => CertaintyValue::Probable,
            1 => CertaintyValue::Possible,
            0 => CertaintyValue::Open,
            -2..=-1 => CertaintyValue::Doubtful,
            _ => CertaintyValue::Denied,
        }
    }

    /// The degree by the sign that stands for it in `data/certainty.tsv`.
    fn of_sign(sign: u8) -> Option<Self> {
        Some(match sign {
            b'+' => Self::ASSERTED,
            b'~' => Self::PROBABLE,
            b'?' => Self::POSSIBLE,
            b'o' => Self::OPEN,
            b'd' => Self::DOUBTFUL,
            b'-' => Self::DENIED,
            _ => return None,
        })
    }

    /// This degree, but no further from open than `bound` is.
    fn within(self, bound: Self) -> Self {
        let bound = bound.0.abs();
        Self(self.0.clamp(-bound, bound))
    }
}

/// What a context makes of what it holds: one degree for where the context itself is so, and one
/// for where it is not.
///
/// Signatures are written with two signs: *manage to* is `+-`, *fail to* `-+`, *force to* `+o`,
/// *regret that* `++`, *not* `-+`, *may* `?-`, *plan to* `oo`.
///
/// # Source
///
/// Nairn, Condoravdi and Karttunen (2006), with `FactBank`'s degrees in place of two polarities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Signature {
    so: Degree,
    not_so: Degree,
}

impl Signature {
    /// Nothing is said either way: *plan to*.
    pub(super) const OPEN: Self = Self::new(Degree::OPEN, Degree::OPEN);
    /// What is held is so if the context is, and not if it is not: *manage to*.
    pub(super) const SAME: Self = Self::new(Degree::ASSERTED, Degree::DENIED);
    /// The other way round: *fail to*, *not*.
    pub(super) const OPPOSITE: Self = Self::new(Degree::DENIED, Degree::ASSERTED);
    /// So in any case: *regret that*.
    pub(super) const GIVEN: Self = Self::new(Degree::ASSERTED, Degree::ASSERTED);
    /// So if the context is, else open: *say that*, for the one who says it.
    pub(super) const IF_SO: Self = Self::new(Degree::ASSERTED, Degree::OPEN);
    /// Not so if the context is, else open: *deny that*, for the one who denies it.
    pub(super) const NOT_IF_SO: Self = Self::new(Degree::DENIED, Degree::OPEN);
    /// *may*.
    pub(super) const POSSIBLE: Self = Self::new(Degree::POSSIBLE, Degree::DENIED);
    /// *likely*.
    pub(super) const PROBABLE: Self = Self::new(Degree::PROBABLE, Degree::DOUBTFUL);

    const fn new(so: Degree, not_so: Degree) -> Self {
        Self { so, not_so }
    }

    /// The signature written as `signs`, such as `+o`.
    pub(super) fn of_signs(signs: &str) -> Option<Self> {
        let &[so, not_so] = signs.as_bytes() else { return None };
        Some(Self::new(Degree::of_sign(so)?, Degree::of_sign(not_so)?))
    }

    /// The degree of what a context holds that is itself so to the degree of `context`.
    ///
    /// It goes no further than its context does, unless it is taken as given.
    pub(super) fn of(self, context: Degree) -> Degree {
        if self.so == self.not_so && self.so != Degree::OPEN {
            return self.so;
        }
        match context.0 {
            1.. => self.so.within(context),
            0 => Degree::OPEN,
            _ => self.not_so.within(context),
        }
    }

    /// Whether it leaves everything open.
    pub(super) fn is_open(self) -> bool {
        self == Self::OPEN
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn composed(outer_first: &[Signature]) -> CertaintyValue {
        let start = Degree::ASSERTED;
        outer_first.iter().fold(start, |degree, signature| signature.of(degree)).value()
    }

    fn signature(signs: &str) -> Signature {
        Signature::of_signs(signs).unwrap()
    }

    #[test]
    fn negations_cancel_and_the_weakest_counts() {
        let (not, may, likely) = (Signature::OPPOSITE, Signature::POSSIBLE, Signature::PROBABLE);
        let fail = signature("-+");
        assert_eq!(composed(&[not, fail]), CertaintyValue::Asserted, "did not fail to");
        assert_eq!(composed(&[may, not]), CertaintyValue::Doubtful, "may not");
        assert_eq!(composed(&[not, may]), CertaintyValue::Denied, "cannot");
        assert_eq!(composed(&[not, likely]), CertaintyValue::Doubtful, "is not likely to");
        assert_eq!(composed(&[likely, may]), CertaintyValue::Possible, "likely that it may");
    }

    #[test]
    fn what_is_given_stands_and_what_is_open_stays_open() {
        let (not, open, given) = (Signature::OPPOSITE, Signature::OPEN, Signature::GIVEN);
        assert_eq!(composed(&[not, given]), CertaintyValue::Asserted, "did not regret");
        assert_eq!(composed(&[open, given]), CertaintyValue::Asserted, "plans to condemn");
        assert_eq!(composed(&[open, not]), CertaintyValue::Open, "plans not to");
        assert_eq!(composed(&[not, Signature::IF_SO]), CertaintyValue::Open, "did not force");
    }

    #[test]
    fn two_signs_and_no_others_are_a_signature() {
        assert_eq!(Signature::of_signs("+-"), Some(Signature::SAME));
        for signs in ["", "+", "+-+", "=", "xy"] {
            assert_eq!(Signature::of_signs(signs), None, "{signs}");
        }
    }
}
