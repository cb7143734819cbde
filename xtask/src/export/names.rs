//! Named entities of the corpora, brought to the five kinds of Record v1.

use std::collections::BTreeMap;

use sayso_analysis::{EntityKind, Name};
use sayso_text::{Document, Span, TokenRange};

/// A name by its bytes in a text.
pub(crate) type SpannedName = (Span, EntityKind);

/// Sentences of tokens with IOB2 tags: `token TAG` lines, or CoNLL-U-like `number token TAG` lines
/// with comments, whose `# sent_id` is kept.
pub(crate) struct TaggedSentence {
    pub(crate) id: String,
    pub(crate) tokens: Vec<String>,
    pub(crate) tags: Vec<String>,
}

pub(crate) fn tagged_sentences(text: &str) -> Vec<TaggedSentence> {
    let mut found = Vec::new();
    for block in text.split("\n\n") {
        let mut sentence =
            TaggedSentence { id: String::new(), tokens: Vec::new(), tags: Vec::new() };
        for line in block.lines() {
            if let Some(comment) = line.strip_prefix("# ") {
                if let Some(id) = comment.strip_prefix("sent_id = ") {
                    id.trim().clone_into(&mut sentence.id);
                }
                continue;
            }
            let fields: Vec<&str> =
                line.split(['\t', ' ']).filter(|field| !field.is_empty()).collect();
            let (token, tag) = match fields[..] {
                [token, tag] => (token, tag),
                [number, token, tag, ..] if number.bytes().all(|b| b.is_ascii_digit()) => {
                    (token, tag)
                }
                _ => continue,
            };
            sentence.tokens.push(token.to_owned());
            sentence.tags.push(tag.to_owned());
        }
        if !sentence.tokens.is_empty() {
            found.push(sentence);
        }
    }
    found
}

/// The names of IOB2 tags, as token ranges with the corpus's label.
pub(crate) fn ranges_of(tags: &[String]) -> Vec<(usize, usize, String)> {
    let mut found: Vec<(usize, usize, String)> = Vec::new();
    for (at, tag) in tags.iter().enumerate() {
        let Some((mark, label)) = tag.split_once('-').filter(|_| tag != "-") else { continue };
        match found.last_mut() {
            Some(last) if mark == "I" && last.1 == at && last.2 == label => last.1 = at + 1,
            _ => found.push((at, at + 1, label.to_owned())),
        }
    }
    found
}

/// The kind of a label of UNER or CrossNER; `None` for what is no person, organization or place.
pub(crate) fn kind_of(label: &str) -> Option<EntityKind> {
    Some(match label {
        "PER" | "PERSON" | "politician" | "person" => EntityKind::Person,
        "ORG" | "ORGANIZATION" | "politicalparty" | "organisation" => EntityKind::Organization,
        "LOC" | "LOCATION" | "country" | "location" => EntityKind::Place,
        _ => return None,
    })
}

/// The tokens of a document that each span touches; spans that share a token with one before, or
/// touch none, are left out.
pub(crate) fn on_tokens(document: &Document, names: &[SpannedName]) -> Vec<Name> {
    let mut found: Vec<Name> = Vec::new();
    for &(span, kind) in names {
        let start = document.tokens.partition_point(|token| token.span.end() <= span.start());
        let end = document.tokens.partition_point(|token| token.span.start() < span.end());
        let free = found.last().is_none_or(|last| last.tokens.end as usize <= start);
        if start < end && free {
            let tokens = TokenRange::new(start, end);
            found.push(Name { tokens, kind, probability: 1.0 });
        }
    }
    found
}

/// A word of GUM with what its names are read from.
pub(crate) struct GumWord<'a> {
    pub(crate) upos: &'a str,
    pub(crate) xpos: &'a str,
    pub(crate) deprel: &'a str,
    /// The head's place in the sentence, from 0; `None` for the root.
    pub(crate) head: Option<usize>,
    pub(crate) misc: &'a str,
}

/// A mention of GUM: its words, counted in the sentence; its group in the document; its type.
#[derive(Clone, Debug)]
pub(crate) struct GumMention {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) group: String,
    pub(crate) etype: String,
}

/// The names among GUM's mentions in one sentence, as ranges of its words.
///
/// A mention is a name when its head is a proper noun; it is cut to the run of words around the
/// head that belong to the name: proper nouns and what links them (*[University of Maryland]*),
/// without titles (*President \[Reyes\]*), as UNER has it.
pub(crate) fn gum_names(words: &[GumWord<'_>]) -> Vec<(usize, usize, EntityKind)> {
    let mut names = BTreeMap::new();
    for GumMention { start, end, etype, .. } in mentions(words.iter().map(|word| word.misc)) {
        let Some(head) = (start..end)
            .find(|&at| words[at].head.is_none_or(|head| !(start..end).contains(&head)))
        else {
            continue;
        };
        if words[head].upos != "PROPN" {
            continue;
        }
        let Some((first, last)) = name_range(words, head, start, end) else { continue };
        let kind = match etype.as_str() {
            "person" => EntityKind::Person,
            "place" => EntityKind::Place,
            "organization" => EntityKind::Organization,
            // GUM's events, objects and abstractions with a proper-noun head are other names only in
            // part, so they are left open, as groups are.
            _ => continue,
        };
        names.entry(first).or_insert((last, kind));
    }
    let mut kept: Vec<(usize, usize, EntityKind)> = Vec::new();
    for (first, (last, kind)) in names {
        match kept.last_mut() {
            Some(before) if first < before.1 => {
                if last > before.1 && first == before.0 {
                    *before = (first, last, kind);
                }
            }
            _ => kept.push((first, last, kind)),
        }
    }
    kept
}

/// The words of the name around `head`, inside the mention `start..end`.
fn name_range(
    words: &[GumWord<'_>],
    head: usize,
    start: usize,
    end: usize,
) -> Option<(usize, usize)> {
    let proper = |at: usize| words[at].upos == "PROPN";
    let mut first = head;
    let title = |at: usize| words[at].deprel == "nmod:desc";
    while first > start
        && !title(first - 1)
        && (proper(first - 1) || inner_of_name(words, first - 1, start))
    {
        first -= 1;
    }
    while !proper(first) && first < head {
        first += 1;
    }
    let mut last = head + 1;
    while last < end && (proper(last) || links(words, last, end)) {
        last += 1;
    }
    (last - first <= 12).then_some((first, last))
}

/// A word before the head that may stand inside a name: a hyphen, *'s*, an initial's stop, a
/// modifier between proper nouns.
fn inner_of_name(words: &[GumWord<'_>], at: usize, start: usize) -> bool {
    at > start
        && words[at - 1].upos == "PROPN"
        && (words[at].xpos == "HYPH" || words[at].xpos == "POS" || words[at].deprel == "compound")
}

/// A word after the head that links to a further proper noun of the same name: *of*, *the*, *and*,
/// a hyphen.
fn links(words: &[GumWord<'_>], at: usize, end: usize) -> bool {
    let word = &words[at];
    let linking = word.xpos == "HYPH" || (word.xpos == "IN" && word.deprel == "case");
    linking
        && at + 1 < end
        && (words[at + 1].upos == "PROPN"
            || (words[at + 1].upos == "DET" && at + 2 < end && words[at + 2].upos == "PROPN"))
        || (word.upos == "DET"
            && at + 1 < end
            && words[at + 1].upos == "PROPN"
            && words[at - 1].xpos == "IN")
}

/// All mentions of one sentence, by first word, a longer one first; of its words' MISC cells.
pub(crate) fn mentions<'a>(cells: impl Iterator<Item = &'a str>) -> Vec<GumMention> {
    let mut open: Vec<GumMention> = Vec::new();
    let mut found = Vec::new();
    for (at, cell) in cells.enumerate() {
        let Some(cell) = cell.split('|').find_map(|attribute| attribute.strip_prefix("Entity="))
        else {
            continue;
        };
        let mut rest = cell;
        while !rest.is_empty() {
            if let Some(inner) = rest.strip_prefix('(') {
                let length = inner.find(['(', ')']).unwrap_or(inner.len());
                let (fields, after) = inner.split_at(length);
                let mut fields = fields.split('-');
                let group = fields.next().unwrap_or_default().to_owned();
                let etype = fields.next().unwrap_or_default().to_owned();
                let mention = GumMention { start: at, end: at + 1, group, etype };
                rest = after;
                if let Some(after) = rest.strip_prefix(')') {
                    found.push(mention);
                    rest = after;
                } else {
                    open.push(mention);
                }
            } else {
                let length = rest.find(')').unwrap_or(rest.len() - 1);
                let group = rest.get(..length).unwrap_or_default();
                if let Some(place) = open.iter().rposition(|mention| mention.group == group) {
                    found.push(GumMention { end: at + 1, ..open.remove(place) });
                }
                rest = rest.get(length + 1..).unwrap_or_default();
            }
        }
    }
    // A longer mention comes first, so that the outermost name wins.
    found.sort_by_key(|mention| (mention.start, usize::MAX - mention.end));
    found
}

/// The kind of a name of CrossNER that is no person, organization or place.
///
/// CrossNER has no tags to tell groups by; of its `misc` names the one-word ones are nationalities
/// and followers (*\[British\]*, *\[Bolsheviks\]*), the longer ones works, laws and wars.
pub(crate) fn other_kind_by_spelling(label: &str, n_tokens: usize) -> EntityKind {
    if label == "misc" && n_tokens == 1 { EntityKind::Group } else { EntityKind::Other }
}
