//! Headlines and captions, which drop the verb or put it last.

use sayso_text::{BlockKind, TokenRange};

use super::super::row::Row;
use super::super::score::HEADLINE;
use super::Extractor;
use super::clause::{quoted, words};
use crate::Act;
use crate::lexicon::{Class, LEXICON, WordClass};
use crate::text::Text;

/// A source in a headline is not longer than this, in tokens.
const MAX_SOURCE: usize = 8;

/// Takes *\[Reyes\]: \[‘No deal’\]*, *\[Minister\] on strike: \[“We will wait”\]*, *\[‘No deal,’\] says
/// \[minister\]* and *\[Court\] says \[bridge must close\]* in titles, headings and captions.
///
/// Before a colon stands the source, what it speaks about and to whom left out. Without quotation marks behind
/// the colon it has to be a name of a person or an organization, or a body that speaks (*Police: …*). Left alone are the labels of a
/// paper's sections (*Analysis: …*, *Live: …*, *Update 3: …*), numbers and times (*10:30*).
#[derive(Debug)]
pub(super) struct Headline;

impl Extractor for Headline {
    fn name(&self) -> &'static str {
        "headline"
    }

    fn extract(&self, text: &Text<'_>, rows: &mut Vec<Row>) {
        for (block, tokens) in text.blocks() {
            if matches!(block.kind, BlockKind::Title | BlockKind::Heading | BlockKind::Caption) {
                let found = colon(text, tokens)
                    .or_else(|| says(text, tokens))
                    .or_else(|| say(text, tokens))
                    .or_else(|| clause(text, tokens));
                rows.extend(found.map(|(source, cue, content)| Row {
                    source: Some(source),
                    ..Row::of_rule(self.name(), HEADLINE, cue, vec![content])
                }));
            }
        }
    }
}

type Parts = (TokenRange, TokenRange, TokenRange);

/// *\[Reyes\]\[:\] \[‘No deal’\]*
fn colon(text: &Text<'_>, block: TokenRange) -> Option<Parts> {
    let range = block.range();
    let mark = range.clone().take(MAX_SOURCE + 1).find(|&token| text.form(token) == ":")?;
    let rest = TokenRange::new(mark + 1, range.end);
    let before = TokenRange::new(range.start, mark);
    if before.is_empty() || rest.is_empty() || is_label(text, before) {
        return None;
    }
    let source = speaker(text, before)?;
    let named = text.names_in(source).any(|name| {
        use sayso_analysis::EntityKind::{Organization, Person};
        matches!(name.kind, Person | Organization) && name.tokens.end == source.end
    });
    let speaks = source
        .range()
        .next_back()
        .is_some_and(|last| text.is(WordClass::Body, last) || is_document(text, last));
    let quoted = text.quotations_in(TokenRange { end: rest.start + 1, ..rest }).first();
    (named || speaks || quoted.is_some()).then(|| (source, TokenRange::new(mark, mark + 1), rest))
}

/// Whether a word as it is spelled is a thing that speaks: *Report: …*, but not *Reviewed: …*
fn is_document(text: &Text<'_>, word: usize) -> bool {
    LEXICON.is(WordClass::Document, &text.lower(word))
}

/// The words before the first preposition: *\[Minister\] on strike*; none if the first word of them
/// cannot be somebody's.
fn speaker(text: &Text<'_>, before: TokenRange) -> Option<TokenRange> {
    let range = before.range();
    let preposition = |&token: &usize| {
        token > range.start
            && text.upos(token) == "ADP"
            && matches!(
                text.lower(token).as_str(),
                "on" | "after" | "about" | "as" | "over" | "amid" | "to"
            )
    };
    let end = range.clone().find(preposition).unwrap_or(range.end);
    let words = || (range.start..end).filter(|&token| text.is_word(token));
    // *Report: …*, by itself, looks like a verb.
    let verb = |token: usize| matches!(text.upos(token), "VERB" | "AUX" | "SCONJ");
    let verbal = words().count() > 1 && words().any(verb)
        || words().any(|token| verb(token) && !is_document(text, token));
    let lettered = words().any(|token| text.form(token).contains(char::is_alphabetic));
    (lettered && !verbal && end > range.start).then(|| TokenRange::new(range.start, end))
}

/// Whether words before a colon name a part of the paper, a kind of text or a number, and nobody:
/// *Analysis*, *Update 3*, *10*.
pub(super) fn is_label(text: &Text<'_>, label: TokenRange) -> bool {
    let mut words = label.range().filter(|&token| text.is_word(token));
    let last_is_number = label
        .range()
        .next_back()
        .is_some_and(|token| text.form(token).ends_with(|c: char| c.is_ascii_digit()));
    last_is_number
        || words.next().is_some_and(|first| {
            let plain = LEXICON.is(WordClass::Label, &text.lower(first));
            plain && !text.names_in(label).any(|name| name.tokens == label)
        })
}

/// *\[‘No deal,’\] \[says\] \[minister\]*
fn says(text: &Text<'_>, block: TokenRange) -> Option<Parts> {
    let range = block.range();
    let from = range.end.saturating_sub(MAX_SOURCE + 2).max(range.start + 1);
    let verb = (from..range.end.saturating_sub(1)).find(|&token| {
        let before = text.form(token - 1);
        let parted = before == "," || before.ends_with(['’', '\'', '”', '"']);
        let says = LEXICON.act('v', &text.lemma(token), |_| false);
        parted
            && text.upos(token) == "VERB"
            && says.is_some_and(|it| matches!(it.class, Class::Act(act) if act != Act::Other))
    })?;
    let mut end = verb;
    while end > range.start && text.form(end - 1) == "," {
        end -= 1;
    }
    let source = speaker(text, TokenRange::new(verb + 1, range.end))?;
    let last = source.range().rev().find(|&token| text.is_word(token))?;
    let source = TokenRange::new(source.range().start, last + 1);
    // *Lund denies it, [calls] [the report] a lie*: what follows is no subject.
    let is_subject = text
        .dependents(verb)
        .any(|it| text.relation(it) == "nsubj" && source.range().contains(&it));
    let first = TokenRange::new(range.start, range.start + 1);
    let quoted = !text.quotations_in(first).is_empty();
    let whole = text.quotations_in(source).is_empty()
        && !source.range().any(|it| text.form(it).contains(['"', '“', '”']));
    (end > range.start && whole && (is_subject || quoted))
        .then(|| (source, TokenRange::new(verb, verb + 1), TokenRange::new(range.start, end)))
}

/// *\[Bridge unsafe\], \[sources\] \[say\]*
fn say(text: &Text<'_>, block: TokenRange) -> Option<Parts> {
    let range = block.range();
    let verb = range.clone().rev().find(|&token| text.is_word(token))?;
    let entry = LEXICON.act('v', &text.lemma(verb), |_| false)?;
    let tells = matches!(entry.class, Class::Act(act) if act != Act::Other);
    let comma = (range.start..verb).rev().take(MAX_SOURCE).find(|&it| text.form(it) == ",")?;
    let source = speaker(text, TokenRange::new(comma + 1, verb))?;
    let whole = source.range().end == verb && comma > range.start + 1;
    let is_subject = text
        .dependents(verb)
        .any(|it| text.relation(it) == "nsubj" && source.range().contains(&it));
    let last = verb - 1;
    let speaks =
        text.is(WordClass::Body, last) || text.names_in(source).any(|it| it.tokens == source);
    (tells && whole && (is_subject || speaks))
        .then(|| (source, TokenRange::new(verb, verb + 1), TokenRange::new(range.start, comma)))
}

/// *\[Court\] \[says\] \[bridge must close\]*, *\[Reyes\] \[denies\] \[knowing of cracks\]*
fn clause(text: &Text<'_>, block: TokenRange) -> Option<Parts> {
    let range = block.range();
    let verb = range.clone().take(MAX_SOURCE + 1).find(|&it| text.upos(it) == "VERB")?;
    let entry = LEXICON.act('v', &text.lemma(verb), |_| false)?;
    let says = matches!(entry.class, Class::Act(Act::Say | Act::Claim | Act::Confirm));
    let denies = entry.class == Class::Act(Act::Deny);
    let below = |relations: &'static [&'static str]| {
        text.dependents(verb).find(move |&it| it > verb && relations.contains(&text.relation(it)))
    };
    let clause = below(&["ccomp"]).or_else(|| below(&["obj", "xcomp"]).filter(|_| denies))?;
    let source = speaker(text, TokenRange::new(range.start, verb))?;
    let subject = text.dependents(verb).find(|&it| text.full_relation(it) == "nsubj")?;
    let whole = source.range().end == verb && source.range().contains(&subject);
    let content = quoted(text, words(text, &text.phrase(clause, |it| it <= verb))?);
    ((says || denies) && whole && text.upos(subject) != "PRON")
        .then(|| (source, TokenRange::new(verb, verb + 1), content))
}
