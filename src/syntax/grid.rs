//! The grid that the cells of a table in HTML form: where each is, and how far it reaches.
//!
//! As browsers form it: a cell takes the first place in its row that no cell above reaches down to. Cells are kept by their
//! extents, never one by one, so a table costs what its tags do, whatever its `rowspan` and `colspan` say.

use super::markup::Tag;

/// No cell reaches over more columns than this.
const ACROSS: usize = 1000;

/// No cell reaches over more rows than this.
const DOWN: usize = 65_534;

/// Cells further right than this have no place of their own.
const WIDEST: usize = 1000;

/// Where a cell is in the grid of its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CellPlace {
    /// The row it starts in, as rows are shown: a `thead` is above the others, a `tfoot` below.
    pub row: usize,
    /// The column it starts in.
    pub column: usize,
    /// How many columns it reaches over.
    pub across: usize,
    /// How many rows it reaches over, as many as there are.
    pub down: usize,
}

/// Which rows belong together: no cell reaches out of its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum RowGroup {
    Head,
    Body,
    Foot,
}

/// A cell as its tag has it: how many columns and rows it asks for; no rows are all that are left.
#[derive(Clone, Copy, Debug)]
struct CellExtent {
    across: usize,
    down: usize,
}

/// The rows of a table, gathered tag by tag.
#[derive(Default)]
pub(super) struct Rows {
    /// The cells of each row, and of which group it is: what it is, and which of the table.
    rows: Vec<(Vec<CellExtent>, (RowGroup, usize))>,
    group: Option<RowGroup>,
    /// How many groups were begun.
    groups: usize,
    has_head: bool,
    has_foot: bool,
    /// Whether the last row goes on.
    open: bool,
}

impl Rows {
    /// Takes up a tag that structures the table; others are of no matter.
    pub(super) fn tag(&mut self, tag: &Tag, starts: bool) {
        match tag.name.as_str() {
            "thead" | "tbody" | "tfoot" => {
                self.open = false;
                self.groups += 1;
                // A second head or foot is shown where it is.
                self.group = match tag.name.as_str() {
                    "thead" if starts && !std::mem::replace(&mut self.has_head, true) => Some(RowGroup::Head),
                    "tfoot" if starts && !std::mem::replace(&mut self.has_foot, true) => Some(RowGroup::Foot),
                    _ => None,
                };
            }
            "tr" => {
                self.open = false;
                if starts {
                    self.row();
                }
            }
            "td" | "th" if starts => {
                if !self.open {
                    self.row();
                }
                let across = tag.attributes.across.filter(|across| *across > 0).unwrap_or(1);
                let extent =
                    CellExtent { across: across.min(ACROSS), down: tag.attributes.down.unwrap_or(1).min(DOWN) };
                if let Some((cells, _)) = self.rows.last_mut() {
                    cells.push(extent);
                }
            }
            _ => {}
        }
    }

    fn row(&mut self) {
        self.open = true;
        self.rows.push((Vec::new(), (self.group.unwrap_or(RowGroup::Body), self.groups)));
    }

    /// Where each cell is, in the order in which they came.
    pub(super) fn form(&self) -> Vec<CellPlace> {
        let mut places = Vec::new();
        let mut rest = self.rows.as_slice();
        while let [(_, group), ..] = rest {
            let length = rest.iter().take_while(|(_, other)| other == group).count();
            let (rows, behind) = rest.split_at_checked(length).unwrap_or((rest, &[]));
            // Rows that are shown before these: those of groups above, and of the same rank before them.
            let above = |(_, (other, at)): &&(Vec<CellExtent>, (RowGroup, usize))| (*other, *at) < *group;
            let start = self.rows.iter().filter(above).count();
            form_group(rows, start, &mut places);
            rest = behind;
        }
        places
    }
}

/// Where the cells of a group's `rows` are, the first of which is row `start` of the table.
fn form_group(rows: &[(Vec<CellExtent>, (RowGroup, usize))], start: usize, places: &mut Vec<CellPlace>) {
    // What reaches down from above, from left to right: from which column to which, and up to which row.
    let mut above: Vec<(usize, usize, usize)> = Vec::new();
    for (index, (cells, _)) in rows.iter().enumerate() {
        above.retain(|(_, _, until)| *until > index);
        let mut taken = above.iter().peekable();
        let mut column = 0;
        let mut fresh = Vec::new();
        for cell in cells {
            while let Some((_, end, _)) = taken.next_if(|(start, _, _)| *start <= column) {
                column = column.max(*end);
            }
            column = column.min(WIDEST);
            let left = rows.len() - index;
            let down = if cell.down == 0 { left } else { cell.down.min(left) };
            places.push(CellPlace { row: start + index, column, across: cell.across, down });
            if down > 1 && column < WIDEST {
                fresh.push((column, column + cell.across, index + down));
            }
            column += cell.across;
        }
        above.append(&mut fresh);
        above.sort_unstable();
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::{BlockKind, Tree};

    /// The cells of the only table in `page` by row and column, each with its text and how far it reaches.
    fn formed(page: &str) -> Vec<String> {
        let mut at = 0;
        for block in Tree::parse(page).blocks {
            let start = at;
            at += block.len;
            if !matches!(block.kind, BlockKind::Table(_)) {
                continue;
            }
            let rows = block.rows();
            let cells = rows.iter().flatten().map(|cell| cell.shift(start).of(page));
            let grid = block.grid.expect("a table in HTML has a grid");
            assert_eq!(grid.len(), cells.clone().count());
            let shown = cells.zip(grid.iter()).map(|(text, place)| {
                let reach = if place.across + place.down > 2 {
                    format!(" {}×{}", place.across, place.down)
                } else {
                    String::new()
                };
                format!("{text} {},{}{reach}", place.row, place.column)
            });
            return shown.collect();
        }
        panic!("no table: {page}");
    }

    #[test]
    fn a_cell_takes_the_first_place_that_is_free() {
        let page =
            "<table><tr><td rowspan=3 colspan=\"2\">a<td>b<td>c<tr><td rowspan='2'>d<td>e<tr><td>f<tr><td>g</table>";
        assert_eq!(formed(page), ["a 0,0 2×3", "b 0,2", "c 0,3", "d 1,2 1×2", "e 1,3", "f 2,3", "g 3,0"]);
    }

    #[test]
    fn no_cell_reaches_out_of_its_group() {
        let page = "<table><tr><td rowspan=0>a<td>b<tr><td>c<tbody><tr><td rowspan=9>d<td>e<tr><td>f</tbody><tr><td>g<td>h</table>";
        assert_eq!(formed(page), ["a 0,0 1×2", "b 0,1", "c 1,1", "d 2,0 1×2", "e 2,1", "f 3,1", "g 4,0", "h 4,1"]);
    }

    #[test]
    fn heads_and_feet_stand_where_they_are_shown() {
        let page =
            "<TABLE><TFOOT><TR><TD>z<TD>y<TBODY><TR><TD>a<TD>b<THEAD><TR><TH>h<TH>i<TFOOT><TR><TD>x<TD>w</TABLE>";
        assert_eq!(formed(page), ["z 3,0", "y 3,1", "a 1,0", "b 1,1", "h 0,0", "i 0,1", "x 2,0", "w 2,1"]);
    }

    #[test]
    fn odd_tables_are_formed_too() {
        // Overlapping cells, an empty row, cells without a row, numbers that are none.
        let page = "<table><td>a<td rowspan=2>b</tr><tr><td colspan=3>c</tr><tr></tr><tr><td rowspan=x colspan=0>d<td colspan=' +2px'>e</table>";
        assert_eq!(formed(page), ["a 0,0", "b 0,1 1×2", "c 1,0 3×1", "d 3,0", "e 3,1 2×1"]);
        let page = "<table><tr><td rowspan=3>a<td>b<tr></tr><tr><td>c<tr><td>d</table>";
        assert_eq!(formed(page), ["a 0,0 1×3", "b 0,1", "c 2,1", "d 3,0"]);
    }

    #[test]
    fn large_numbers_cost_nothing() {
        let row = "<tr>".to_owned() + &"<td rowspan=65534 colspan=1000>0".repeat(20);
        let page = format!("<table>{}</table>", row.repeat(3000));
        let started = std::time::Instant::now();
        let cells = formed(&page);
        assert!(started.elapsed() < std::time::Duration::from_secs(20), "{:?}", started.elapsed());
        assert_eq!(cells.len(), 60_000);
        assert_eq!(cells.first().map(String::as_str), Some("0 0,0 1000×3000"));
        let page = format!("<table>{}</table>", "<tr><td rowspan=99999999999999999999>0<td>1".repeat(3000));
        assert_eq!(formed(&page).last().map(String::as_str), Some("1 2999,1000"));
    }
}
