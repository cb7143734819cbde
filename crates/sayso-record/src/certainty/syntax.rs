//! How clauses and nouns hang on the words that govern them.

use crate::text::Text;

/// The one letter of a part of speech in the list.
pub(super) fn pos(text: &Text<'_>, token: usize) -> char {
    match text.upos(token) {
        "VERB" | "AUX" => 'v',
        "NOUN" | "PROPN" => 'n',
        "ADJ" => 'a',
        "ADV" | "PART" | "INTJ" | "CCONJ" => 'r',
        _ => 'p',
    }
}

/// The first dependent in one of some relations, without their subtypes.
pub(super) fn dependent(text: &Text<'_>, token: usize, relations: &[&str]) -> Option<usize> {
    text.dependents(token).find(|&it| relations.contains(&text.relation(it)))
}

/// A word with its particle as the list writes it, `call+off`, and whether the tree is sure of the
/// particle; none without one.
pub(super) fn with_particle(text: &Text<'_>, token: usize) -> Option<(String, bool)> {
    let sure = |it: usize| text.full_relation(it) == "compound:prt";
    // *Stopped short of leaving.*
    let next = |it: usize| it == token + 1 && matches!(text.relation(it), "advmod" | "xcomp");
    let particle = text.dependents(token).find(|&it| sure(it) || next(it))?;
    Some((format!("{}+{}", text.lemma(token), text.lower(particle)), sure(particle)))
}

/// The conjunction or preposition that leads a clause or noun, fixed phrases in one: `if`,
/// `in+case`.
pub(super) fn marker(text: &Text<'_>, token: usize) -> Option<(usize, String)> {
    let leads =
        |it: &usize| matches!(text.relation(*it), "mark" | "case") && !is_infinitive_to(text, *it);
    let first = text.dependents(token).find(leads)?;
    let mut words = text.lower(first);
    for fixed in text.dependents(first).filter(|&it| text.relation(it) == "fixed") {
        words.push('+');
        words.push_str(&text.lower(fixed));
    }
    // Prepositions that the tree keeps apart: *because of*, *as if*, *so that*.
    for next in text.dependents(token).filter(|it| leads(it) && *it == first + 1) {
        words.push('+');
        words.push_str(&text.lower(next));
    }
    Some((first, words))
}

fn is_infinitive_to(text: &Text<'_>, token: usize) -> bool {
    text.upos(token) == "PART" && matches!(text.form(token), "to" | "To" | "na" | "ta")
}

/// Whether a clause is an infinitive with *to*.
pub(super) fn is_infinitive(text: &Text<'_>, token: usize) -> bool {
    text.dependents(token).any(|it| is_infinitive_to(text, it))
}

/// Whether a word is a gerund or a participle of the present: *\[leaving\]*, not *was \[leaving\]*.
pub(super) fn is_gerund(text: &Text<'_>, token: usize) -> bool {
    text.word(token).is_some_and(|word| word.xpos == "VBG")
        && dependent(text, token, &["aux"]).is_none_or(|aux| text.lower(aux) == "having")
}

/// The subject of a clause.
pub(super) fn subject(text: &Text<'_>, token: usize) -> Option<usize> {
    dependent(text, token, &["nsubj", "csubj", "expl"])
}

/// Whether the writer or speaker is the subject: *I*, *we*.
pub(super) fn is_first_person(text: &Text<'_>, clause: usize) -> bool {
    subject(text, clause).is_some_and(|it| matches!(text.lower(it).as_str(), "i" | "we"))
}

/// Whether a noun is taken as known: *the attack*, *his resignation*, *Brexit*.
pub(super) fn is_definite(text: &Text<'_>, token: usize) -> bool {
    let known = |it: usize| {
        text.full_relation(it) == "nmod:poss"
            || text.relation(it) == "det"
                && matches!(text.lower(it).as_str(), "the" | "this" | "that" | "these" | "those")
    };
    text.upos(token) == "PROPN" || text.dependents(token).any(known)
}

/// The word that makes a clause a question about a circumstance: *why*, *who*, *how*.
pub(super) fn question_word(text: &Text<'_>, clause: usize) -> Option<usize> {
    let asks = |token: usize| {
        let lower = text.lower(token);
        matches!(
            lower.as_str(),
            "why" | "how" | "when" | "where" | "who" | "whom" | "whose" | "what" | "which"
        )
    };
    text.dependents(clause).filter(|&it| it <= clause).find_map(|it| {
        let within = |&inner: &usize| text.relation(inner) == "det" && asks(inner);
        if asks(it) { Some(it) } else { text.dependents(it).find(within) }
    })
}

/// How an anchor stands to its governor, the closest frame first.
pub(super) fn frames(text: &Text<'_>, token: usize, governor: usize) -> Vec<String> {
    let of = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    let behind = || marker(text, token).map(|(_, words)| words);
    match text.relation(token) {
        "ccomp" | "csubj" | "xcomp" | "acl" | "advcl" | "parataxis" => {
            clause_frames(text, token, governor)
        }
        "nsubj" if text.full_relation(token) != "nsubj:pass" => match pos(text, governor) {
            'v' => of(&["subj"]),
            _ => of(&["n"]),
        },
        // *They ordered the \[army\] to leave*: what is ordered is to leave.
        "obj" | "nsubj" | "iobj" if dependent(text, governor, &["xcomp", "ccomp"]).is_some() => {
            Vec::new()
        }
        "obj" | "nsubj" | "iobj" => of(&["n"]),
        "compound" => of(&["of", "n"]),
        "nmod" if text.full_relation(token) == "nmod:poss" => of(&["of"]),
        "obl" | "nmod" => match behind() {
            Some(words) if words == "by" && text.full_relation(token) == "obl:agent" => {
                of(&["subj"])
            }
            Some(words) => vec![words],
            None if text.relation(token) == "nmod" => of(&["of"]),
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn clause_frames(text: &Text<'_>, token: usize, governor: usize) -> Vec<String> {
    let relation = text.relation(token);
    let has_object = dependent(text, governor, &["obj", "iobj"]).is_some();
    let passive = text.dependents(governor).any(|it| text.full_relation(it) == "nsubj:pass");
    let beside = |frame: &str| {
        let first = match (passive, has_object) {
            (true, _) => vec!["pass-to", "obj-to"],
            (_, true) => vec!["obj-to"],
            _ => Vec::new(),
        };
        first.into_iter().chain([frame]).map(str::to_owned).collect::<Vec<_>>()
    };
    if is_infinitive(text, token) {
        return beside("to");
    }
    match marker(text, token) {
        Some((_, word)) if matches!(word.as_str(), "whether" | "if") && relation != "advcl" => {
            return vec!["whether".to_owned()];
        }
        Some((_, word)) if word != "that" && is_gerund(text, token) => {
            return vec![word, "ing".to_owned()];
        }
        Some((_, word)) if word != "that" && !matches!(relation, "ccomp" | "csubj") => {
            return vec![word];
        }
        _ => {}
    }
    if relation == "ccomp" && question_word(text, token).is_some() {
        return vec!["wh".to_owned(), "that".to_owned()];
    }
    if is_gerund(text, token) {
        let first = has_object.then(|| "obj-ing".to_owned());
        return first.into_iter().chain(["ing".to_owned()]).collect();
    }
    match relation {
        // A bare infinitive or a predicate: *helped rebuild*, *seems guilty*; but a finite clause may
        // be tagged so as well.
        "xcomp" if !is_finite(text, token) => beside("to"),
        "advcl" => Vec::new(),
        "ccomp" if has_object && dependent(text, token, &["mark", "aux"]).is_none() => {
            vec!["obj-to".to_owned(), "that".to_owned()]
        }
        _ => vec!["that".to_owned()],
    }
}

/// Whether a clause tells of what has been: *left*, *has left*, *was left*, *did not leave*.
pub(super) fn is_past(text: &Text<'_>, clause: usize) -> bool {
    matches!(text.word(clause).map_or("", |word| word.xpos), "VBD" | "VBN")
        || text.dependents(clause).any(|it| {
            matches!(text.relation(it), "aux" | "cop")
                && matches!(
                    text.lower(it).as_str(),
                    "did" | "was" | "were" | "had" | "has" | "have"
                )
        })
}

/// Whether a clause's own verb has a tense: *left*, *leaves*.
pub(super) fn is_tensed(text: &Text<'_>, clause: usize) -> bool {
    matches!(text.word(clause).map_or("", |word| word.xpos), "VBD" | "VBZ" | "VBP")
        && dependent(text, clause, &["aux", "mark"]).is_none()
}

fn is_finite(text: &Text<'_>, clause: usize) -> bool {
    matches!(text.word(clause).map_or("", |word| word.xpos), "VBD" | "VBZ" | "VBP")
        && dependent(text, clause, &["nsubj"]).is_some()
}
