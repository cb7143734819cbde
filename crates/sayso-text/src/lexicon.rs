//! Word lists of the tokenizer, read from `data/`.

use std::sync::LazyLock;

/// When the full stop after an abbreviation belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// Whatever follows: *[Mr.] Ortiz*.
    Always,
    /// Unless a sentence seems to end: *oil, gas, [etc.] and*.
    Inside,
    /// Before a capital, a digit or a comma: *[Oct.] 5*.
    Name,
    /// Before a digit: *[No.] 5*.
    Number,
}

/// Bytes of the longest entry in any list; longer words are in none.
const LONGEST: usize = 16;

/// The lists, parsed once.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// Invariant: sorted by packed spelling. Then the lengths of the parts but the last.
    contractions: Vec<(u64, [u8; 2])>,
    /// A bit for each hash of a contraction, so that most words are turned away at once.
    filter: [u64; 16],
    prefixes: Vec<&'static str>,
    domains: Vec<&'static str>,
    emoticons: Vec<&'static str>,
    abbreviations: Vec<(&'static str, Stop)>,
}

/// The lists.
pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

fn entries(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn sorted(file: &'static str) -> Vec<&'static str> {
    let mut words: Vec<_> = entries(file).collect();
    words.sort_unstable();
    words
}

/// The lower-cased letters of a word of at most 8 bytes in one number.
fn pack(word: &[u8]) -> u64 {
    word.iter().fold(0, |packed, byte| packed << 8 | u64::from(byte | 0x20))
}

fn slot(packed: u64) -> (usize, u64) {
    let hash = packed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 54;
    ((hash / 64) as usize, 1 << (hash % 64))
}

impl Lexicon {
    fn load() -> Self {
        let mut contractions = Vec::new();
        let mut filter = [0; 16];
        for line in entries(include_str!("../data/contractions.txt")) {
            let mut cuts = [0; 2];
            let parts: Vec<_> = line.split('+').collect();
            for (cut, part) in cuts.iter_mut().zip(parts.iter().take(parts.len() - 1)) {
                *cut = u8::try_from(part.len()).expect("a contraction is short");
            }
            let packed = pack(parts.concat().as_bytes());
            let (word, bit) = slot(packed);
            filter[word] |= bit;
            contractions.push((packed, cuts));
        }
        contractions.sort_unstable();
        Self {
            contractions,
            filter,
            prefixes: sorted(include_str!("../data/prefixes.txt")),
            domains: sorted(include_str!("../data/domains.txt")),
            emoticons: emoticons(),
            abbreviations: abbreviations(),
        }
    }

    /// The lengths of a contraction's first parts, where 0 stands for no part: *do|nt* is `[2, 0]`.
    pub(crate) fn contraction(&self, word: &[u8]) -> Option<[u8; 2]> {
        if word.len() > 8 {
            return None;
        }
        let packed = pack(word);
        let (at, bit) = slot(packed);
        if self.filter[at] & bit == 0 {
            return None;
        }
        let found = self.contractions.binary_search_by_key(&packed, |entry| entry.0).ok()?;
        Some(self.contractions[found].1)
    }

    /// Whether `part` keeps the hyphen after it.
    pub(crate) fn is_prefix(&self, part: &[u8]) -> bool {
        is_in(&self.prefixes, part)
    }

    /// Whether `part` ends an internet domain or a file name.
    pub(crate) fn is_domain(&self, part: &[u8]) -> bool {
        is_in(&self.domains, part)
    }

    /// When `word` keeps the full stop after it.
    pub(crate) fn abbreviation(&self, word: &[u8]) -> Option<Stop> {
        let found =
            self.abbreviations.binary_search_by(|entry| entry.0.as_bytes().cmp(word)).ok()?;
        Some(self.abbreviations[found].1)
    }

    /// The length of the longest emoticon that `rest` begins with.
    pub(crate) fn emoticon(&self, rest: &[u8]) -> Option<usize> {
        self.emoticons.iter().find(|entry| rest.starts_with(entry.as_bytes())).map(|e| e.len())
    }
}

fn is_in(list: &[&str], part: &[u8]) -> bool {
    if part.len() > LONGEST {
        return false;
    }
    let mut lower = [0; LONGEST];
    for (to, byte) in lower.iter_mut().zip(part) {
        *to = byte.to_ascii_lowercase();
    }
    let lower = &lower[..part.len()];
    list.binary_search_by(|entry| entry.as_bytes().cmp(lower)).is_ok()
}

fn emoticons() -> Vec<&'static str> {
    let mut list: Vec<_> = entries(include_str!("../data/emoticons.txt")).collect();
    list.sort_by_key(|entry| std::cmp::Reverse(entry.len()));
    list
}

fn abbreviations() -> Vec<(&'static str, Stop)> {
    let mut list: Vec<_> = entries(include_str!("../data/abbreviations.txt"))
        .map(|line| {
            let (word, when) = line.split_once(' ').expect("an abbreviation has its condition");
            let stop = match when {
                "always" => Stop::Always,
                "inside" => Stop::Inside,
                "name" => Stop::Name,
                "number" => Stop::Number,
                _ => panic!("`{line}`: no such condition"),
            };
            (word, stop)
        })
        .collect();
    list.sort_unstable_by_key(|entry| entry.0);
    list
}
