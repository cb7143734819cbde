//! The words of a party.

use sayso_text::TokenRange;

use super::party::Parties;
use super::pattern::PATTERNS;

impl Parties<'_, '_> {
    /// The words of a party: its head with what stands before it, its name, and an *of*-phrase.
    pub(super) fn phrase(&self, head: usize) -> TokenRange {
        let text = self.text;
        let (mut start, mut end) = (head, head + 1);
        if let Some(name) = self.name(head) {
            (start, end) =
                (start.min(name.tokens.start as usize), end.max(name.tokens.end as usize));
        }
        // *accused \[the owner\] of theft*
        let accused = text.relation(head) == "obj"
            && text.head(head).is_some_and(|it| PATTERNS.is("about", &text.lemma(it)));
        for dependent in text.dependents(head) {
            let close = match text.full_relation(dependent) {
                "det" | "amod" | "compound" | "nummod" | "nmod:poss" | "nmod:desc"
                | "det:predet" => dependent < head,
                "flat" | "goeswith" => true,
                "nmod" if !accused || self.is_party(dependent) => text
                    .dependents(dependent)
                    .any(|it| text.relation(it) == "case" && text.lower(it) == "of"),
                _ => false,
            };
            if close {
                let part = if text.relation(dependent) == "nmod" && dependent > head {
                    self.phrase_near(dependent)
                } else {
                    self.subtree(dependent)
                };
                (start, end) = (start.min(part.start as usize), end.max(part.end as usize));
            }
        }
        let sentence = text.sentence(head).map_or(start..end, |it| it.tokens.range());
        TokenRange::new(start.max(sentence.start), end.min(sentence.end.max(start + 1)))
    }

    fn phrase_near(&self, head: usize) -> TokenRange {
        let name = self.name(head).map(|it| it.tokens);
        let before = self.text.dependents(head).filter(|it| *it < head).min().unwrap_or(head);
        let end = name.map_or(head + 1, |it| (it.end as usize).max(head + 1));
        TokenRange::new(before, end)
    }

    /// All that hangs on a word before a head, as one range.
    fn subtree(&self, token: usize) -> TokenRange {
        let words = self.text.phrase(token, |it| self.text.relation(it) == "punct");
        let (start, end) = (words.first().copied(), words.last().copied());
        TokenRange::new(start.unwrap_or(token), end.unwrap_or(token) + 1)
    }
}
