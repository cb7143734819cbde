//! What the list says of the word that governs an anchor.

use super::context::Context;
use super::lexicon::{Entry, LEXICON};
use super::syntax::{
    dependent, frames, is_first_person, is_past, marker, pos, subject, with_particle,
};
use super::value::Signature;
use crate::text::Text;

/// The governor's entry for how `token` stands to it.
pub(super) fn governed(text: &Text<'_>, token: usize, governor: usize) -> Option<Context> {
    let frames = frames(text, token, governor);
    if frames.is_empty() {
        return None;
    }
    let frames: Vec<&str> = frames.iter().map(String::as_str).collect();
    // *They got ta leave.*
    if text.dependents(token).any(|it| text.lower(it) == "ta") {
        return Some(Context::new(governor, "it has to be", Signature::OPEN));
    }
    // *They are going to leave.*
    if frames.contains(&"to") && text.lower(governor) == "going" {
        return Some(Context::new(governor, "it will be", Signature::SAME));
    }
    // *They have yet to leave.*
    let yet = |it: usize| text.lower(it) == "yet" && text.lower(it + 1) == "to";
    if frames.contains(&"to") && text.dependents(governor).any(yet) {
        return Some(Context::new(governor, "not done", Signature::NOT_IF_SO));
    }
    // *They were too weak to leave.*
    let too = |it: usize| text.lower(it) == "too" && it < governor;
    if frames.contains(&"to")
        && matches!(pos(text, governor), 'a' | 'r')
        && text.dependents(governor).any(too)
    {
        return Some(Context::new(governor, "not done", Signature::NOT_IF_SO));
    }
    // *They called \[off\] the strike*, where the tree has a preposition for the particle.
    let apart = (text.relation(token) == "obl").then(|| marker(text, token)).flatten();
    let apart = apart.filter(|(word, _)| *word == governor + 1);
    let apart = apart.and_then(|(_, word)| {
        LEXICON.find(pos(text, governor), &format!("{}+{word}", text.lemma(governor)), &["n"])
    });
    let said = is_saying(text, token).then(|| entry(text, governor, &["said"])).flatten();
    let entry = said.or(apart).or_else(|| entry(text, governor, &frames))?;
    let context = Context::of_entry(governor, entry);
    // *It is doubtful that …*
    let impersonal = pos(text, governor) == 'a'
        && subject(text, governor)
            .is_none_or(|it| matches!(text.lower(it).as_str(), "it" | "that"));
    // *There is no doubt that they left.*
    let told_there = || dependent(text, text.head(governor)?, &["expl"]);
    let there = entry.rule == "a doubt" && pos(text, governor) == 'n' && told_there().is_some();
    if entry.voice.is_some() && (there || impersonal || is_first_person(text, governor)) {
        return Some(context.of_oneself());
    }
    // *They were able to leave*, and so they did.
    if text.lower(governor) == "able" && is_past(text, governor) {
        return Some(Context::new(governor, entry.rule, Signature::SAME));
    }
    // *They had to leave*, and so they did.
    if text.lower(governor) == "had" && frames.contains(&"to") {
        return Some(Context::new(governor, "caused", Signature::IF_SO));
    }
    if is_turned_down(entry.rule) && is_saying(text, token) {
        return Some(of_what_is_turned_down(governor));
    }
    if entry.voice.is_some()
        && let Some(wrong) = wrongly(text, text.dependents(governor))
    {
        return Some(wrong);
    }
    let personal = pos(text, governor) == 'a'
        && frames.contains(&"that")
        && text.relation(token) != "csubj"
        && matches!(entry.rule, "proof" | "a chance")
        && subject(text, governor).is_some_and(|it| {
            text.relation(it) == "nsubj"
                && !matches!(text.lower(it).as_str(), "it" | "that" | "this" | "what")
        });
    // *He is certain that …*, but *it is certain that …*.
    if personal && !is_first_person(text, governor) {
        Some(context.ascribed())
    } else {
        Some(context)
    }
}

/// What makes what is said a falsehood: *\[falsely\] claimed that …*
pub(super) fn wrongly(text: &Text<'_>, words: impl IntoIterator<Item = usize>) -> Option<Context> {
    words.into_iter().find_map(|it| {
        let entry = LEXICON.find('r', &text.lower(it), &["said"])?;
        Some(Context::of_entry(it, Entry { voice: Some(Signature::IF_SO), ..entry }))
    })
}

/// Whether a verb denies or stops what it governs: *deny*, *reject*, *prevent*.
pub(super) fn is_turned_down(rule: &str) -> bool {
    matches!(rule, "a denial" | "not done" | "hindered")
}

/// Whether a noun tells of what somebody says or thinks: *claims*.
fn is_saying(text: &Text<'_>, token: usize) -> bool {
    let said = |entry: Entry| matches!(entry.rule, "what is said" | "a supposition" | "a fear");
    pos(text, token) == 'n' && entry(text, token, &["that"]).is_some_and(said)
}

/// *She rejected claims that they \[left\]*: by her word they did not.
fn of_what_is_turned_down(governor: usize) -> Context {
    let voice = Some(Signature::NOT_IF_SO);
    let entry = Entry { rule: "a denial", outer: Signature::OPEN, voice };
    Context::of_entry(governor, entry)
}

/// The denial of the words that a noun tells of, if something turns them down: *\[dismissed\] claims
/// that …*, *the claim that … is \[untrue\]*.
pub(super) fn turned_down(text: &Text<'_>, noun: usize) -> Option<Context> {
    let verb = text.head(noun).filter(|_| is_saying(text, noun))?;
    governed(text, noun, verb).filter(|it| matches!(it.rule, "a denial" | "falsehood" | "truth"))
}

/// A word's entry for some frames, with its particle before without.
pub(super) fn entry(text: &Text<'_>, word: usize, frames: &[&str]) -> Option<Entry> {
    let pos = pos(text, word);
    let find = |lemma: &str| LEXICON.find(pos, lemma, frames);
    // *Carried out*, which *carried* tells nothing of.
    if let Some((both, sure)) = with_particle(text, word) {
        let found = find(&both);
        if found.is_some() || sure {
            return found;
        }
    }
    let under = |pos: char, lemma: &str| LEXICON.find(pos, lemma, frames);
    let lemma = text.lemma(word);
    find(&lemma).or_else(|| {
        let lower = text.lower(word);
        // Participles and gerunds are tagged now as one, now as the other.
        find(&lower).or_else(|| match pos {
            'a' => under('v', &lemma),
            'v' => under('a', &lower),
            _ => None,
        })
    })
}
