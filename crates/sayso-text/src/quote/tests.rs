use crate::{Document, Span};

/// The quotations of `text` by depth, each in its words, `…` at the end of one that runs on; and
/// how many marks have no partner.
#[track_caller]
fn check(text: &str, quotations: &[(u8, &str)], n_lone: usize) {
    let document = Document::read(text.to_owned());
    let found: Vec<_> = document
        .quotations
        .iter()
        .map(|quotation| {
            let tokens = &document.tokens[quotation.tokens.range()];
            let (first, last) = (tokens[0].span, tokens[tokens.len() - 1].span);
            let words = Span::new(first.start(), last.end()).of(text);
            let end = if quotation.closed { "" } else { " …" };
            (quotation.depth, format!("{words}{end}"))
        })
        .collect();
    let expected: Vec<_> = quotations.iter().map(|(n, words)| (*n, (*words).to_owned())).collect();
    assert_eq!(found, expected);
    let lone = document.notes.iter().filter(|note| note.code == "unbalanced-quote").count();
    assert_eq!(lone, n_lone);
}

#[test]
fn marks_of_every_kind() {
    check("“No,” she said.", &[(0, "“No,”")], 0);
    check("\"No,\" she said, \"not now.\"", &[(0, "\"No,\""), (0, "\"not now.\"")], 0);
    check("Reyes: ‘No Appeal’", &[(0, "‘No Appeal’")], 0);
    check("He called it 'a mistake' again.", &[(0, "'a mistake'")], 0);
    check("« Non », dit-elle. «Oui».", &[(0, "« Non »"), (0, "«Oui»")], 0);
    check("„Nein“, sagte sie. »Nie«.", &[(0, "„Nein“"), (0, "»Nie«")], 0);
    check("``No,'' she said.", &[(0, "``No,''")], 0);
}

#[test]
fn nested() {
    check(
        "“She told me, ‘Never again,’ and left,” he said.",
        &[(0, "“She told me, ‘Never again,’ and left,”"), (1, "‘Never again,’")],
        0,
    );
    check(
        "\"He said 'no' and 'never',\" she said.",
        &[(0, "\"He said 'no' and 'never',\""), (1, "'no'"), (1, "'never'")],
        0,
    );
}

#[test]
fn apostrophes_are_no_quotation_marks() {
    check("The dogs’ owners of the ’90s don’t rock ’n’ roll with ’em.", &[], 0);
    check("The dogs' owners and the cats' owners", &[], 0);
    check("‘The dogs’ owners won’t pay,’ he said.", &[(0, "‘The dogs’ owners won’t pay,’")], 0);
    check("He is 6' 2\" tall, the board 8\" wide.", &[], 0);
}

#[test]
fn long_quotations_open_each_paragraph() {
    check(
        "“We will appeal, she said.\n“And we will win.\n“That is all.”\nShe left.\n",
        &[(0, "“We will appeal, she said. …"), (0, "“And we will win. …"), (0, "“That is all.”")],
        0,
    );
}

#[test]
fn lone_marks_are_noted() {
    check("“We will appeal, she said.\n\nShe left.", &[(0, "“We will appeal, she said. …")], 1);
    check("We will appeal,” she said.", &[], 1);
    check("We will \"appeal, she said.", &[], 1);
}

#[test]
fn many_marks_take_linear_time() {
    for unit in ["\"", "“", "‘ ” ", "” ", "«»", "\" a", "'a "] {
        let start = std::time::Instant::now();
        let document = Document::read(unit.repeat(200_000));
        assert!(start.elapsed().as_secs() < 10, "{unit}");
        assert!(document.notes.len() <= 200);
    }
}
