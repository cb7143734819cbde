//! Offices and memberships: who is what, and of what.

use std::collections::BTreeSet;

use sayso_analysis::MentionForm;
use sayso_text::TokenRange;

use super::who::Who;
use super::{Found, Rule, joined};
use crate::entities::title::{self, How, Title};
use crate::entities::{country, sector};
use crate::lexicon::{LEXICON, WordClass};
use crate::{EntityKind, RelationKind};

const TITLE: Rule = Rule { name: "a title before the name", share: 0.95 };
const APPOSITION: Rule = Rule { name: "a title beside the name", share: 0.9 };
const COPULA: Rule = Rule { name: "a title that the name is said to be", share: 0.85 };
const MEMBER: Rule = Rule { name: "a member of a body", share: 0.9 };
const FROM: Rule = Rule { name: "an office from a place", share: 0.9 };
const PARTY: Rule = Rule { name: "a party beside the name", share: 0.9 };
const NATIVE: Rule = Rule { name: "a native or citizen of a place", share: 0.9 };

/// Titles of people, and memberships that titles tell.
///
/// *\[Turkish\] \[President\] Ana Reyes*, *Ana Reyes, the \[head\] of \[Norvex\]*; not *the mayor* alone, nor
/// *Ana Reyes, a \[mother\]*.
pub(super) fn roles(who: &Who<'_, '_>, found: &mut Vec<Found>) {
    let text = who.text;
    let mut titles = Vec::new();
    for mention in &text.analysis.mentions {
        let name = mention.name.and_then(|at| text.analysis.names.get(at));
        let Some(name) = name.filter(|_| mention.form == MentionForm::Name) else { continue };
        let Some(subject) = who.of(name.tokens) else { continue };
        if text.entities[subject].kind != EntityKind::Person {
            continue;
        }
        bracketed_party(who, subject, name.tokens, found);
        for title in title::titles(text, name.tokens, mention.head.index()) {
            titles.push((subject, title));
        }
        for (noun, how) in title::nouns(text, mention.head.index()) {
            of_noun(who, subject, noun, how, found);
        }
    }
    // A title right before one name is not that of another: *in Leeds, \[Mayor\] Ana Reyes*.
    let is_before = |it: &&(usize, Title)| it.1.how == How::Before;
    let before: BTreeSet<usize> = titles.iter().filter(is_before).map(|it| it.1.noun).collect();
    for (subject, title) in titles {
        if title.how == How::Before || !before.contains(&title.noun) {
            of_title(who, subject, &title, found);
        }
    }
}

fn of_title(who: &Who<'_, '_>, subject: usize, title: &Title, found: &mut Vec<Found>) {
    let text = who.text;
    let Some(noun) = sector::noun(text, title.noun) else { return };
    let is_office = match noun.class {
        sector::Class::Person => !matches!(noun.sector, Some("CVL" | "REF")),
        _ => text.is(WordClass::Office, title.noun),
    };
    if text.lemma(title.noun) == "member" {
        let Some(owner) = title.owner else { return };
        let object = who.of(owner).filter(|&at| text.entities[at].kind != EntityKind::Place);
        if object.is_some() {
            let words = joined(vec![title.tokens, owner]);
            let kind = RelationKind::Membership;
            found.push(row(who, kind, subject, object, title.tokens, words, MEMBER));
        }
        return;
    }
    if !is_office {
        return;
    }
    // *Labour MP Joan Hale* is of the party, not in an office of it.
    let party =
        title.owner.filter(|it| it.len() == 1 && text.is(WordClass::Party, it.range().start));
    let owner = title.owner.filter(|_| party.is_none());
    let (office, owner) = match owner.and_then(|it| of_portfolio(who, title, it)) {
        Some((office, country)) => (office, country),
        None => (title.tokens, owner),
    };
    if let Some(party) = party {
        let kind = RelationKind::Membership;
        found.push(row(who, kind, subject, who.of(party), party, vec![party], PARTY));
    }
    let rule = match title.how {
        How::Before => TITLE,
        How::Apposition => APPOSITION,
        How::Copula => COPULA,
    };
    let object = owner.and_then(|owner| who.of(owner)).filter(|&at| at != subject);
    let words = joined([office].into_iter().chain(owner).collect());
    found.push(row(who, RelationKind::Role, subject, object, office, words, rule));
    from_place(who, subject, title, found);
}

/// A minister's field that was taken for a body's name: the office with it, and the country before it.
///
/// *\[Norwegian\] \[Transport Minister\] Kari Holm*; not *\[Norwegian Labour Party\] secretary Kari Holm*.
fn of_portfolio(
    who: &Who<'_, '_>,
    title: &Title,
    owner: TokenRange,
) -> Option<(TokenRange, Option<TokenRange>)> {
    let text = who.text;
    let is_minister = matches!(text.lemma(title.noun).as_str(), "minister" | "secretary");
    let right_before = title.how == How::Before && owner.end == title.tokens.start;
    let is_name = country::form_of(text, owner).is_some() || sector::of_name(text, owner).is_some();
    if !is_minister || !right_before || is_name {
        return None;
    }
    let first = owner.range().take(owner.len() - 1).find_map(|at| {
        let (tokens, form) = country::form_ending_at(text, at)?;
        (form.is_country() && tokens.start == owner.start).then_some(tokens)
    });
    let start = first.map_or(owner.start, |it| it.end);
    Some((TokenRange { start, ..title.tokens }, first))
}

/// *a \[senator\] from \[Norland\]*
fn from_place(who: &Who<'_, '_>, subject: usize, title: &Title, found: &mut Vec<Found>) {
    let text = who.text;
    let is_elected = sector::of_noun(text, title.noun, 0) == Some("LEG");
    let from = text
        .dependents(title.noun)
        .find(|&it| text.relation(it) == "nmod" && sector::case_of(text, it, &["from"]));
    let place = from.filter(|_| is_elected).and_then(|it| who.place(it));
    if let Some((object, tokens)) = place {
        let words = joined(vec![title.tokens, tokens]);
        let kind = RelationKind::Membership;
        found.push(row(who, kind, subject, Some(object), title.tokens, words, FROM));
    }
}

/// *Ana Reyes, a \[Democrat\]*, *Omar Haddad, a \[native\] of \[Tunis\]*, *a \[Canadian\] \[citizen\]*
fn of_noun(who: &Who<'_, '_>, subject: usize, noun: usize, how: How, found: &mut Vec<Found>) {
    let text = who.text;
    let tokens = TokenRange::new(noun, noun + 1);
    let word = text.lemma(noun);
    if how != How::Before
        && text.is(WordClass::Party, noun)
        && text.form(noun).starts_with(char::is_uppercase)
    {
        let kind = RelationKind::Membership;
        found.push(row(who, kind, subject, who.of(tokens), tokens, vec![tokens], PARTY));
        return;
    }
    let prepositions: &[&str] = &["of"];
    let place = match word.as_str() {
        "native" => text
            .dependents(noun)
            .find(|&it| text.relation(it) == "nmod" && sector::case_of(text, it, prepositions))
            .and_then(|it| who.place(it)),
        "citizen" | "national" => text.dependents(noun).find_map(|it| {
            let (tokens, form) = country::form_ending_at(text, it)?;
            form.is_country().then_some(())?;
            Some((who.of(tokens)?, tokens))
        }),
        _ => None,
    };
    if let Some((object, place)) = place {
        let words = joined(vec![tokens, place]);
        let kind = RelationKind::Origin;
        found.push(row(who, kind, subject, Some(object), tokens, words, NATIVE));
    }
}

/// *Paul Marsh (\[R-Norland\])*
fn bracketed_party(who: &Who<'_, '_>, subject: usize, name: TokenRange, found: &mut Vec<Found>) {
    /// Tokens in the brackets: letter, hyphen, a state of up to three and their stops.
    const MAX_TOKENS: usize = 8;
    let text = who.text;
    let open = name.range().end;
    if text.form(open) != "(" {
        return;
    }
    let close = (open + 1..=open + MAX_TOKENS).find(|&at| text.form(at) == ")");
    let Some(close) = close else { return };
    let tokens = TokenRange::new(open + 1, close);
    let inside = text.spelled(tokens);
    let is_short =
        matches!(inside.split_once(['-', '–']), Some(("R" | "D" | "I", rest)) if !rest.is_empty());
    let is_word = tokens.len() == 1 && LEXICON.is(WordClass::Party, &inside.to_lowercase());
    if is_short || is_word {
        let kind = RelationKind::Membership;
        let object = if is_word { who.of(tokens) } else { None };
        found.push(row(who, kind, subject, object, tokens, vec![tokens], PARTY));
    }
}

fn row(
    who: &Who<'_, '_>,
    kind: RelationKind,
    subject: usize,
    object: Option<usize>,
    title: TokenRange,
    words: Vec<TokenRange>,
    rule: Rule,
) -> Found {
    let value = Some(who.text.spelled(title));
    let token = who.text.head_of(title);
    Found { kind, subject, object, value, by: None, words, anchor: title, token, rule }
}
