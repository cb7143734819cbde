//! What the ranker knows of a mention and an entity that it may stand for, as rows of its table.

use super::link::Entry;
use super::profile::{Class, Manner, Profile, Role};
use super::state::Match;

/// Buckets of hashed heads.
const N_HEADS: usize = 512;

/// A block of rows: one for each value of a feature.
struct Block {
    first: usize,
    size: usize,
}

/// Lays the blocks out one after the other.
macro_rules! blocks {
    ($($name:ident: $size:expr,)*) => {
        blocks!(@ 0; $($name: $size,)*);
    };
    (@ $first:expr; $name:ident: $size:expr, $($rest:tt)*) => {
        const $name: Block = Block { first: $first, size: $size };
        blocks!(@ $name.first + $name.size; $($rest)*);
    };
    (@ $first:expr;) => {
        /// How many rows the ranker's table has.
        pub(crate) const N_ROWS: usize = $first;
    };
}

const MANNERS: usize = Manner::COUNT;
const ROLES: usize = Role::COUNT;
const CLASSES: usize = Class::COUNT;
const N_RELATIONS: usize = 5;
const N_MATCHES: usize = 7;

blocks! {
    NEW: 1,
    OLD: 1,
    MANNER: MANNERS,
    MANNER_ROLE: MANNERS * ROLES,
    MANNER_CLASS: MANNERS * CLASSES,
    MANNER_NUMBER: MANNERS * 4,
    MANNER_MODIFIERS: MANNERS * 8,
    MANNER_KNOWN_HEAD: MANNERS * 2,
    MANNER_PLACE: MANNERS * 10,
    HEAD: N_HEADS,
    PAIR_MANNERS: MANNERS * MANNERS,
    MANNER_SENTENCES: MANNERS * 8,
    MANNER_RANK: MANNERS * 8,
    MANNER_MATCH: MANNERS * N_MATCHES,
    MATCH_SENTENCES: N_MATCHES * 8 * 2,
    MANNER_SIZE: MANNERS * 10,
    PRONOUN_CLASS: Manner::PRONOUNS * CLASSES * 2,
    PRONOUN_SEX: Manner::PRONOUNS * 32,
    CLASS_PAIR: CLASSES * CLASSES,
    MANNER_AGREEMENT: MANNERS * 8,
    ROLE_PAIR: ROLES * ROLES * 2,
    MANNER_RELATION: MANNERS * N_RELATIONS,
    MANNER_BLOCK: MANNERS * 3 * 2,
    MANNER_QUOTATION: MANNERS * 5,
    CLOSEST: MANNERS * 4,
    COUNTRY: 2,
    SOURCES: MANNERS * 4,
    SPEAKER: MANNERS * 2,
}

/// A list of rows.
trait Rows {
    fn add(&mut self, block: &Block, value: usize);
}

impl Rows for Vec<u16> {
    fn add(&mut self, block: &Block, value: usize) {
        debug_assert!(value < block.size, "{value} in a block of {}", block.size);
        let row = block.first + value.min(block.size - 1);
        self.push(u16::try_from(row).expect("there are few rows"));
    }
}

/// The row of the option that the mention begins an entity.
pub(super) fn new_entity(rows: &mut Vec<u16>) {
    rows.add(&NEW, 0);
}

/// What the mention tells by itself, for all of its options.
pub(super) fn alone(mention: &Profile, knows_head: bool, rows: &mut Vec<u16>) {
    let manner = mention.manner as usize;
    rows.add(&MANNER, manner);
    rows.add(&MANNER_ROLE, manner * ROLES + mention.role as usize);
    rows.add(&MANNER_CLASS, manner * CLASSES + mention.class as usize);
    rows.add(&MANNER_NUMBER, manner * 4 + usize::from(mention.number));
    let modifiers = mention.n_modifiers.min(3) * 2 + usize::from(mention.is_postmodified);
    rows.add(&MANNER_MODIFIERS, manner * 8 + modifiers);
    rows.add(&MANNER_KNOWN_HEAD, manner * 2 + usize::from(knows_head));
    let place = steps(mention.sentence as usize, &[1, 2, 4, 10]);
    let quoted = usize::from(mention.quotation.is_some());
    rows.add(&MANNER_PLACE, manner * 10 + place * 2 + quoted);
    if !mention.manner.is_pronoun() {
        rows.add(
            &HEAD,
            usize::try_from(mention.head % N_HEADS as u64).expect("there are few buckets"),
        );
    }
}

/// How the mention goes with an entity, `rank` others having been mentioned since.
pub(super) fn together(mention: &Profile, entry: &Entry<'_>, rank: usize, rows: &mut Vec<u16>) {
    let (manner, last) = (mention.manner as usize, entry.last);
    let entity = entry.entity;
    let sentences = steps((mention.sentence - last.sentence) as usize, &[1, 2, 3, 5, 9, 17, 33]);
    let matched = entry.matched as usize;
    let known = usize::from(entity.group.is_some());
    rows.add(&OLD, 0);
    rows.add(&PAIR_MANNERS, manner * MANNERS + last.manner as usize);
    rows.add(&MANNER_SENTENCES, manner * 8 + sentences);
    rows.add(&MANNER_RANK, manner * 8 + steps(rank, &[1, 2, 3, 4, 6, 10, 20]));
    rows.add(&MANNER_MATCH, manner * N_MATCHES + matched);
    rows.add(&MATCH_SENTENCES, (matched * 8 + sentences) * 2 + known);
    let size = steps(entity.mentions.len(), &[2, 3, 5, 10]);
    rows.add(&MANNER_SIZE, manner * 10 + size * 2 + known);
    let class = entity.class as usize;
    if mention.manner.is_pronoun() {
        rows.add(&PRONOUN_CLASS, (manner * CLASSES + class) * 2 + known);
        let sex = usize::from(entity.sex.0) * 4 + usize::from(entity.number);
        rows.add(&PRONOUN_SEX, manner * 32 + sex);
    } else {
        rows.add(&CLASS_PAIR, mention.class as usize * CLASSES + class);
    }
    let sexes_fit = usize::from(!mention.sex.and(entity.sex).is_empty());
    let numbers_fit = usize::from(mention.number & entity.number != 0);
    let same_sentence = usize::from(mention.sentence == last.sentence);
    let agreement = sexes_fit * 4 + numbers_fit * 2 + same_sentence;
    rows.add(&MANNER_AGREEMENT, manner * 8 + agreement);
    let roles = mention.role as usize * ROLES + last.role as usize;
    rows.add(&ROLE_PAIR, roles * 2 + same_sentence);
    rows.add(&MANNER_RELATION, manner * N_RELATIONS + entry.relation as usize);
    let blocks = ((mention.block - last.block) as usize).min(2);
    let same_manner = usize::from(mention.manner == last.manner);
    rows.add(&MANNER_BLOCK, (manner * 3 + blocks) * 2 + same_manner);
    rows.add(&MANNER_QUOTATION, manner * 5 + quotations(mention, last));
    let closest = usize::from(entry.is_closest_fitting) * 2 + usize::from(entry.is_subject);
    rows.add(&CLOSEST, manner * 4 + closest);
    let sources = usize::from(mention.is_source) * 2 + usize::from(last.is_source);
    rows.add(&SOURCES, manner * 4 + sources);
    rows.add(&SPEAKER, manner * 2 + usize::from(entry.is_speaker));
    if let Some(country) = mention.country {
        rows.add(&COUNTRY, usize::from(entity.heads.contains(&country)));
    }
}

/// How the quotations around two mentions go together.
fn quotations(mention: &Profile, last: &Profile) -> usize {
    match (mention.quotation, last.quotation) {
        (None, None) => 0,
        (Some(one), Some(other)) if one == other => 1,
        (Some(_), Some(_)) => 2,
        (Some(_), None) => 3,
        (None, Some(_)) => 4,
    }
}

/// How many of the bounds a number reaches.
fn steps(number: usize, bounds: &[usize]) -> usize {
    bounds.iter().take_while(|&&bound| number >= bound).count()
}

const _: () = assert!(Match::COUNT == N_MATCHES);
