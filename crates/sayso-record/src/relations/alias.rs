//! Other names: *Mara Salvatrucha (MS-13)*, *also known as*, *dubbed*.

use sayso_text::TokenRange;

use super::who::Who;
use super::{Found, Rule, joined};
use crate::RelationKind;
use crate::entities::sector;
use crate::lexicon::WordClass;

const BRACKETS: Rule = Rule { name: "an abbreviation in brackets behind the name", share: 0.95 };
const NAMED: Rule = Rule { name: "words that give another name", share: 0.8 };

/// Tokens between the brackets of an abbreviation.
const MAX_SHORT: usize = 4;

pub(super) fn aliases(who: &Who<'_, '_>, found: &mut Vec<Found>) {
    brackets(who, found);
    for token in 0..who.text.analysis.words.len() {
        named(who, token, found);
    }
}

/// *National Institute of Statistics (\[NIS\])*, *Blue River Men (\[BR-7\])*; not *Ana Reyes (\[Leeds\])*.
fn brackets(who: &Who<'_, '_>, found: &mut Vec<Found>) {
    let text = who.text;
    for name in &text.analysis.names {
        let open = name.tokens.range().end;
        if text.form(open) != "(" {
            continue;
        }
        let close = (open + 2..=open + 1 + MAX_SHORT).find(|&at| text.form(at) == ")");
        let (Some(close), Some(subject)) = (close, who.of(name.tokens)) else { continue };
        let short = TokenRange::new(open + 1, close);
        if !abbreviates(&text.spelled(short), &text.spelled(name.tokens)) {
            continue;
        }
        found.push(Found {
            kind: RelationKind::Alias,
            subject,
            object: None,
            value: Some(text.spelled(short)),
            by: None,
            words: vec![name.tokens, short],
            anchor: short,
            token: open + 1,
            rule: BRACKETS,
        });
    }
}

/// Whether the capitals of `short`, two at least, begin words of `name` in its order.
fn abbreviates(short: &str, name: &str) -> bool {
    let capitals: Vec<char> = short.chars().filter(|c| c.is_uppercase()).collect();
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut initials = words.filter_map(|word| word.chars().next()).flat_map(char::to_uppercase);
    capitals.len() >= 2
        && !short.contains(' ')
        && capitals.iter().all(|c| initials.any(|it| it == *c))
}

/// *a gang \[known as\] the Night Crew*, *the plan was \[dubbed\] Bright Day*; the other name is a name or
/// stands in quotation marks: not *\[known as\] a hard worker*.
fn named(who: &Who<'_, '_>, verb: usize, found: &mut Vec<Found>) {
    let text = who.text;
    let lemma = text.lemma(verb);
    let is_known = lemma == "know";
    if !is_known && !text.is(WordClass::Naming, verb) || text.upos(verb) != "VERB" {
        return;
    }
    let mut dependents = text.dependents(verb);
    let value = dependents.find(|&it| match text.relation(it) {
        "obl" | "advcl" => it > verb && sector::case_of(text, it, &["as"]),
        "obj" | "xcomp" => !is_known && it > verb,
        _ => false,
    });
    let next = text.lower(verb + 1) == "as";
    let value = value.filter(|&it| is_name_like(who, it) && (next || !is_known));
    let Some(value) = value else { return };
    // *who \[calls\] it Bright Day* tells nothing of the caller.
    if text.dependents(verb).any(|it| text.full_relation(it) == "nsubj") {
        return;
    }
    let subject = text.dependents(verb).find(|&it| text.full_relation(it) == "nsubj:pass");
    let above = || text.head(verb).filter(|_| text.relation(verb) == "acl");
    let Some(noun) = subject.or_else(above) else { return };
    let noun = match text.upos(noun) {
        "PRON" if text.full_relation(verb) == "acl:relcl" => text.head(verb).unwrap_or(noun),
        _ => noun,
    };
    let name = text.name_at(value).map_or_else(|| who.words(value), |it| it.tokens);
    // What *it* stands for is too often a wrong guess.
    if matches!(text.lower(noun).as_str(), "it" | "this" | "that" | "they" | "them") {
        return;
    }
    let Some(subject) = who.of_noun(noun) else { return };
    // *the gang \[called the Night Crew\]* may be an entity by these very words.
    if text.entities[subject].name.contains(&text.spelled(name)) {
        return;
    }
    let cue = TokenRange::new(verb, verb + 1);
    found.push(Found {
        kind: RelationKind::Alias,
        subject,
        object: None,
        value: Some(text.spelled(name)),
        by: None,
        words: joined(vec![cue, name]),
        anchor: name,
        token: verb,
        rule: NAMED,
    });
}

fn is_name_like(who: &Who<'_, '_>, token: usize) -> bool {
    let text = who.text;
    let before = who.words(token).range().start.checked_sub(1);
    let quoted = before.is_some_and(|at| matches!(text.form(at), "“" | "\"" | "‘" | "``"));
    // *a second \[Reyes\]* is a comparison.
    let indefinite = text.dependents(token).any(|it| matches!(text.lower(it).as_str(), "a" | "an"));
    (text.name_at(token).is_some() || text.upos(token) == "PROPN" || quoted) && !indefinite
}

#[cfg(test)]
mod tests {
    use super::abbreviates;

    #[test]
    fn an_abbreviation_has_the_first_letters() {
        assert!(abbreviates("NIS", "National Institute of Statistics"));
        assert!(abbreviates("BR-7", "Blue River Men"));
        assert!(!abbreviates("Leeds", "Ana Reyes"));
        assert!(!abbreviates("R", "Rosa"), "one letter is too little");
        assert!(!abbreviates("SN", "National Statistics"), "not in this order");
    }
}
