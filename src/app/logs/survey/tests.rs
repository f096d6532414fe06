//! Which lines of a log are loaded.

use super::*;
use crate::domain::{LogChunk, LogStream};

fn chunk(numbers: std::ops::Range<i64>) -> LogChunk {
    let mut chunk = LogChunk::default();
    numbers.for_each(|number| chunk.push(LogStream::Stdout, number / 3 + 1, number.to_string().as_bytes()));
    chunk
}

fn map(numbers: std::ops::Range<i64>) -> HitMap {
    let mut store = LogStore::new(1 << 20);
    store.append(chunk(numbers));
    let mut map = HitMap::default();
    store
        .lines(i64::MIN..i64::MAX)
        .for_each(|line| map.push(line, Found { is_hit: line.number % 10 == 0, is_error: false }));
    map
}

#[test]
fn loaded_lines_have_their_places_and_what_follows_is_added() {
    let mut store = LogStore::new(1 << 20);
    store.append(chunk(700..1_000));
    store.prepend(chunk(650..700));
    let mut survey = Survey::new(1, Wants::HitsAlone);
    survey.meet(&store);
    assert_eq!(survey.place(0), None, "nothing is known of the log");
    survey.take(SurveyPart::Found { behind: 0, map: map(0..640) });
    survey.meet(&store);
    assert_eq!(survey.place(0), None, "it has not come so far");
    survey.take(SurveyPart::Found { behind: 64, map: map(64..640) });
    assert_eq!(survey.map().lines(), 640, "that was taken already");
    survey.take(SurveyPart::Found { behind: 640, map: map(640..900) });
    survey.meet(&store);
    assert_eq!((survey.place(0), survey.place(-50), survey.number_of(0)), (Some(700), Some(650), Some(-700)));
    assert_eq!(survey.goes_on_at(), None, "it goes on by itself");
    survey.take(SurveyPart::Ended(None));
    assert_eq!(survey.goes_on_at(), Some(200));
    for line in store.lines(200..i64::MAX) {
        survey.go_on(line, Found { is_hit: true, is_error: false });
    }
    assert_eq!((survey.map().lines(), survey.map().count(900..1_000)), (1_000, 100));
    // Another part of the log is loaded; it is read anew.
    survey.cut_loose();
    assert_eq!(survey.place(0), None);
    survey.take(SurveyPart::Found { behind: 0, map: map(0..64) });
    assert_eq!(survey.map().lines(), 64);
}
