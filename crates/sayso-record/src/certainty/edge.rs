//! What a governor makes of what hangs on it.

use super::clause::shares;
use super::context::Context;
use super::governor::{entry, governed, is_turned_down, turned_down};
use super::lexicon::LEXICON;
use super::syntax::{
    dependent, is_definite, is_gerund, is_infinitive, is_past, is_tensed, marker, pos,
};
use super::value::Signature;
use crate::text::Text;

/// The rule of what somebody answers for, which has happened whoever tells of it.
pub(super) const ANSWERED_FOR: &str = "what one answers for";

/// How the governor's own contexts bear on what hangs on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Scope {
    /// They hold it as well: *did not manage to \[leave\]*.
    #[default]
    Inside,
    /// Only those around the governor do: *did not leave because they \[slept\]*.
    Beside,
    /// Nor what makes the governor what it is: *refused to leave, \[citing\] the weather*.
    Above,
}

/// The way from a word to its head.
#[derive(Clone, Debug, Default)]
pub(super) struct Edge {
    /// The outermost first.
    pub(super) contexts: Vec<Context>,
    pub(super) scope: Scope,
}

/// The way from a word up to its head.
pub(super) fn edge(text: &Text<'_>, token: usize) -> Edge {
    let Some(head) = text.head(token) else {
        return unbound(text, token).map_or_else(Edge::default, |it| one(it, Scope::Beside));
    };
    match text.relation(token) {
        // *Was expected to resign but \[stayed\]*, which is no part of what was expected.
        "conj" if is_tensed(text, token) && is_infinitive(text, head) => {
            Edge { contexts: Vec::new(), scope: Scope::Above }
        }
        "conj" => beside_if(!shares(text, token, head)),
        "acl" if text.full_relation(token) == "acl:relcl" => relative(text, token, head),
        "ccomp" | "csubj" | "xcomp" | "acl" => clause(text, token, head),
        "advcl" => adverbial(text, token, head),
        "obj" | "nsubj" | "iobj" | "obl" | "nmod" | "compound" => noun(text, token, head),
        "aux" | "cop" | "fixed" | "flat" | "goeswith" => Edge::default(),
        _ => beside_if(true),
    }
}

/// An infinitive that hangs on nothing: *they are to \[leave\]*, *how to \[vote\]*.
fn unbound(text: &Text<'_>, token: usize) -> Option<Context> {
    // *All they want is \[leave\]*.
    let named = text.word(token).is_some_and(|word| word.xpos == "VB")
        && dependent(text, token, &["cop"]).is_some();
    (named || is_infinitive(text, token)).then(|| Context::new(token, "a purpose", Signature::OPEN))
}

fn beside_if(beside: bool) -> Edge {
    let scope = if beside { Scope::Beside } else { Scope::Inside };
    Edge { contexts: Vec::new(), scope }
}

fn one(context: Context, scope: Scope) -> Edge {
    Edge { contexts: vec![context], scope }
}

/// A clause that its governor needs.
fn clause(text: &Text<'_>, token: usize, head: usize) -> Edge {
    if let Some(denial) = turned_down(text, head) {
        return one(denial, Scope::Above);
    }
    if let Some(context) = governed(text, token, head) {
        return one(context, Scope::Inside);
    }
    let relation = text.relation(token);
    match marker(text, token) {
        Some((mark, word)) if matches!(word.as_str(), "whether" | "if") => {
            return one(Context::new(mark, "a question", Signature::OPEN), Scope::Inside);
        }
        _ => {}
    }
    if is_infinitive(text, token) {
        // *The first to leave*; *money to spend*.
        let first = text.dependents(head).chain([head]).any(|it| {
            matches!(text.lower(it).as_str(), "first" | "last" | "second" | "third" | "only")
        });
        let (rule, signature) = match (relation, first) {
            ("acl", true) => ("the first to", Signature::GIVEN),
            _ => ("a purpose", Signature::OPEN),
        };
        return one(Context::new(head, rule, signature), Scope::Inside);
    }
    // *The bomb \[planted\] there*.
    if relation == "acl" {
        return if is_definite(text, head) || !is_gerund(text, token) {
            one(Context::new(head, "taken as known", Signature::GIVEN), Scope::Beside)
        } else {
            beside_if(true)
        };
    }
    // *\[Closing\] the port would not help*.
    beside_if(relation == "csubj")
}

/// A relative clause: *the man who \[left\]*, but *nobody who \[left\]*.
fn relative(text: &Text<'_>, token: usize, head: usize) -> Edge {
    let any = |it: usize| {
        let entry = LEXICON.find('p', &text.lower(it), &["any"])?;
        Some(Context::of_entry(it, entry))
    };
    // *The likelihood that they left*, whose *that* stands for nothing.
    let whole = text.dependents(token).any(|it| text.relation(it) == "mark");
    if whole && let Some(denial) = turned_down(text, head) {
        return one(denial, Scope::Above);
    }
    if let Some(context) = governed(text, token, head).filter(|_| whole) {
        return one(context, Scope::Inside);
    }
    if let Some(context) = text.dependents(head).chain([head]).find_map(any) {
        return one(context, Scope::Beside);
    }
    if is_definite(text, head) || is_past(text, token) {
        return one(Context::new(head, "taken as known", Signature::GIVEN), Scope::Beside);
    }
    beside_if(true)
}

/// A clause at the side of another: a condition, a purpose, a circumstance.
fn adverbial(text: &Text<'_>, token: usize, head: usize) -> Edge {
    let led = marker(text, token);
    if let Some((mark, word)) = &led
        && let Some(entry) = LEXICON.find('p', word, &["clause"])
    {
        // *It rained, so that the river \[rose\]*.
        let result = entry.rule == "a purpose" && is_past(text, token);
        return if result {
            beside_if(true)
        } else {
            one(Context::of_entry(*mark, entry), Scope::Beside)
        };
    }
    if let Some(context) = governed(text, token, head) {
        return one(context, Scope::Inside);
    }
    if led.is_none() && is_infinitive(text, token) {
        return one(Context::new(token, "a purpose", Signature::OPEN), Scope::Beside);
    }
    if let Some(context) = not_yet(text, token, head, led.as_ref()) {
        return one(context, Scope::Beside);
    }
    // *They refused to go, \[citing\] the weather*, which belongs to the refusal.
    let aside = text.dependents(token).any(|it| text.form(it) == ",")
        || token > 0 && text.form(token - 1) == ",";
    if led.is_none() && aside && is_gerund(text, token) && is_infinitive(text, head) {
        return Edge { contexts: Vec::new(), scope: Scope::Above };
    }
    beside_if(true)
}

/// A time that is yet to come: *when they \[come\], she will leave*; *before they \[come\]*.
fn not_yet(
    text: &Text<'_>,
    token: usize,
    head: usize,
    led: Option<&(usize, String)>,
) -> Option<Context> {
    let find = |word: &str| LEXICON.find('p', word, &["ahead"]);
    let asked = || {
        let adverb = |&it: &usize| text.relation(it) == "advmod" && it < token;
        let mut adverbs = text.dependents(token).filter(adverb);
        adverbs.find_map(|it| Some((it, find(&text.lower(it))?)))
    };
    let (word, entry) = match led {
        Some((mark, word)) => (*mark, find(word)?),
        None => asked()?,
    };
    let tag = text.word(token).map_or("", |word| word.xpos);
    let has = |it: usize| matches!(text.lower(it).as_str(), "have" | "has");
    let present = matches!(tag, "VBZ" | "VBP") || text.dependents(token).any(has);
    // *It takes effect once they \[agree\]*.
    let before = matches!(text.lower(word).as_str(), "before" | "once" | "until")
        && matches!(tag, "VBZ" | "VBP");
    let ahead = (present || matches!(tag, "VBG" | "VB")) && is_ahead(text, head);
    (before || ahead).then(|| Context::of_entry(word, entry))
}

/// Whether a clause tells of what is yet to be: *will leave*, *leave!*, *to leave*.
fn is_ahead(text: &Text<'_>, clause: usize) -> bool {
    let modal = |it: usize| {
        let word = text.word(it);
        text.relation(it) == "aux" && word.is_some_and(|word| word.xpos == "MD")
    };
    text.dependents(clause).any(modal)
        || text.word(clause).is_some_and(|word| word.feats.contains("Mood=Imp"))
        || is_infinitive(text, clause)
}

/// A noun that takes part in something.
fn noun(text: &Text<'_>, token: usize, head: usize) -> Edge {
    if let Some(context) = in_case(text, token, head).or_else(|| answered_for(text, token)) {
        return one(context, Scope::Beside);
    }
    if let Some(context) = governed(text, token, head) {
        // *They denied the \[request\]*, which was made.
        let made = is_turned_down(context.rule)
            && pos(text, token) == 'n'
            && entry(text, token, &["to", "that"]).is_some();
        if made {
            return one(Context::new(token, "taken as known", Signature::GIVEN), Scope::Inside);
        }
        return one(context, Scope::Inside);
    }
    if let Some((mark, word)) = marker(text, token)
        && let Some(entry) = LEXICON.find('p', &word, &["noun"])
    {
        return one(Context::of_entry(mark, entry), Scope::Beside);
    }
    let verb = matches!(pos(text, head), 'v' | 'a') || dependent(text, head, &["cop"]).is_some();
    if !verb {
        // *No trace of the \[attack\]*: what does not exist is the trace.
        return beside_if(text.relation(token) == "nmod");
    }
    if is_definite(text, token) && text.relation(token) != "compound" {
        return one(Context::new(token, "taken as known", Signature::GIVEN), Scope::Inside);
    }
    // *\[Attacks\] do not last.*
    let denied = || text.dependents(head).any(|it| text.lemma(it) == "not");
    beside_if(text.relation(token) == "nsubj" && denied())
}

/// *In case of an \[attack\]*, *in the event of a \[strike\]*, but not *in the case of the \[strike\]*.
fn in_case(text: &Text<'_>, token: usize, head: usize) -> Option<Context> {
    let word = text.lower(head);
    let event = word == "event" || word == "case" && dependent(text, head, &["det"]).is_none();
    let led = |token: usize, by: &str| marker(text, token).is_some_and(|(_, word)| word == by);
    (event && led(token, "of") && led(head, "in"))
        .then(|| Context::new(head, "a condition", Signature::OPEN))
}

/// *Denied responsibility for the \[attack\]*, whatever the phrase hangs on; *blamed the rebels for
/// the \[attack\]*.
fn answered_for(text: &Text<'_>, token: usize) -> Option<Context> {
    let (case, word) = marker(text, token)?;
    let noun = case.checked_sub(1).filter(|&it| pos(text, it) == 'n' && word == "for")?;
    let answers = |pos: char, word: usize| {
        let entry = LEXICON.find(pos, &text.lemma(word), &["for"])?;
        (entry.rule == ANSWERED_FOR).then(|| Context::of_entry(word, entry))
    };
    let person = text.head(token).filter(|&it| text.relation(it) == "obj");
    answers('n', noun).or_else(|| answers('v', text.head(person?)?))
}
