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
    /// Keys and notice.
    pub footer: Rect,
}

/// Which pane gets the screen when there is room for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pane {
    List,
    Detail,
}

/// From this width on, list and detail stand side by side.
const WIDE: u16 = 150;
/// Below this height, one pane has the screen.
const TALL: u16 = 24;

/// Divides the screen. `zoomed` gives the focused pane all of it.
pub fn layout(area: Rect, focus: Pane, zoomed: bool) -> Layout {
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
    let (list, detail) = divide(body, focus, zoomed || (area.height < TALL && area.width < WIDE));
    Layout { header, tabs, list, detail, footer }
}

fn divide(body: Rect, focus: Pane, single: bool) -> (Rect, Rect) {
    let nothing = Rect { width: 0, height: 0, ..body };
    if single {
        return match focus {
            Pane::List => (body, nothing),
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
        let at = |width, height| layout(Rect::new(0, 0, width, height), Pane::List, false);
        assert!(at(80, 24).detail.height > 5);
        assert!(at(80, 23).detail.is_empty());
        assert_eq!(at(200, 50).list.y, at(200, 50).detail.y);
        assert_eq!(list_rows(at(80, 24).list), 6);
        assert!((4..10).all(|height| list_rows(at(20, height).list) >= 1));
    }

    proptest! {
        #[test]
        fn regions_never_overlap_nor_leave_the_screen(width in 0u16..400, height in 0u16..200, detail: bool, zoomed: bool) {
            let area = Rect::new(0, 0, width, height);
            let focus = if detail { Pane::Detail } else { Pane::List };
            let Layout { header, tabs, list, detail, footer } = layout(area, focus, zoomed);
            let regions = [header, tabs, list, detail, footer];
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
