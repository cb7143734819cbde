//! Entities from what the mentions of a document stand for.

pub(crate) mod country;
mod facts;
mod links;
pub(crate) mod sector;
pub(crate) mod title;

use std::collections::BTreeMap;

use sayso_analysis::{Analysis, MentionForm};
use sayso_text::{Document, Offsets, Span, TokenRange};

pub(crate) use facts::fill;
pub(crate) use links::{BY_MAKER, Links, name_of};

use crate::{CharSpan, Entity, EntityKind, Form, Mention};

/// The entities of a document, by first mention, and where those of the analysis are among them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entities {
    /// The rows.
    pub(crate) rows: Vec<Entity>,
    /// For each of the analysis's entities its place in `rows`, if it is told of.
    pub(crate) of: Vec<Option<usize>>,
}

/// One entity for each that has a name, is mentioned again, or is a person, group or organization
/// with a phrase of its own (*a \[police\] officer* tells of the officer alone).
///
/// *\[Ana Reyes\] spoke. Later \[the mayor\] left \[Reyes\], a town.* gives the person, with two
/// mentions, and the place. A name's mention is the name alone, without its title.
pub(crate) fn entities(document: &Document, analysis: &Analysis<'_>, at: &Offsets<'_>) -> Entities {
    let reading = Reading { document, analysis, at };
    let mut found = Entities::default();
    let mut anchors: BTreeMap<CharSpan, usize> = BTreeMap::new();
    for entity in &analysis.entities {
        let row = is_told_of(analysis, entity).then(|| reading.entity(entity)).flatten();
        found.of.push(row.as_ref().map(|_| found.rows.len()));
        if let Some((mut row, anchor)) = row {
            let n_same = anchors.entry(anchor).or_insert(0);
            *n_same += 1;
            if *n_same > 1 {
                row.id = format!("{}.{n_same}", row.id);
            }
            found.rows.push(row);
        }
    }
    found
}

fn is_told_of(analysis: &Analysis<'_>, entity: &sayso_analysis::Entity) -> bool {
    use sayso_analysis::EntityKind::{Group, Organization, Person};
    let has_name = entity.mentions.iter().any(|&at| analysis.mentions[at].name.is_some());
    let is_phrase = |at: &usize| {
        let mention = &analysis.mentions[*at];
        let word = analysis.words.get(mention.head.index());
        let is_modifier = word.is_some_and(|word| word.deprel.starts_with("compound"));
        mention.form == MentionForm::Nominal && !is_modifier
    };
    let has_will = matches!(entity.kind, Some(Person | Organization | Group));
    has_name || entity.mentions.len() > 1 || (has_will && entity.mentions.iter().any(is_phrase))
}

#[derive(Clone, Copy)]
struct Reading<'a> {
    document: &'a Document,
    analysis: &'a Analysis<'a>,
    at: &'a Offsets<'a>,
}

impl Reading<'_> {
    /// The row of an entity, and the span that its id is made of.
    fn entity(&self, entity: &sayso_analysis::Entity) -> Option<(Entity, CharSpan)> {
        let mentions: Vec<Mention> =
            entity.mentions.iter().filter_map(|&at| self.mention(at)).collect();
        let anchor = mentions.first()?.span;
        let mut names = self.names(entity);
        let name = fullest(&names).map(|at| names.remove(at));
        let row = Entity {
            id: format!("e{}-{}", anchor.start, anchor.end),
            named: name.is_some(),
            name: name.or_else(|| self.description(entity))?,
            kind: entity.kind.map_or(EntityKind::Other, EntityKind::from),
            aliases: names,
            country: None,
            sector: None,
            mentions,
            score: rounded(self.probability(entity)),
        };
        Some((row, anchor))
    }

    fn mention(&self, at: usize) -> Option<Mention> {
        let mention = &self.analysis.mentions[at];
        let span = CharSpan::new(self.at, self.span(self.tokens(at))?);
        let form = match mention.form {
            MentionForm::Name => Form::Name,
            MentionForm::Nominal => Form::Nominal,
            MentionForm::Pronoun => Form::Pronoun,
        };
        Some(Mention { span, form })
    }

    /// A mention's tokens; of a name, without its title.
    fn tokens(&self, at: usize) -> TokenRange {
        let mention = &self.analysis.mentions[at];
        mention.name.map_or(mention.tokens, |name| self.analysis.names[name].tokens)
    }

    /// The different names, in text order.
    fn names(&self, entity: &sayso_analysis::Entity) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for &at in &entity.mentions {
            if self.analysis.mentions[at].name.is_some() {
                let name = self.spelled(at);
                if !name.is_empty() && !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    }

    /// What an entity without a name is called: the first of its descriptions, else of its pronouns.
    fn description(&self, entity: &sayso_analysis::Entity) -> Option<String> {
        let form = |at: &&usize| self.analysis.mentions[**at].form;
        let nominal = entity.mentions.iter().find(|at| form(at) == MentionForm::Nominal);
        let at = nominal.or_else(|| entity.mentions.first())?;
        Some(self.spelled(*at))
    }

    /// A mention's words with single spaces, though the text may break a line in them.
    fn spelled(&self, at: usize) -> String {
        let words = self.span(self.tokens(at)).map_or("", |span| span.of(&self.document.text));
        let mut spelled = String::with_capacity(words.len());
        for word in words.split_whitespace() {
            if !spelled.is_empty() {
                spelled.push(' ');
            }
            spelled.push_str(word);
        }
        spelled
    }

    /// From the first token's first byte to the last one's last; none without tokens.
    fn span(&self, tokens: TokenRange) -> Option<Span> {
        let tokens = self.document.tokens.get(tokens.range())?;
        Some(Span::new(tokens.first()?.span.start(), tokens.last()?.span.end()))
    }

    /// Of the surest name; of the links, if there is none.
    fn probability(&self, entity: &sayso_analysis::Entity) -> f32 {
        let names = entity.mentions.iter().filter_map(|&at| self.analysis.mentions[at].name);
        let surest = names.map(|name| self.analysis.names[name].probability).reduce(f32::max);
        surest.unwrap_or(entity.probability)
    }
}

/// The name with the most words, and of these the longest; the first of several.
fn fullest(names: &[String]) -> Option<usize> {
    let length = |name: &String| (name.split(' ').count(), name.chars().count());
    (0..names.len()).rev().max_by_key(|&at| length(&names[at]))
}

/// A probability to four places: what lies beyond differs between processors.
fn rounded(probability: f32) -> f64 {
    (f64::from(probability) * 1e4).round() / 1e4
}

#[cfg(test)]
mod tests {
    use sayso_analysis::{Entity as Cluster, EntityKind as Kind, Mention as Read, Name};
    use sayso_text::{Token, TokenId};

    use super::*;

    type Given = (MentionForm, usize, usize, Option<(usize, usize)>);

    /// The rows of a text of tokens with a blank between them; a mention is its form, its tokens
    /// and, for a name, those of the name.
    fn rows(text: &str, mentions: &[Given], clusters: &[(&[usize], Option<Kind>)]) -> Vec<Entity> {
        let mut at = 0;
        let tokens = text.split(' ').map(|word| {
            let span = Span::new(at, at + word.len());
            at = span.end() + 1;
            Token { span }
        });
        let document =
            Document { text: text.to_owned(), tokens: tokens.collect(), ..Document::default() };
        let mut analysis = Analysis::default();
        for &(form, start, end, name) in mentions {
            let head = TokenId(u32::try_from(end - 1).unwrap());
            let name = name.map(|(start, end)| {
                let tokens = TokenRange::new(start, end);
                analysis.names.push(Name { tokens, kind: Kind::Person, probability: 0.75 });
                analysis.names.len() - 1
            });
            analysis.mentions.push(Read { tokens: TokenRange::new(start, end), head, form, name });
        }
        for &(mentions, kind) in clusters {
            let mentions = mentions.to_vec();
            analysis.entities.push(Cluster { mentions, kind, probability: 0.5 });
        }
        entities(&document, &analysis, &Offsets::new(&document.text)).rows
    }

    #[test]
    fn an_entity_has_the_fullest_of_its_names() {
        use MentionForm::{Name, Nominal, Pronoun};
        let found = rows(
            "Mayor Reyes spoke . Ana Reyes left the town . She stayed .",
            &[
                (Name, 0, 2, Some((1, 2))),
                (Name, 4, 6, Some((4, 6))),
                (Nominal, 7, 9, None),
                (Pronoun, 10, 11, None),
            ],
            &[(&[0, 1, 3], Some(Kind::Person)), (&[2], Some(Kind::Place))],
        );
        assert_eq!(found.len(), 1, "a place without a name that comes once is not told of");
        let person = &found[0];
        assert_eq!((person.id.as_str(), person.name.as_str()), ("e6-11", "Ana Reyes"));
        assert_eq!(person.aliases, ["Reyes"]);
        assert_eq!((person.named, person.score), (true, 0.75));
        let spans: Vec<_> =
            person.mentions.iter().map(|it| (it.span.start, it.span.end, it.form)).collect();
        assert_eq!(spans, [(6, 11, Form::Name), (20, 29, Form::Name), (46, 49, Form::Pronoun)]);
    }

    #[test]
    fn what_has_no_name_is_called_by_its_description() {
        use MentionForm::{Nominal, Pronoun};
        let mentions = [(Pronoun, 0, 1, None), (Nominal, 2, 4, None), (Nominal, 5, 6, None)];
        let found =
            rows("They said the officials left home", &mentions, &[(&[0, 1], Some(Kind::Person))]);
        assert_eq!(found[0].name, "the officials");
        assert_eq!((found[0].named, found[0].score), (false, 0.5));
    }
}
