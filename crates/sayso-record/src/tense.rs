//! When an event is, seen from the time of writing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use sayso_text::BlockKind;

use crate::Tense;
use crate::certainty::governing_rule;
use crate::text::Text;

/// Governors that are asked in turn.
const MAX_STEPS: usize = 12;
/// Years before the day of publication from which on an event is background.
const MAX_YEARS: i32 = 3;

static WORDS: LazyLock<BTreeMap<&'static str, BTreeSet<&'static str>>> = LazyLock::new(|| {
    let mut lists: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    let file = include_str!("../data/tense.tsv");
    for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (class, words) = line.split_once('\t').expect("a line has a class and words");
        lists.entry(class).or_default().extend(words.split(' '));
    }
    lists
});

fn is(class: &str, word: &str) -> bool {
    WORDS.get(class).is_some_and(|words| words.contains(word))
}

/// When the event at a token is.
///
/// A clause with a finite verb tells itself; infinitives, participles and nouns go by the words of
/// time beside them, then by what governs them: *they plan to \[leave\]* is future, *they began to
/// \[leave\]* past, *accused of \[leaving\]* past. Present tense in a title tells of what has been.
pub(crate) fn tense(text: &Text<'_>, token: usize) -> Tense {
    let mut at = token;
    for _ in 0..MAX_STEPS {
        let own = if is_nominal(text, at) { of_noun(text, at) } else { of_clause(text, at) };
        if let Some(found) = own.or_else(|| of_governor(text, at)) {
            return found;
        }
        let Some(head) = text.head(at) else { break };
        at = head;
    }
    Tense::Past
}

/// Whether an event is told as the background of the story: *had left*, *in 1994*, *decades ago*.
///
/// `published` is the day of publication, if it is known, and `time` the value of the event's own time.
pub(crate) fn is_background(
    text: &Text<'_>,
    token: usize,
    published: Option<&str>,
    time: Option<&str>,
) -> bool {
    let pluperfect = aux(text, token).any(|it| text.lower(it) == "had")
        && matches!(tag(text, token), "VBN" | "VBD");
    let this_year = published.and_then(|day| day.get(..4)).and_then(|year| year.parse().ok());
    let is_old = |year: i32| year < 2000 || this_year.is_some_and(|now| year + MAX_YEARS < now);
    let old = |it: usize| year(text, it).is_some_and(is_old);
    if time.and_then(last_year).is_some_and(is_old) {
        return true;
    }
    let beside = text.dependents(token).filter(|&it| text.relation(it) != "conj");
    let long_ago = |it: usize| {
        let ago = |&near: &usize| matches!(text.lower(near).as_str(), "ago" | "earlier" | "before");
        is("long", &text.lower(it)) && text.dependents(it).chain([it + 1]).any(|near| ago(&near))
            || text.lower(it) == "ago"
                && text.dependents(it).any(|near| is("long", &text.lower(near)))
    };
    pluperfect || beside.into_iter().any(|it| old(it) || long_ago(it))
}

/// The last year of a date's value: of *1789-07-14*, the decade *199* and the century *18*; any year
/// before our era counts as the first.
fn last_year(value: &str) -> Option<i32> {
    if value.starts_with("BC") {
        return Some(0);
    }
    let date = value.split(['-', 'T']).next()?;
    let is_number = !date.is_empty() && date.bytes().all(|it| it.is_ascii_digit());
    let missing = 4_usize.checked_sub(date.len()).filter(|it| is_number && *it < 3)?;
    format!("{date}{}", "9".repeat(missing)).parse().ok()
}

fn year(text: &Text<'_>, token: usize) -> Option<i32> {
    let form = text.form(token);
    let year = (form.len() == 4).then(|| form.parse::<i32>().ok())??;
    ((1000..2100).contains(&year) && text.relation(token) == "obl").then_some(year)
}

fn tag<'a>(text: &Text<'a>, token: usize) -> &'a str {
    text.word(token).map_or("", |word| word.xpos)
}

fn aux<'t>(text: &'t Text<'_>, token: usize) -> impl Iterator<Item = usize> + 't {
    text.dependents(token).filter(|&it| matches!(text.relation(it), "aux" | "cop"))
}

fn is_nominal(text: &Text<'_>, token: usize) -> bool {
    !matches!(text.upos(token), "VERB" | "AUX") && aux(text, token).next().is_none()
}

/// By the clause's own verbs, where one has a tense.
fn of_clause(text: &Text<'_>, token: usize) -> Option<Tense> {
    let words: Vec<String> = aux(text, token).map(|it| text.lower(it)).collect();
    let has = |forms: &[&str]| words.iter().any(|word| forms.contains(&word.as_str()));
    let perfect = has(&["have", "has", "had", "having", "'ve", "’ve"]);
    if has(&["will", "'ll", "’ll", "wo", "shall"]) {
        return Some(Tense::Future);
    }
    if has(&["would", "'d", "’d", "may", "might", "must", "should", "ought", "could", "can", "ca"])
    {
        return Some(match perfect {
            true => Tense::Past,
            false if has(&["can", "ca"]) => Tense::Present,
            false if has(&["could"]) && denied(text, token) => Tense::Past,
            false => Tense::Future,
        });
    }
    if infinitive(text, token) {
        return perfect.then_some(Tense::Past);
    }
    let going = text.lower(token) == "going"
        && text.dependents(token).any(|it| text.relation(it) == "xcomp" && infinitive(text, it));
    if perfect {
        let goes_on = tag(text, token) == "VBG" && has(&["have", "has", "'ve", "’ve"]);
        return Some(if goes_on { Tense::Present } else { Tense::Past });
    }
    if has(&["was", "were", "did"]) {
        return Some(Tense::Past);
    }
    if has(&["is", "are", "am", "'s", "’s", "'re", "’re", "'m", "’m", "be", "being", "do", "does"])
    {
        let later = going || beside(text, token, "later");
        return Some(if later { Tense::Future } else { present(text, token) });
    }
    match tag(text, token) {
        "VBD" => Some(Tense::Past),
        "VBZ" | "VBP" if in_title(text, token) => Some(Tense::Past),
        "VBZ" | "VBP" if beside(text, token, "later") => Some(Tense::Future),
        "VBZ" | "VBP" => Some(present(text, token)),
        "VB" if text.relation(token) == "root" => Some(Tense::Future),
        "VBN" if matches!(text.relation(token), "acl" | "advcl" | "amod" | "root") => {
            Some(Tense::Past)
        }
        _ if beside(text, token, "later") => Some(Tense::Future),
        _ => None,
    }
}

/// Of the present: now, or in general: *ministers often \[resign\]*.
fn present(text: &Text<'_>, token: usize) -> Tense {
    let progressive = tag(text, token) == "VBG";
    let often = text.dependents(token).any(|it| {
        is("often", &text.lower(it))
            || text.dependents(it).any(|in_it| is("often", &text.lower(in_it)))
    });
    let anybody = text.dependents(token).any(|it| {
        let plural = tag(text, it) == "NNS" && text.dependents(it).next().is_none();
        text.relation(it) == "nsubj" && (plural || is("anybody", &text.lower(it)))
    });
    if often || anybody && !progressive { Tense::Generic } else { Tense::Present }
}

fn denied(text: &Text<'_>, token: usize) -> bool {
    text.dependents(token).any(|it| matches!(text.lemma(it).as_str(), "not" | "never"))
}

fn infinitive(text: &Text<'_>, token: usize) -> bool {
    text.dependents(token).any(|it| text.upos(it) == "PART" && text.lower(it) == "to")
}

fn in_title(text: &Text<'_>, token: usize) -> bool {
    let Some(at) = text.document.tokens.get(token).map(|it| it.span) else { return false };
    let blocks = &text.document.blocks;
    let block = blocks.partition_point(|it| it.span.end() <= at.start());
    blocks.get(block).is_some_and(|it| it.kind == BlockKind::Title)
}

/// Whether a word of time of a class stands beside a word: *the \[next\] vote*, *meet \[tomorrow\]*.
fn beside(text: &Text<'_>, token: usize, class: &str) -> bool {
    let of_time = |it: usize| {
        matches!(text.relation(it), "obl" | "advmod" | "amod" | "nmod")
            && (is(class, &text.lower(it))
                || text.full_relation(it) == "obl:tmod"
                    && text.dependents(it).any(|in_it| is(class, &text.lower(in_it))))
    };
    text.dependents(token).any(of_time)
}

fn of_noun(text: &Text<'_>, token: usize) -> Option<Tense> {
    if beside(text, token, "later") {
        Some(Tense::Future)
    } else if beside(text, token, "earlier") {
        Some(Tense::Past)
    } else {
        None
    }
}

/// By what governs a word without a tense of its own; none where its governor's tense counts.
fn of_governor(text: &Text<'_>, token: usize) -> Option<Tense> {
    match governing_rule(text, token) {
        Some(
            "a plan" | "a wish" | "a request" | "an offer" | "an attempt" | "a chance"
            | "a purpose" | "a prediction" | "it will be" | "an assessment" | "unwilling" | "let",
        ) => Some(Tense::Future),
        // *Accused of \[leaving\]*, *apologized for \[leaving\]*.
        Some("what is said" | "a charge" | "a denial") if !finite(text, token) => Some(Tense::Past),
        Some("knowledge") if is_nominal(text, token) => Some(Tense::Past),
        Some(_) => None,
        None if infinitive(text, token) => Some(Tense::Future),
        None => None,
    }
}

fn finite(text: &Text<'_>, token: usize) -> bool {
    matches!(tag(text, token), "VBD" | "VBZ" | "VBP") || infinitive(text, token)
}

#[cfg(test)]
mod tests {
    use sayso_text::Offsets;

    use super::*;
    use crate::toy::{read, tokens};

    fn ask<T>(
        text: &str,
        word: &str,
        tree: &'static str,
        ask: impl Fn(&Text<'_>, usize) -> T,
    ) -> T {
        let (document, analysis) = read(text, tree);
        let at = Offsets::new(&document.text);
        let token = tokens(&document, word).range().start;
        ask(&Text::new(&document, &analysis, &at, &[]), token)
    }

    fn of(text: &str, word: &str, tree: &'static str) -> Tense {
        ask(text, word, tree, tense)
    }

    #[test]
    fn a_finite_verb_tells_itself() {
        let left = "They/PRON/2/nsubj left/VERB/0/root/leave/VBD ./PUNCT/2/punct";
        assert_eq!(of("They left.", "left", left), Tense::Past);
        let will = "They/PRON/3/nsubj will/AUX/3/aux leave/VERB/0/root/leave/VB ./PUNCT/3/punct";
        assert_eq!(of("They will leave.", "leave", will), Tense::Future);
        let has = "She/PRON/3/nsubj has/AUX/3/aux left/VERB/0/root/leave/VBN ./PUNCT/3/punct";
        assert_eq!(of("She has left.", "left", has), Tense::Past);
        let often = "Ministers/NOUN/3/nsubj often/ADV/3/advmod resign/VERB/0/root/resign/VBP ./PUNCT/3/punct";
        assert_eq!(of("Ministers often resign.", "resign", often), Tense::Generic);
        let now = "The/DET/2/det minister/NOUN/4/nsubj is/AUX/4/aux leaving/VERB/0/root/leave/VBG ./PUNCT/4/punct";
        assert_eq!(of("The minister is leaving.", "leaving", now), Tense::Present);
    }

    #[test]
    fn an_infinitive_goes_by_its_governor() {
        let plan = "They/PRON/2/nsubj planned/VERB/0/root/plan/VBD to/PART/4/mark leave/VERB/2/xcomp/leave/VB ./PUNCT/2/punct";
        assert_eq!(of("They planned to leave.", "leave", plan), Tense::Future);
        let began = "They/PRON/2/nsubj began/VERB/0/root/begin/VBD to/PART/4/mark leave/VERB/2/xcomp/leave/VB ./PUNCT/2/punct";
        assert_eq!(of("They began to leave.", "leave", began), Tense::Past);
        let accused = "She/PRON/3/nsubj:pass is/AUX/3/aux:pass accused/VERB/0/root/accuse/VBN of/SCONJ/5/mark stealing/VERB/3/advcl/steal/VBG ./PUNCT/3/punct";
        assert_eq!(of("She is accused of stealing.", "stealing", accused), Tense::Past);
    }

    #[test]
    fn a_noun_goes_by_the_words_beside_it() {
        let next = "The/DET/3/det next/ADJ/3/amod vote/NOUN/4/nsubj matters/VERB/0/root/matter/VBZ ./PUNCT/4/punct";
        assert_eq!(of("The next vote matters.", "vote", next), Tense::Future);
        let last = "The/DET/3/det last/ADJ/3/amod vote/NOUN/4/nsubj matters/VERB/0/root/matter/VBZ ./PUNCT/4/punct";
        assert_eq!(of("The last vote matters.", "vote", last), Tense::Past);
    }

    #[test]
    fn background_is_told_by_the_pluperfect_and_by_old_years() {
        let had = "They/PRON/3/nsubj had/AUX/3/aux left/VERB/0/root/leave/VBN ./PUNCT/3/punct";
        assert!(ask("They had left.", "left", had, |text, at| is_background(text, at, None, None)));
        let year = "They/PRON/2/nsubj left/VERB/0/root/leave/VBD in/ADP/4/case 2012/NUM/2/obl ./PUNCT/2/punct";
        let since = |day| {
            ask("They left in 2012.", "left", year, |text, at| is_background(text, at, day, None))
        };
        assert!(since(Some("2025-08-08")));
        assert!(!since(Some("2013-08-08")));
        let told = |time| {
            ask("They left in 2012.", "left", year, |text, at| {
                is_background(text, at, Some("2013-08-08"), Some(time))
            })
        };
        assert!(told("1789-07-14") && told("BC0044") && told("198") && told("18"));
        assert!(
            !told("2012-07") && !told("201") && !told("P2Y") && !told("XXXX-07") && !told("20")
        );
        assert!(!since(None));
    }
}
