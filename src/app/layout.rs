//! Where everything is on the screen: a pure function of the size and what has the focus.
//!
//! Drawing, paging and mouse clicks all use it.

use ratatui::layout::Rect;

/// The regions of the screen. A region with no room is empty, never outside the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Host, counts, load.
    pub header: Rect,
    /// The views and their counts.
    pub tabs: Rect,
    /// The list with its frame; empty while the detail pane has the screen.
    pub list: Rect,
    /// The detail pane with its frame; empty while the list has the screen.
    pub detail: Rect,
    /// The console pane with its frame; empty while there is none to show.
    pub console: Rect,
    /// Keys and notice.
    pub footer: Rect,
}

/// Which pane has the focus, and the screen when there is room for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pane {
    List,
    Detail,
    Console,
}

/// What is to be laid out.
#[derive(Clone, Copy, Debug)]
pub struct Panes {
    pub focus: Pane,
    /// List or detail pane, whichever had the focus last: it stays in sight above a console.
    pub beneath: Pane,
    /// The focused pane has all of the screen.
    pub zoomed: bool,
    /// There is a console to show.
    pub console: bool,
}

/// From this width on, list and detail stand side by side.
const WIDE: u16 = 150;
/// Below this height, one pane has the screen.
const TALL: u16 = 24;
/// What is left beside a console is divided between list and detail from this height on.
const TALL_BESIDE: u16 = 14;

/// Divides the screen.
pub fn layout(area: Rect, panes: Panes) -> Layout {
    let rows = |top: u16, height: u16| Rect {
        y: area.y + top.min(area.height),
        height: height.min(area.height.saturating_sub(top)),
        ..area
    };
    // A list of four rows shows one thing between its frame and titles: before that, everything around it goes.
    let header = rows(0, u16::from(area.height >= 6));
    let tabs = rows(header.height, u16::from(area.height >= 7));
    let footer_height = u16::from(area.height >= 5);
    let top = header.height + tabs.height;
    let body = rows(top, area.height.saturating_sub(top + footer_height));
    let footer = rows(area.height.saturating_sub(footer_height), footer_height);
    let single = panes.zoomed || (area.height < TALL && area.width < WIDE);
    let (body, console) = with_console(body, panes, single);
    let (list, detail) = if body.is_empty() {
        (body, body)
    } else if panes.console && !single {
        divide(body, panes.beneath, body.height < TALL_BESIDE && body.width < WIDE)
    } else {
        divide(body, panes.focus, single)
    };
    Layout { header, tabs, list, detail, console, footer }
}

/// What list and detail get, and what the console gets.
fn with_console(body: Rect, panes: Panes, single: bool) -> (Rect, Rect) {
    let nothing = Rect { width: 0, height: 0, ..body };
    if !panes.console {
        return (body, nothing);
    }
    if single {
        return if panes.focus == Pane::Console { (nothing, body) } else { (body, nothing) };
    }
    let height = (body.height * 11 / 20).max(5).min(body.height);
    let above = body.height - height;
    (Rect { height: above, ..body }, Rect { y: body.y + above, height, ..body })
}

fn divide(body: Rect, focus: Pane, single: bool) -> (Rect, Rect) {
    let nothing = Rect { width: 0, height: 0, ..body };
    if single {
        return match focus {
            // A console without anything to show has the focus for as long as it takes to notice that.
            Pane::List | Pane::Console => (body, nothing),
            Pane::Detail => (nothing, body),
        };
    }
    if body.width >= WIDE {
        let width = body.width * 11 / 20;
        let detail = Rect { x: body.x + width, width: body.width - width, ..body };
        return (Rect { width, ..body }, detail);
    }
    let height = (body.height * 9 / 20).max(5).min(body.height);
    let detail = Rect { y: body.y + height, height: body.height - height, ..body };
    (Rect { height, ..body }, detail)
}

/// The inside of a framed pane.
pub fn inside(pane: Rect) -> Rect {
    Rect {
        x: pane.x.saturating_add(1.min(pane.width)),
        y: pane.y.saturating_add(1.min(pane.height)),
        width: pane.width.saturating_sub(2),
        height: pane.height.saturating_sub(2),
    }
}

/// How many rows of a list the framed pane shows under its column titles.
pub fn list_rows(pane: Rect) -> usize {
    usize::from(inside(pane).height.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn small_is_one_pane_and_wide_is_two_columns() {
        let panes = Panes { focus: Pane::List, beneath: Pane::List, zoomed: false, console: false };
        let at = |width, height| layout(Rect::new(0, 0, width, height), panes);
        assert!(at(80, 24).detail.height > 5);
        assert!(at(80, 23).detail.is_empty());
        assert_eq!(at(200, 50).list.y, at(200, 50).detail.y);
        assert_eq!(list_rows(at(80, 24).list), 6);
        assert!((4..10).all(|height| list_rows(at(20, height).list) >= 1));
    }

    #[test]
    fn a_console_leaves_something_in_sight() {
        let panes = Panes { focus: Pane::Console, beneath: Pane::Detail, zoomed: false, console: true };
        let at = |width, height| layout(Rect::new(0, 0, width, height), panes);
        assert!(at(80, 24).list.is_empty() && at(80, 24).detail.height > 8 && at(80, 24).console.height > 9);
        assert!(!at(120, 40).list.is_empty() && !at(120, 40).detail.is_empty());
        assert_eq!(at(200, 50).console.width, 200);
        assert_eq!(at(80, 20).console.height, 17);
        let zoomed = layout(Rect::new(0, 0, 120, 40), Panes { zoomed: true, ..panes });
        assert_eq!((zoomed.console.height, zoomed.list.is_empty(), zoomed.detail.is_empty()), (37, true, true));
    }

    proptest! {
        #[test]
        fn regions_never_overlap_nor_leave_the_screen(
            width in 0u16..400, height in 0u16..200, focus in 0..3usize, detail: bool, zoomed: bool, console: bool,
        ) {
            let area = Rect::new(0, 0, width, height);
            let focus = [Pane::List, Pane::Detail, Pane::Console][focus];
            let beneath = if detail { Pane::Detail } else { Pane::List };
            let panes = Panes { focus, beneath, zoomed, console };
            let Layout { header, tabs, list, detail, console, footer } = layout(area, panes);
            let regions = [header, tabs, list, detail, console, footer];
            for (index, region) in regions.iter().enumerate() {
                prop_assert_eq!(region.intersection(area), *region);
                for other in regions.iter().skip(index + 1) {
                    prop_assert!(region.intersection(*other).is_empty(), "{:?} {:?}", region, other);
                }
            }
            prop_assert_eq!(regions.iter().map(|region| region.area()).sum::<u32>(), area.area());
        }
    }
}
