//! Why an event is as it is, in lines.

use sayso::record::{Event, EventExplanation, Reference, VoiceReason};

use super::Words;

impl Words<'_> {
    pub(super) fn event(&self, found: &EventExplanation, out: &mut String) {
        let EventExplanation { event, chain, entities, reasons } = found;
        self.line("context", &self.of(reasons.context), out);
        if !chain.is_empty() {
            self.line("chain", &format!("the article ← {}", chain.join(" ← ")), out);
        }
        self.line("anchor", &self.of(event.anchor), out);
        if let Some(support) = reasons.support {
            self.line("", &format!("with the support of “{}”", self.of(support)), out);
        }
        self.line("type", &kind(event), out);
        match &reasons.pattern {
            Some(it) => {
                let about = format!("“{}” in plover.tsv, as in: {}", it.entry, it.example);
                self.line("", &about, out);
            }
            None if event.kind.is_some() => self.line("", "said of what must be done", out),
            None => self.line("", "no pattern of plover.tsv holds", out),
        }
        for (label, parties) in [("actor", &event.actors), ("recipient", &event.recipients)] {
            for party in parties {
                self.line(label, &self.party(party, entities), out);
            }
        }
        if let Some(place) = &event.place {
            self.line("place", &self.all(&place.span), out);
        }
        if let Some(time) = &event.time {
            let value = time.value.as_deref().unwrap_or("the calendar has no such day");
            self.line("time", &format!("{}: {value}", self.all(&time.span)), out);
        }
        for magnitude in &event.magnitude {
            self.line("magnitude", &self.all(&magnitude.span), out);
        }
        let historical = if event.historical { ", background of the story" } else { "" };
        self.line("tense", &format!("{}{historical}", event.tense.name()), out);
        for voice in reasons.voices.iter().rev() {
            self.line("certainty", &self.voice(voice), out);
        }
        if let Some(factuality) = event.factuality {
            let head = reasons.factuality.head.map(|it| format!("the trained head {it:.2}, "));
            let rules = reasons.factuality.rules;
            let parts = format!("{}the rules {rules:.2}", head.unwrap_or_default());
            self.line("factuality", &format!("{factuality:.2} of -3 to 3: {parts}"), out);
        }
        if let Some(predicate) = &reasons.predicate {
            let sense = predicate.roleset.as_deref().unwrap_or("no known sense");
            let probability = predicate.probability;
            self.line("predicate", &format!("{sense}  (probability {probability:.2})"), out);
            for it in &predicate.arguments {
                let words = self.of(it.span);
                self.line("", &format!("{}: {words}  ({:.2})", it.role, it.probability), out);
            }
        }
        self.line("score", &format!("{:.4}, not calibrated", event.score), out);
    }

    fn party(&self, party: &Reference, entities: &[sayso::record::Entity]) -> String {
        let entity = entities.iter().find(|it| Some(&it.id) == party.entity.as_ref());
        let name = entity.map(|it| format!(" = {} {}", it.id, it.name)).unwrap_or_default();
        format!("{}{name}", self.all(&party.span))
    }

    /// `the article: open (reported, “said”)`
    fn voice(&self, voice: &VoiceReason) -> String {
        let holder = match voice.commitment.holder.as_str() {
            "author" => "the article",
            statement => statement,
        };
        let words: Vec<_> =
            voice.words.iter().map(|it| format!("{} “{}”", it.rule, self.of(it.span))).collect();
        let because = match words.as_slice() {
            [] => "said flatly".to_owned(),
            words => words.join(", "),
        };
        format!("{holder}: {} ({because})", voice.commitment.value.name())
    }
}

/// `MOBILIZE, mode troops, contexts military, CAMEO 15`
fn kind(event: &Event) -> String {
    let Some(kind) = &event.kind else { return "none".to_owned() };
    let mode = event.mode.as_ref().map(|mode| format!("mode {mode}"));
    let contexts =
        (!event.contexts.is_empty()).then(|| format!("contexts {}", event.contexts.join(" ")));
    let cameo = event.cameo.as_ref().map(|cameo| format!("CAMEO {cameo}"));
    let parts: Vec<_> = [Some(kind.clone()), mode, contexts, cameo].into_iter().flatten().collect();
    parts.join(", ")
}
