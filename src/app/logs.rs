//! A container's log: what is kept of it, and how the log pane looks at it.
//!
//! Reading order: [`LogStore`] (what is kept), [`escape`] (raw bytes to what may be drawn), [`Search`], [`LogView`].

pub mod escape;
mod hit_map;
mod joint;
pub mod json;
mod kept;
mod level;
mod merged;
mod seam;
mod search;
mod store;
mod survey;
mod view;
mod wrap;

pub use hit_map::{Found, HitMap};
pub use joint::FirstLines;
pub use json::JsonLook;
pub use kept::{Kept, Lines};
pub use level::{Level, level_of};
pub use merged::{Merged, Part};
pub use search::{Lens, Pace, Pattern, Progress, Search};
pub use store::{LineRef, LogStore};
pub use survey::{Survey, SurveyPart, Wants};
pub use view::{
    AROUND, Brought, FarStart, Goal, Jump, LogView, NotYet, Position, Source, Timestamps, TooMany, Viewport,
    VisibleRow, Wanted,
};
