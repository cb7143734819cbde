//! What a clause says of itself: its negation, its modals and adverbs, its mood.

use super::context::Context;
use super::governor::entry;
use super::lexicon::LEXICON;
use super::syntax::{
    dependent, is_first_person, is_infinitive, marker, pos, question_word, subject,
};
use super::value::Signature;
use crate::text::Text;

/// The contexts on a word itself, the outermost first; `reported` where it stands in words that
/// the article retells.
///
/// Scope follows the order of the words, but for *cannot*, which denies that it can be.
pub(super) fn contexts(text: &Text<'_>, token: usize, reported: bool) -> Vec<Context> {
    let mut found = Vec::new();
    found.extend(mood(text, token));
    found.extend(consequence(text, token));
    found.extend(going(text, token));
    found.extend(against_fact(text, token));
    let mut own = Vec::new();
    for it in text.dependents(token) {
        match text.relation(it) {
            "aux" => own.extend(modal(text, token, it, reported)),
            "advmod" | "discourse" => own.extend(adverb(text, token, it)),
            "cc" => own.extend(conjunction(text, it)),
            "parataxis" => found.extend(said_beside(text, it)),
            "det" => own.extend(determiner(text, it)),
            "amod" | "compound" => own.extend(adjective(text, it)),
            "obl" if said_by(text, it).is_some() => found.extend(said_by(text, it)),
            "nsubj" | "obj" | "obl" | "iobj" => own.extend(empty_argument(text, token, it)),
            _ => {}
        }
    }
    for at in 1..own.len() {
        if own[at].rule == NOT && is_can(text, own[at - 1].token) {
            own.swap(at - 1, at);
        }
    }
    found.extend(own);
    found
}

const NOT: &str = "not so";
const NOTHING: &str = "of nothing";

/// Questions and orders: *Did they leave?*, *Leave now.*
///
/// A question about a circumstance takes the rest as given (*Why did they leave?*).
fn mood(text: &Text<'_>, token: usize) -> Option<Context> {
    let relation = text.relation(token);
    let main = matches!(relation, "root" | "parataxis" | "conj" | "ccomp");
    if !main || !matches!(text.upos(token), "VERB" | "AUX" | "ADJ" | "NOUN") {
        return None;
    }
    if let Some(mark) = question_mark(text, token) {
        let asks = question_word(text, token).is_some();
        return (!asks).then(|| Context::new(mark, "a question", Signature::OPEN));
    }
    let base = text.word(token).is_some_and(|word| word.xpos == "VB")
        && text.dependents(token).all(|it| {
            text.relation(it) != "aux" || matches!(text.lower(it).as_str(), "do" | "let")
        })
        && !is_infinitive(text, token);
    let imperative = text.word(token).is_some_and(|word| word.feats.contains("Mood=Imp"))
        || relation == "root" && base;
    // *“\[Leave\] the village,” they said.*
    let quoted = token > 0 && matches!(text.form(token - 1), "\"" | "“" | "‘" | "«" | "``");
    let imperative = imperative || relation == "ccomp" && base && quoted;
    let imperative =
        imperative && (relation != "ccomp" || quoted) && subject(text, token).is_none();
    imperative.then(|| Context::new(token, "an order", Signature::OPEN))
}

/// The question mark of a clause, if it has one of its own or is the last of its sentence.
fn question_mark(text: &Text<'_>, token: usize) -> Option<usize> {
    let mark = |&it: &usize| text.form(it).contains('?');
    if let Some(own) = text.dependents(token).find(mark) {
        return Some(own);
    }
    if text.relation(token) != "root" {
        return None;
    }
    let sentence = text.sentence(token)?.tokens.range();
    sentence.rev().take(3).find(mark)
}

/// The main clause of a condition: *they will \[leave\] if it rains*, *had he come, she would …*
fn consequence(text: &Text<'_>, token: usize) -> Option<Context> {
    let mut clauses = text.dependents(token).filter(|&it| text.relation(it) == "advcl");
    let mark = clauses.find_map(|it| condition(text, it).or_else(|| inverted(text, it)))?;
    let lemma = text.lemma(token);
    if LEXICON
        .find(pos(text, token), &lemma, &["whether"])
        .is_some_and(|it| it.rule == "a question")
    {
        return None;
    }
    // *If he was there, he left*: what is past is said outright.
    let past = text.word(token).is_some_and(|word| word.xpos == "VBD");
    let counterfactual = counterfactual(text, token);
    (!past && !counterfactual)
        .then(|| Context::new(mark, "what a condition leads to", Signature::OPEN))
}

/// The conjunction of a condition: *\[if\] it rains*, but not *even if it rains*.
fn condition(text: &Text<'_>, clause: usize) -> Option<usize> {
    let mark = dependent(text, clause, &["mark"])?;
    let led = matches!(text.lower(mark).as_str(), "if" | "unless" | "provided" | "supposing");
    let even = mark.checked_sub(1).map(|before| text.lower(before));
    let even = even.is_some_and(|before| matches!(before.as_str(), "even" | "as"));
    (led && !even).then_some(mark)
}

/// *\[Had\] it rained, they would have stayed*: it did not rain.
fn against_fact(text: &Text<'_>, token: usize) -> Option<Context> {
    let first = inverted(text, token)?;
    Some(match text.lower(first).as_str() {
        "had" => Context::new(first, "against fact", Signature::OPPOSITE),
        _ => Context::new(first, "a condition", Signature::OPEN),
    })
}

/// The verb before the subject that makes a condition without a conjunction: *\[had\] it rained*,
/// *\[should\] it rain*, *\[were\] it to rain*; but not *Had it rained?*
fn inverted(text: &Text<'_>, clause: usize) -> Option<usize> {
    let subject = subject(text, clause);
    let first = text.dependents(clause).find(|&it| {
        matches!(text.relation(it), "aux" | "cop")
            && matches!(text.lower(it).as_str(), "had" | "should" | "were")
    })?;
    let alone = dependent(text, clause, &["mark"]).is_none()
        && question_word(text, clause).is_none()
        && question_mark(text, clause).is_none();
    // Nothing but a comma or a conjunction stands before it in its clause: not *Nor had it rained*.
    let mut before = text.dependents(clause).take_while(|&it| it < first);
    let bare = before.all(|it| matches!(text.upos(it), "PUNCT" | "CCONJ"));
    let denying = text
        .dependents(clause)
        .any(|it| it < first && matches!(text.lower(it).as_str(), "nor" | "neither"));
    let behind = text.dependents(clause).chain(text.head(clause)).any(|it| {
        it > clause
            && matches!(text.relation(it), "parataxis" | "conj" | "advcl" | "root" | "ccomp")
    });
    // *Should war break out*, whose subject the tree may miss.
    let ahead = subject.map_or(text.relation(clause) == "advcl", |it| first < it);
    (ahead && alone && bare && !denying && behind).then_some(first)
}

/// *They are \[going\] to leave.*
fn going(text: &Text<'_>, token: usize) -> Option<Context> {
    let to = |it: usize| text.relation(it) == "xcomp" && is_infinitive(text, it);
    (text.lower(token) == "going" && text.dependents(token).any(to))
        .then(|| Context::new(token, "it will be", Signature::SAME))
}

fn counterfactual(text: &Text<'_>, token: usize) -> bool {
    let mut aux = text.dependents(token).filter(|&it| text.relation(it) == "aux");
    aux.any(|it| matches!(text.lower(it).as_str(), "would" | "'d") && is_perfect(text, token, it))
}

fn is_can(text: &Text<'_>, token: usize) -> bool {
    matches!(text.lower(token).as_str(), "can" | "could" | "ca" | "need")
}

/// Whether a modal is followed by *have* before the clause's verb: *would have left*.
fn is_perfect(text: &Text<'_>, token: usize, modal: usize) -> bool {
    text.dependents(token).any(|it| {
        it > modal
            && text.relation(it) == "aux"
            && matches!(text.lower(it).as_str(), "have" | "'ve" | "’ve" | "of")
    })
}

/// What a modal verb makes of its clause.
fn modal(text: &Text<'_>, token: usize, aux: usize, reported: bool) -> Option<Context> {
    let perfect = || is_perfect(text, token, aux);
    let state = || dependent(text, token, &["cop"]).is_some();
    let context = |rule, signature| Some(Context::new(aux, rule, signature));
    match text.lower(aux).as_str() {
        // *They may have left.*
        "may" | "might" => context("possibly", Signature::POSSIBLE),
        // *They cannot leave.*
        "can" | "ca" | "could" => context("it can be", Signature::POSSIBLE),
        // *They must have left*, *it must be true*, but *they must leave*.
        "must" if perfect() || state() => context("probably", Signature::PROBABLE),
        "must" | "need" => context("it has to be", Signature::OPEN),
        // *They should have left.*
        "should" | "ought" if perfect() => context("against fact", Signature::OPPOSITE),
        "should" | "ought" => context("it should be", Signature::OPEN),
        // *They would have left.*
        "would" | "'d" | "’d" if perfect() => context("against fact", Signature::OPPOSITE),
        // *He said they would leave*, but *the law would cost a lot*.
        "would" | "'d" | "’d" if reported => context("it will be", Signature::SAME),
        "would" => context("it would be", Signature::OPEN),
        "will" | "wo" | "'ll" | "’ll" | "shall" | "sha" => context("it will be", Signature::SAME),
        _ => None,
    }
}

/// What an adverb makes of its clause: *\[probably\] left*, *\[never\] left*.
fn adverb(text: &Text<'_>, token: usize, adverb: usize) -> Option<Context> {
    let lower = text.lower(adverb);
    let entry = LEXICON
        .find('r', &lower, &["mod"])
        .or_else(|| LEXICON.find('r', &text.lemma(adverb), &["mod"]));
    if let Some(entry) = entry.filter(|it| it.rule != "almost" || adverb + 1 == token) {
        // *Not only did they leave*; *they did not leave until Monday*.
        let next = text.lower(adverb + 1);
        let only = matches!(next.as_str(), "only" | "just" | "merely" | "simply" | "least");
        let until = text.dependents(token).any(|it| {
            matches!(text.relation(it), "obl" | "advcl")
                && marker(text, it).is_some_and(|(_, word)| word == "until")
        });
        let did = || dependent(text, token, &["aux"]).is_some_and(|it| text.lower(it) == "did");
        // *Not every bridge fell*: others did.
        let part = matches!(next.as_str(), "all" | "every" | "everyone" | "everybody" | "always");
        let denied = entry.rule != NOT || !(only || part || until && did());
        return denied.then(|| Context::of_entry(adverb, entry));
    }
    // *They are \[yet\] to leave.*
    if lower == "yet" && text.lower(adverb + 1) == "to" && is_infinitive(text, token) {
        return Some(Context::new(adverb, "not done", Signature::NOT_IF_SO));
    }
    // *They no longer meet.*
    let no = |it: usize| text.lower(it) == "no";
    let longer = matches!(lower.as_str(), "longer" | "more");
    (longer && text.dependents(adverb).any(no))
        .then(|| Context::new(adverb, NOT, Signature::OPPOSITE))
}

/// *They neither came \[nor\] called*; *they stayed \[rather than\] leave*.
fn conjunction(text: &Text<'_>, cc: usize) -> Option<Context> {
    let mut words = text.lower(cc);
    for fixed in text.dependents(cc).filter(|&it| text.relation(it) == "fixed") {
        words.push('+');
        words.push_str(&text.lower(fixed));
    }
    Some(Context::of_entry(cc, LEXICON.find('p', &words, &["conj"])?))
}

/// *There was \[no\] attack.*
fn determiner(text: &Text<'_>, det: usize) -> Option<Context> {
    Some(Context::of_entry(det, LEXICON.find('p', &text.lower(det), &["det"])?))
}

/// *An \[alleged\] attack*, *a \[planned\] visit*.
fn adjective(text: &Text<'_>, word: usize) -> Option<Context> {
    let find = |form: &str| LEXICON.find('a', form, &["mod"]);
    let entry = find(&text.lower(word)).or_else(|| find(&text.lemma(word)))?;
    Some(Context::of_entry(word, entry))
}

/// An argument that nothing fills: *\[Nobody\] came*, *\[no\] troops left*, *said \[nothing\]*.
fn empty_argument(text: &Text<'_>, token: usize, argument: usize) -> Option<Context> {
    let own = LEXICON.find('p', &text.lower(argument), &["argument"]);
    let own = own.map(|entry| Context::of_entry(argument, entry));
    let det = || {
        // *\[Neither\] the mayor nor the guard came.*
        let empty = |&it: &usize| {
            text.relation(it) == "det" || text.relation(it) == "cc" && text.lower(it) == "neither"
        };
        text.dependents(argument).filter(empty).find_map(|it| determiner(text, it))
    };
    let found = own.or_else(det)?;
    // Behind the verb it leaves more of the verb: *they \[gave\] no reason*.
    Some(if argument > token {
        Context::new(found.token, NOTHING, Signature::OPPOSITE)
    } else {
        found
    })
}

/// *\[According\] to the mayor, they left.*
fn said_by(text: &Text<'_>, noun: usize) -> Option<Context> {
    let (first, words) = marker(text, noun)?;
    let word = words.split('+').next().filter(|_| words.ends_with("+to"))?;
    Some(Context::of_entry(first, LEXICON.find('p', word, &["noun"])?))
}

/// Who is said to have said a clause, beside it: *they left, \[police said\]*.
fn said_beside(text: &Text<'_>, verb: usize) -> Option<Context> {
    let alone = dependent(text, verb, &["ccomp", "xcomp", "obj"]).is_none();
    let subject = dependent(text, verb, &["nsubj"]).is_some();
    let entry = entry(text, verb, &["that"]).filter(|it| alone && subject && it.voice.is_some())?;
    let context = Context::of_entry(verb, entry);
    Some(if is_first_person(text, verb) { context.of_oneself() } else { context })
}

/// Whether a conjunct shares what stands on the first one: *did not \[eat or drink\]*, but not
/// *did not eat but \[drank\]*.
pub(super) fn shares(text: &Text<'_>, conjunct: usize, first: usize) -> bool {
    let own = text.dependents(conjunct).any(|it| {
        matches!(text.relation(it), "nsubj" | "aux" | "expl") || is_infinitive(text, conjunct)
    });
    let but = text.dependents(conjunct).any(|it| {
        text.relation(it) == "cc" && matches!(text.lower(it).as_str(), "but" | "yet" | "rather")
    });
    let tag = |token: usize| text.word(token).map_or("", |word| word.xpos);
    let finite = matches!(tag(conjunct), "VBD" | "VBZ" | "VBP") && tag(first) != tag(conjunct);
    !own && !but && !finite
}
