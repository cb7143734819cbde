//! What the parts of news pages are called, and how lines begin that belong to no article.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The lists of `data/page_words.tsv`.
static LISTS: LazyLock<Lists> = LazyLock::new(Lists::read);

#[derive(Debug, Default)]
struct Lists {
    never: BTreeSet<&'static str>,
    seldom: BTreeSet<&'static str>,
    body: BTreeSet<&'static str>,
    opening: BTreeSet<&'static str>,
    whole: BTreeSet<&'static str>,
    within: BTreeSet<&'static str>,
    deck: BTreeSet<&'static str>,
    silent: BTreeSet<&'static str>,
}

impl Lists {
    fn read() -> Self {
        let mut lists = Self::default();
        for line in include_str!("../../data/page_words.tsv").lines() {
            let Some((kind, words)) = line.split_once('\t') else { continue };
            let list = match kind {
                "never" => &mut lists.never,
                "seldom" => &mut lists.seldom,
                "body" => &mut lists.body,
                "opening" => &mut lists.opening,
                "within" => &mut lists.within,
                "deck" => &mut lists.deck,
                "silent" => &mut lists.silent,
                _ => &mut lists.whole,
            };
            list.insert(words);
        }
        lists
    }
}

/// What an element's class and id say about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "an element can be called several of these")]
pub(crate) struct Role {
    /// It holds no part of an article.
    pub(crate) is_never: bool,
    /// It holds none unless it is a large part of the page.
    pub(crate) is_seldom: bool,
    /// It holds the article's text.
    pub(crate) is_body: bool,
    /// It sums the article up below its headline.
    pub(crate) is_deck: bool,
    /// It is for programs that read the page aloud.
    pub(crate) is_silent: bool,
}

impl Role {
    /// Reads the names in a class or id, such as `article__body js-storyText`.
    pub(crate) fn add(&mut self, names: &str) {
        for name in names.split_ascii_whitespace() {
            let name = words(name);
            let ends: Vec<_> =
                name.match_indices('-').map(|(at, _)| at).chain([name.len()]).collect();
            let mut start = 0;
            for (n, &end) in ends.iter().enumerate() {
                self.add_words(name.get(start..end).unwrap_or_default());
                if let Some(&next) = ends.get(n + 1) {
                    self.add_words(name.get(start..next).unwrap_or_default());
                }
                start = end + 1;
            }
        }
    }

    fn add_words(&mut self, words: &str) {
        self.is_never |= LISTS.never.contains(words);
        self.is_seldom |= LISTS.seldom.contains(words);
        self.is_body |= LISTS.body.contains(words);
        self.is_deck |= LISTS.deck.contains(words);
        self.is_silent |= LISTS.silent.contains(words);
    }
}

/// Whether a paragraph belongs to no article, by its first words or because it is one label.
pub(crate) fn is_boilerplate(paragraph: &str) -> bool {
    let lower = paragraph.to_lowercase();
    let start = lower.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '('));
    let label = start.trim_end_matches(|c: char| !c.is_alphanumeric());
    LISTS.whole.contains(label)
        || LISTS.opening.iter().any(|opening| begins(start, opening))
        || LISTS.within.iter().any(|words| lower.contains(words))
}

/// Whether a text begins with the words of `opening`.
fn begins(text: &str, opening: &str) -> bool {
    text.strip_prefix(opening).is_some_and(|rest| {
        !rest.starts_with(char::is_alphanumeric) || !opening.ends_with(char::is_alphanumeric)
    })
}

/// A name in lower case with hyphens between its words: `articleBody`, `article__body` → `article-body`.
fn words(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut was_lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() {
            if !out.ends_with('-') && !out.is_empty() {
                out.push('-');
            }
            was_lower = false;
            continue;
        }
        if c.is_uppercase() && was_lower {
            out.push('-');
        }
        was_lower = c.is_lowercase();
        out.extend(c.to_lowercase());
    }
    if out.ends_with('-') {
        out.pop();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_by_words() {
        assert_eq!(words("js-articleBody__Text--2"), "js-article-body-text-2");
        let role = |names: &str| {
            let mut role = Role::default();
            role.add(names);
            role
        };
        assert!(role("m-articleBody").is_body);
        assert!(role("c-newsletter__form").is_never);
        assert!(role("has-ad").is_seldom);
        assert_eq!(role("shadow headline"), Role::default());
    }

    #[test]
    fn labels_and_calls_are_no_article() {
        for text in
            ["Read more: Ferry fares to rise", "Advertisement", "© 2026 The Courier", "Share"]
        {
            assert!(is_boilerplate(text), "{text}");
        }
        for text in ["Subscribers left in droves.", "Shares fell.", "More than 40 people came."] {
            assert!(!is_boilerplate(text), "{text}");
        }
    }
}
