//! Words that tell a country: names, adjectives, peoples, capitals, regions, towns.

use std::sync::LazyLock;

use sayso_text::TokenRange;

use crate::text::Text;
use crate::words::{PhraseMap, WordMap};

/// The longest form in the table, in tokens: *the United States of America* has five.
const MAX_TOKENS: usize = 7;

/// What kind of form it is, as `data/countries.tsv` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Name,
    Adjective,
    People,
    Capital,
    Region,
    State,
    Town,
}

/// A form that stands in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// ISO 3166 alpha-3; none where the form tells no one country: *Georgia*, *Latin American*.
    pub(crate) code: Option<&'static str>,
    pub(crate) class: Class,
}

impl Form {
    /// Whether it names the country itself or its people: *Turkey*, *Turkish*, *the Turks*.
    pub(crate) fn is_country(self) -> bool {
        matches!(self.class, Class::Name | Class::Adjective | Class::People)
    }
}

static TABLE: LazyLock<PhraseMap<Form>> = LazyLock::new(|| {
    let rows: WordMap<_> = include_str!("../../data/countries.tsv")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let fields: Vec<_> = line.split('\t').collect();
            let &[form, code, class] = fields.as_slice() else {
                panic!("`{line}`: form, code, class");
            };
            let class = class_of(class).unwrap_or_else(|| panic!("`{line}`: no such class"));
            (form, Form { code: (code != "-").then_some(code), class })
        })
        .collect();
    PhraseMap::new(rows)
});

/// The entry of a form as it is spelled; all but abbreviations count in any case.
pub(crate) fn form(spelled: &str) -> Option<Form> {
    if !spelled.starts_with(char::is_uppercase) {
        return None;
    }
    TABLE.get(spelled).or_else(|| TABLE.get(&spelled.to_lowercase())).copied()
}

/// The entry of some tokens, without an article before them.
pub(crate) fn form_of(text: &Text<'_>, tokens: TokenRange) -> Option<Form> {
    let mut range = tokens.range();
    if range.len() > 1 && text.lower(range.start) == "the" {
        range.start += 1;
    }
    form(&text.spelled(TokenRange::new(range.start, range.end)))
}

/// The longest form whose last token is `token`: *\[South Korean\] police*, not *\[Korean\]*.
///
/// Half of a compound is none: *pro-Turkish*, *a French-born chemist*.
pub(crate) fn form_ending_at(text: &Text<'_>, token: usize) -> Option<(TokenRange, Form)> {
    if matches!(text.form(token + 1), "-" | "–") && !text.form(token).is_empty() {
        return None;
    }
    let first = text.sentence(token)?.tokens.start as usize;
    let ends_longer = TABLE.is_ending(text.form(token)) || TABLE.is_ending(&text.lower(token));
    let from = if ends_longer { (token + 1).saturating_sub(MAX_TOKENS) } else { token };
    let found = (first.max(from)..=token).find_map(|start| {
        if !text.form(start).starts_with(char::is_uppercase) {
            return None;
        }
        let tokens = TokenRange::new(start, token + 1);
        let form = form(&text.spelled(tokens))?;
        Some((tokens, form))
    })?;
    let before = found.0.range().start.checked_sub(1).filter(|&at| at >= first);
    before.is_none_or(|at| !matches!(text.form(at), "-" | "–")).then_some(found)
}

fn class_of(name: &str) -> Option<Class> {
    Some(match name {
        "n" => Class::Name,
        "a" => Class::Adjective,
        "p" => Class::People,
        "c" => Class::Capital,
        "r" => Class::Region,
        "s" => Class::State,
        "t" => Class::Town,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_to_codes() {
        let code = |spelled| form(spelled).and_then(|it| it.code);
        assert_eq!(code("Turkey"), Some("TUR"));
        assert_eq!(code("TURKEY"), Some("TUR"));
        assert_eq!(code("turkey"), None, "a bird");
        assert_eq!(code("US"), Some("USA"));
        assert_eq!(code("Us"), None, "a pronoun");
        assert_eq!(code("Georgia"), None, "a country, and a state of another");
        assert_eq!(code("Danish"), Some("DNK"));
        assert_eq!(form("Latin American").map(|it| it.code), Some(None));
        assert_eq!(form("Lima").map(|it| it.class), Some(Class::Capital));
    }
}
