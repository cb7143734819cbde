//! Whether a text is English at all.

use whatlang::{Lang, Script};

use crate::Note;

/// Bytes of the text that are looked at.
const SAMPLE: usize = 8192;
/// Texts with fewer letters are too short to tell.
const MIN_LETTERS: usize = 60;
/// English text has at least this share of its commonest words; other languages have less.
/// Measured: sentences of 20 and more words in UD English GUM dev have more than 0.12.
const MIN_SHARE: f32 = 0.08;

/// Words that make up a third of English text and are rare in other languages' text.
const COMMON: [&str; 36] = [
    "the", "of", "and", "to", "that", "for", "is", "was", "with", "as", "it", "by", "are", "this",
    "from", "have", "has", "he", "his", "her", "they", "their", "you", "said", "not", "we", "be",
    "but", "which", "or", "had", "were", "will", "would", "she", "what",
];

/// A note if `text` is evidently in another language; none when in doubt.
pub(crate) fn language(text: &str) -> Option<Note> {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = text.get(..end)?;
    let n_letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    if n_letters < MIN_LETTERS {
        return None;
    }
    // Most texts end here; telling languages apart costs ten times as much.
    if common_share(sample) >= MIN_SHARE {
        return None;
    }
    let info = whatlang::detect(sample)?;
    if info.lang() == Lang::Eng || info.script() == Script::Latin && !info.is_reliable() {
        return None;
    }
    let message =
        format!("the text is not in English but, it seems, in {}", info.lang().eng_name());
    Some(Note { code: "not-english", message, span: None })
}

fn common_share(sample: &str) -> f32 {
    let mut n_words = 0;
    let mut n_common = 0;
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        n_words += 1;
        n_common += usize::from(COMMON.iter().any(|common| word.eq_ignore_ascii_case(common)));
    }
    n_common as f32 / n_words.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_languages_are_noted() {
        let spanish = "La presidenta anunció el viernes que el gobierno no aceptará la propuesta \
                       y que las negociaciones continuarán durante la próxima semana.";
        let note = language(spanish).expect("not English");
        assert!(note.message.contains("Spanish"), "{}", note.message);
        assert!(
            language(
                "Правительство сообщило в пятницу, что переговоры продолжатся на \
                          следующей неделе, несмотря на протесты."
            )
            .is_some()
        );
    }

    #[test]
    fn english_and_short_texts_are_not() {
        assert_eq!(language("Ja."), None);
        assert_eq!(language("Bundestag, Landtag, Reichstag"), None);
        let names = "Müller, Schröder and Fernández met in São Paulo with Prime Minister Orbán \
                     and the mayors of Łódź and Kraków on Monday.";
        assert_eq!(language(names), None);
    }
}
