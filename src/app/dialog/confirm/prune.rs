//! What a prune of images would take, and how much that would free: told before it is asked for.

use super::act::{ConfirmOption, OptionName, is_on};
use crate::app::host::Host;
use crate::app::line_input::LineInput;
use crate::domain::text::{clean, counted, long_bytes};
use crate::domain::{Failure, Image, ImageId, ImageRequest, Invalid, Request};
use std::collections::{HashMap, HashSet};

/// Names told in the note.
const TOLD: usize = 8;

/// The images that no container uses, as the lists had them.
#[derive(Clone, Debug)]
pub struct PrunePlan {
    candidates: Vec<Candidate>,
    /// Seconds since the Unix epoch.
    now: i64,
    sizes: Sizes,
}

#[derive(Clone, Debug)]
struct Candidate {
    id: ImageId,
    title: Box<str>,
    is_dangling: bool,
    created: i64,
    size: u64,
}

/// How much each image has of its own.
#[derive(Clone, Debug)]
enum Sizes {
    Awaited,
    Known(HashMap<ImageId, u64>),
    Unknown(String),
}

impl PrunePlan {
    pub fn new(host: &Host, now: i64) -> Self {
        Self { candidates: Self::candidates(host), now, sizes: Sizes::Awaited }
    }

    /// Takes what the lists have now.
    pub fn learn(&mut self, host: &Host) {
        self.candidates = Self::candidates(host);
    }

    fn candidates(host: &Host) -> Vec<Candidate> {
        let parents: HashSet<&ImageId> = host.images.rows.iter().filter_map(|image| image.parent.as_ref()).collect();
        let unused = host.images.rows.iter().filter(|image| host.tally.image_users(&image.id) == 0);
        let candidate = |image: &Image| Candidate {
            id: image.id.clone(),
            title: clean(image.title()).into(),
            is_dangling: image.is_dangling() && !parents.contains(&image.id),
            created: image.created,
            size: image.size,
        };
        unused.map(candidate).collect()
    }

    /// Takes what the engine measured.
    pub fn measured(&mut self, sizes: &Result<HashMap<ImageId, u64>, Failure>) {
        self.sizes = match sizes {
            Ok(sizes) => Sizes::Known(sizes.clone()),
            Err(failure) => Sizes::Unknown(failure.sentence.clone()),
        };
    }

    pub(super) fn options() -> Vec<ConfirmOption> {
        vec![
            ConfirmOption::Toggle { name: OptionName::UnusedImages, on: false },
            ConfirmOption::Age { name: OptionName::OlderThan, text: LineInput::default() },
        ]
    }

    pub(super) fn requests(options: &[ConfirmOption]) -> Vec<Request> {
        let until = age(options).map(|(until, _)| until).unwrap_or_default();
        vec![ImageRequest::Prune { unused: is_on(options, OptionName::UnusedImages), until }.into()]
    }

    /// What goes as the options stand, and what that frees.
    pub(super) fn notes(&self, options: &[ConfirmOption]) -> Vec<String> {
        let unused = is_on(options, OptionName::UnusedImages);
        let oldest = age(options).map(|(_, seconds)| self.now - seconds);
        let goes = |candidate: &&Candidate| {
            (unused || candidate.is_dangling) && oldest.is_none_or(|oldest| candidate.created < oldest)
        };
        let going: Vec<&Candidate> = self.candidates.iter().filter(goes).collect();
        if going.is_empty() {
            return vec!["Nothing would go: there is no such image.".to_owned()];
        }
        let named = going.iter().take(TOLD).map(|one| &*one.title).collect::<Vec<_>>().join(", ");
        let more = match going.len().saturating_sub(TOLD) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let verb = if going.len() == 1 { "goes" } else { "go" };
        let freed = match &self.sizes {
            Sizes::Awaited => "How much that frees is being measured…".to_owned(),
            Sizes::Known(sizes) => {
                let own = |one: &&Candidate| sizes.get(&one.id).copied();
                let bytes = long_bytes(going.iter().filter_map(own).fold(0, u64::saturating_add));
                // One alone, or several that share nothing with any other.
                if going.iter().all(|one| own(one).is_some_and(|own| going.len() == 1 || own == one.size)) {
                    format!("That frees {bytes}.")
                } else {
                    format!("That frees {bytes} or more: what only they share comes on top.")
                }
            }
            Sizes::Unknown(reason) => format!("How much that frees is not known: {reason}"),
        };
        vec![format!("{} {verb}: {named}{more}.", counted(going.len(), "image", "images")), freed]
    }
}

fn age(options: &[ConfirmOption]) -> Option<(String, i64)> {
    options.iter().find_map(|option| match option {
        ConfirmOption::Age { text, .. } => parse_age(text.text()).ok().flatten(),
        ConfirmOption::Toggle { .. } | ConfirmOption::Seconds { .. } | ConfirmOption::Text { .. } => None,
    })
}

/// `36h`, `7d` or `2w`: as engines take it, and in seconds. Nothing is any age.
///
/// # Errors
/// A sentence where it is none of these.
pub fn parse_age(text: &str) -> Result<Option<(String, i64)>, Invalid> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || Invalid::new(format!("“{}” is no age: write 12h, 7d or 4w.", text.escape_debug()));
    let unit = text.chars().last().ok_or_else(wrong)?;
    let number: i64 = text.strip_suffix(unit).unwrap_or_default().parse().map_err(|_| wrong())?;
    let hours = match unit {
        'h' => number,
        'd' => number.saturating_mul(24),
        'w' => number.saturating_mul(24 * 7),
        _ => return Err(wrong()),
    };
    if !(1..=1_000_000).contains(&hours) {
        return Err(wrong());
    }
    Ok(Some((format!("{hours}h"), hours * 3_600)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::dialog::confirm::{Act, Confirm};
    use crate::app::form::fixture::{app, image, tell};
    use crate::app::msg::HostMsg;

    #[test]
    fn ages_are_read_as_engines_take_them() {
        assert_eq!(parse_age("").unwrap(), None);
        assert_eq!(parse_age(" 7d ").unwrap(), Some(("168h".into(), 604_800)));
        for wrong in ["7", "d", "-3h", "0h", "7 days", "99999999w"] {
            assert!(parse_age(wrong).unwrap_err().sentence().contains("12h"), "{wrong}");
        }
    }

    #[test]
    fn what_goes_is_named_and_measured_as_the_choices_stand() {
        let mut app = app();
        let dangling = Image { tags: Vec::new(), created: 0, ..image("old:1") };
        let free = Image { created: 900_000, ..image("free:1") };
        tell(&mut app, HostMsg::Images(Ok(vec![dangling.clone(), free.clone()])));
        let mut plan = PrunePlan::new(app.host(), 1_000_000);
        assert!(plan.notes(&PrunePlan::options())[1].contains("being measured"));
        plan.measured(&Ok([(dangling.id.clone(), 2048), (free.id.clone(), 1024)].into()));
        let mut confirm = Confirm::new(app.host(), Act::PruneImages(plan));
        assert!(
            confirm.notes[0].starts_with("1 image goes: ") && confirm.notes[1].contains("2.0 KiB"),
            "{:?}",
            confirm.notes
        );
        if let Some(ConfirmOption::Toggle { on, .. }) = confirm.options.first_mut() {
            *on = true;
        }
        confirm.renew();
        assert!(
            confirm.notes[0].starts_with("2 images go: ") && confirm.notes[1].contains("3.0 KiB"),
            "{:?}",
            confirm.notes
        );
        if let Some(ConfirmOption::Age { text, .. }) = confirm.options.last_mut() {
            text.set_text("3d");
        }
        confirm.renew();
        assert!(confirm.notes[0].starts_with("1 image goes: "), "{:?}", confirm.notes);
        assert_eq!(confirm.command(1), "docker image prune --all --filter 'until=72h'");
    }
}
