//! Names as tags on tokens, one tag a token, and the way back.

use crate::{EntityKind, Name};

/// A token's part in a name: outside; or a kind's begin, inside, end, or single token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NameTag(pub(crate) u8);

/// The kinds in the order of their tags.
pub(crate) const KINDS: [EntityKind; 5] = [
    EntityKind::Person,
    EntityKind::Organization,
    EntityKind::Place,
    EntityKind::Group,
    EntityKind::Other,
];

/// A kind's place in [`KINDS`].
pub(crate) fn kind_number(kind: EntityKind) -> usize {
    KINDS.iter().position(|&known| known == kind).expect("every kind is listed")
}

/// A token's place in a name, in the order of the tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Begin,
    Inside,
    End,
    Single,
}

impl NameTag {
    pub(crate) const OUTSIDE: Self = Self(0);

    /// The tag of a number below [`NameTag::COUNT`].
    pub(crate) fn numbered(number: usize) -> Self {
        Self(u8::try_from(number).expect("there are few tags"))
    }

    /// How many tags there are.
    pub(crate) const COUNT: usize = 1 + 4 * KINDS.len();

    pub(crate) fn new(kind: EntityKind, part: Part) -> Self {
        Self::numbered(1 + 4 * kind_number(kind) + part as usize)
    }

    /// Kind number and part of a tag inside a name.
    pub(crate) fn parts(self) -> Option<(usize, Part)> {
        let at = self.0.checked_sub(1)?;
        let part = match at % 4 {
            0 => Part::Begin,
            1 => Part::Inside,
            2 => Part::End,
            _ => Part::Single,
        };
        Some((usize::from(at / 4), part))
    }

    /// Whether `next` may follow this tag.
    pub(crate) fn may_precede(self, next: Self) -> bool {
        let opens = |tag: Self| matches!(tag.parts(), Some((_, Part::Begin | Part::Inside)));
        let continues = |tag: Self| matches!(tag.parts(), Some((_, Part::Inside | Part::End)));
        match (opens(self), continues(next)) {
            (false, false) => true,
            (true, true) => self.parts().map(|tag| tag.0) == next.parts().map(|tag| tag.0),
            _ => false,
        }
    }
}

/// One tag for each of `n_tokens` tokens; the names are disjoint and in order.
pub(crate) fn tags_of(names: &[Name], n_tokens: usize) -> impl Iterator<Item = NameTag> {
    let mut tags = vec![NameTag::OUTSIDE; n_tokens];
    for name in names {
        let range = name.tokens.range();
        let last = range.end - 1;
        for at in range.clone() {
            let part = match (at == range.start, at == last) {
                (true, true) => Part::Single,
                (true, false) => Part::Begin,
                (false, true) => Part::End,
                (false, false) => Part::Inside,
            };
            tags[at] = NameTag::new(name.kind, part);
        }
    }
    tags.into_iter()
}
