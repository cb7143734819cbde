//! News sentences of our own with the times of the TIMEX3 guidelines, through the recogniser and the
//! resolver, without a model: tags are given only where a rule asks for them.

use sayso_analysis::Analysis;
use sayso_text::{Document, Offsets};

use super::times;
use crate::TimeKind;
use crate::text::Text;

/// A Thursday.
const PUBLISHED: &str = "2025-03-13";

/// The times of a text as `words=value`, joined by `; `.
fn read(text: &str, published: Option<&str>) -> String {
    let document = Document::read(text.to_owned());
    let analysis = Analysis::default();
    let at = Offsets::new(&document.text);
    let text = Text::new(&document, &analysis, &at, &[]);
    let rows = times(&text, published).rows;
    let row = |it: &super::Timed| {
        let words = text.span(it.tokens).unwrap().of(&document.text);
        let kind = match it.row.kind {
            TimeKind::Date => "",
            TimeKind::Time => " time",
            TimeKind::Duration => " duration",
            TimeKind::Set => " set",
        };
        format!("{words}={}{kind}", it.row.value.as_deref().unwrap_or("null"))
    };
    rows.iter().map(row).collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<_> = cases
        .iter()
        .map(|(text, expected)| (*text, read(text, Some(PUBLISHED)), *expected))
        .filter(|(_, found, expected)| found != expected)
        .map(|(text, found, expected)| format!("{text}\n  found    {found}\n  expected {expected}"))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn dates_in_full() {
    check(&[
        ("The pier opened on 8 August 2024.", "8 August 2024=2024-08-08"),
        ("The pier opened on August 8, 2024, at last.", "August 8, 2024=2024-08-08"),
        ("The pier opened on Aug. 8, 2024.", "Aug. 8, 2024=2024-08-08"),
        ("The pier opened on the 8th of August, 2024.", "the 8th of August, 2024=2024-08-08"),
        ("It was signed Friday, 7 March 2025.", "Friday, 7 March 2025=2025-03-07"),
        ("The form is dated 2024-11-30.", "2024-11-30=2024-11-30"),
        ("The form is dated 11/30/2024.", "11/30/2024=2024-11-30"),
        ("The form is dated 30.11.2024.", "30.11.2024=2024-11-30"),
        ("The dam broke in June 2019.", "June 2019=2019-06"),
        ("Prices rose in 2021.", "2021=2021"),
        ("The mill closed in mid-2019.", "mid-2019=2019"),
        ("The mill closed in early 2019.", "early 2019=2019"),
        ("The mill closed by the end of 2019.", "the end of 2019=2019"),
        ("The bridge dates from the 1880s.", "the 1880s=188"),
        ("Rents fell in the late 1990s.", "the late 1990s=199"),
        ("The bridge dates from the 19th century.", "the 19th century=18"),
        ("The wall was built in 490 BC.", "490 BC=BC0490"),
        ("Sales fell in the third quarter of 2024.", "the third quarter of 2024=2024-Q3"),
        ("Sales fell in Q3 2024.", "Q3 2024=2024-Q3"),
        ("Sales fell in the second half of 2016.", "the second half of 2016=2016-H2"),
        ("The budget for fiscal year 2026 is out.", "fiscal year 2026=2026"),
        ("Floods came in the summer of 2016.", "the summer of 2016=2016-SU"),
        ("They met on Christmas Day 2023.", "Christmas Day 2023=2023-12-25"),
        ("They met on Easter Monday 2024.", "Easter Monday 2024=2024-04-01"),
        ("They met on Thanksgiving 2024.", "Thanksgiving 2024=2024-11-28"),
    ]);
}

#[test]
fn ranges_are_two_dates() {
    check(&[
        ("He ruled from 1918 to 1920.", "1918=1918; 1920=1920"),
        ("He ruled in 1914-18.", "1914=1914; 18=1918"),
        ("The fair ran 12-14 June 2024.", "12=2024-06-12; 14 June 2024=2024-06-14"),
        ("The fair ran June 12-14, 2024.", "June 12=2024-06-12; 14, 2024=2024-06-14"),
        ("It rained in March and April 2018.", "March=2018-03; April 2018=2018-04"),
        ("It rained from October to March 2018.", "October=2017-10; March 2018=2018-03"),
    ]);
}

#[test]
fn days_around_the_day_of_publication() {
    check(&[
        ("The council met Monday.", "Monday=2025-03-10"),
        ("The council met on Thursday.", "Thursday=2025-03-13"),
        ("The council met last Tuesday.", "last Tuesday=2025-03-11"),
        ("The council meets next Tuesday.", "next Tuesday=2025-03-18"),
        ("The council meets this Saturday.", "this Saturday=2025-03-15"),
        ("It met yesterday.", "yesterday=2025-03-12"),
        ("It meets today and tomorrow.", "today=2025-03-13; tomorrow=2025-03-14"),
        ("It met the day before yesterday.", "the day before yesterday=2025-03-11"),
        ("It met three days ago.", "three days ago=2025-03-10"),
        ("It met last week.", "last week=2025-W10"),
        ("It met late last week.", "late last week=2025-W10"),
        ("It met two weeks ago.", "two weeks ago=2025-W09"),
        ("It met over the weekend.", "the weekend=2025-W10-WE"),
        ("It met this month.", "this month=2025-03"),
        ("It meets later this month.", "later this month=2025-03"),
        ("It met earlier this year.", "earlier this year=2025"),
        ("It met last year.", "last year=2024"),
        ("It met a year ago.", "a year ago=2024"),
        ("It met nearly two years ago.", "nearly two years ago=2023"),
        ("It met in June last year.", "June last year=2024-06"),
        ("It met in June of last year.", "June of last year=2024-06"),
        ("It meets next month.", "next month=2025-04"),
        ("It meets by the end of the year.", "the end of the year=2025"),
        ("It met last summer.", "last summer=2024-SU"),
        ("It met last November.", "last November=2024-11"),
        ("Sales rose in the first quarter.", "the first quarter=2025-Q1"),
        ("It met a decade ago.", "a decade ago=201"),
        ("It met several years ago.", "several years ago=PAST_REF"),
    ]);
}

#[test]
fn hours_and_parts_of_days() {
    check(&[
        ("It met Monday night.", "Monday night=2025-03-10TNI time"),
        ("It met this morning.", "this morning=2025-03-13TMO time"),
        ("It met last night.", "last night=2025-03-12TNI time"),
        ("It met yesterday afternoon.", "yesterday afternoon=2025-03-12TAF time"),
        ("It meets tonight.", "tonight=2025-03-13TNI time"),
        ("It met at 5:30 pm on Monday.", "5:30 pm=2025-03-10T17:30 time; Monday=2025-03-10"),
        ("It met at 16:00 GMT.", "16:00 GMT=2025-03-13T16:00Z time"),
        ("It met at noon Monday.", "noon Monday=2025-03-10T12:00 time"),
        ("The entry is 2025-03-08T16:20 exactly.", "2025-03-08T16:20=2025-03-08T16:20 time"),
        ("It met on the night of 8 March 2024.", "the night of 8 March 2024=2024-03-08TNI time"),
        (
            "It met at 9 o'clock on 4 May 2024.",
            "9 o'clock=2024-05-04T09:00 time; 4 May 2024=2024-05-04",
        ),
    ]);
}

#[test]
fn lengths_and_repetitions() {
    check(&[
        ("It lasted three days.", "three days=P3D duration"),
        ("It lasted more than two hours.", "more than two hours=PT2H duration"),
        ("It lasted nearly a year.", "nearly a year=P1Y duration"),
        ("It lasted half an hour.", "half an hour=PT30M duration"),
        ("It lasted two and a half years.", "two and a half years=P2.5Y duration"),
        ("It lasted several weeks.", "several weeks=PXW duration"),
        ("It lasted for decades.", "decades=PXDE duration"),
        ("It fell for the past three years.", "the past three years=P3Y duration"),
        ("It fell over the last three weeks.", "the last three weeks=P3W duration"),
        ("A five-year plan was drawn up.", "five-year=P5Y duration"),
        ("She won a two-day race.", "two-day=P2D duration"),
        ("It is printed daily.", "daily=P1D set"),
        ("It meets every Monday.", "every Monday=XXXX-WXX-1 set"),
        ("It meets every two weeks.", "every two weeks=P2W set"),
        ("It meets twice a week.", "a week=P1W set"),
        ("It makes 40 tons per day.", "per day=P1D set"),
        ("It closes on Sundays.", "Sundays=XXXX-WXX-7 set"),
    ]);
}

#[test]
fn times_of_speaking() {
    check(&[
        ("She now leads the board.", "now=PRESENT_REF"),
        ("He is currently abroad.", "currently=PRESENT_REF"),
        ("It was recently sold.", "recently=PAST_REF"),
        ("Talks failed in the past.", "the past=PAST_REF"),
        ("Talks may follow in the near future.", "the near future=FUTURE_REF"),
        ("Prices fell in recent weeks.", "recent weeks=PAST_REF"),
    ]);
}

#[test]
fn times_counted_from_what_is_told() {
    check(&[
        (
            "The dam broke on 4 May 2021. The next day it rained. Two weeks later it held.",
            "4 May 2021=2021-05-04; The next day=2021-05-05; Two weeks later=2021-W20",
        ),
        (
            "He came in 2010. The following year he left. By the end of that year he was back.",
            "2010=2010; The following year=2011; the end of that year=2011",
        ),
    ]);
}

#[test]
fn a_narrative_goes_on_from_the_time_told() {
    let text = "In 1911 the canal was dug. In June it was flooded. It opened in June 1913. On 8 July a \
                barge sank; two days later it was raised. In January 1914 it closed.";
    let expected = "1911=1911; June=1911-06; June 1913=1913-06; 8 July=1913-07-08; \
                    two days later=1913-07-10; January 1914=1914-01";
    assert_eq!(read(text, Some(PUBLISHED)), expected);
    assert_eq!(read(text, None), expected);
}

#[test]
fn a_time_that_hangs_on_an_unknown_day_stays_open() {
    assert_eq!(read("It met Friday.", None), "Friday=XXXX-WXX-5");
    assert_eq!(read("It met on 8 July.", None), "8 July=XXXX-07-08");
    assert_eq!(read("It met last week.", None), "last week=XXXX-WXX");
    assert_eq!(read("It met yesterday.", None), "yesterday=XXXX-XX-XX");
    assert_eq!(read("It met last year.", Some("soon")), "last year=XXXX");
}

#[test]
fn what_is_no_time_is_left_out() {
    let tree = "Only/ADV/3/advmod 1500/NUM/3/nummod horses/NOUN/0/root/horse/NNS ./PUNCT/3/punct";
    let (document, analysis) = crate::toy::read("Only 1500 horses .", tree);
    let at = Offsets::new(&document.text);
    assert!(times(&Text::new(&document, &analysis, &at, &[]), None).rows.is_empty());
    check(&[
        ("We may march on the second of them.", ""),
        ("Some 2,000 men came with $1950.", ""),
        ("The 16-year-old boy and a man aged 40 came.", ""),
        ("Room 1204 is on the third floor.", ""),
    ]);
}

#[test]
fn odd_dates_get_notes() {
    let codes = |text: &str| {
        let document = Document::read(text.to_owned());
        let analysis = Analysis::default();
        let at = Offsets::new(&document.text);
        let text = Text::new(&document, &analysis, &at, &[]);
        let found = times(&text, Some(PUBLISHED));
        let values: Vec<_> = found.rows.into_iter().map(|it| it.row.value).collect();
        (found.notes.into_iter().map(|it| it.code).collect::<Vec<_>>(), values)
    };
    assert_eq!(codes("It is due on 30 February 2025."), (vec!["impossible-date"], vec![None]));
    assert_eq!(codes("It is due on 32 January."), (vec!["impossible-date"], vec![None]));
    assert_eq!(codes("It is due on 00/00/2025."), (vec!["impossible-date"], vec![None]));
    let ambiguous = codes("It is due on 8/9/2025.");
    assert_eq!(ambiguous, (vec!["ambiguous-date"], vec![Some("2025-08-09".to_owned())]));
    // Another date of the text tells.
    let told = codes("It came on 25/9/2025 and left on 8/9/2025.");
    assert_eq!(told.0, Vec::<&str>::new());
    assert_eq!(told.1[1].as_deref(), Some("2025-09-08"));
}

#[test]
fn a_text_without_a_day_gets_a_note_if_its_times_need_one() {
    let codes = |text: &str, published| {
        let document = Document::read(text.to_owned());
        let analysis = Analysis::default();
        let at = Offsets::new(&document.text);
        let found = times(&Text::new(&document, &analysis, &at, &[]), published);
        found.notes.into_iter().map(|it| it.code).collect::<Vec<_>>()
    };
    assert_eq!(codes("It met last week, on Friday.", None), ["no-publication-date"]);
    assert!(codes("It met last week, on Friday.", Some(PUBLISHED)).is_empty());
    assert!(codes("It met on 3 May 2019 for two days.", None).is_empty());
    assert_eq!(read("It met on Christmas Day 2012.", None), "Christmas Day 2012=2012-12-25");
}

#[test]
fn years_in_words_and_centuries_with_mid() {
    check(&[
        ("It fell in nineteen eighty-four.", "nineteen eighty-four=1984"),
        ("It fell in two thousand and eight.", "two thousand and eight=2008"),
        ("It fell in the mid-19th century.", "the mid-19th century=18"),
        ("It sent nineteen men and two thousand horses.", ""),
    ]);
}
