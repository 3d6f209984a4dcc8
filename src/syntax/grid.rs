//! The grid of an HTML table: the place and the extent of each cell.
//!
//! It follows the algorithm of browsers: a cell takes the first place in its row that no cell above covers. Cells are
//! stored with their extents, so the cost of a table depends on its tags, not on its `rowspan` and `colspan`.

use super::markup::Tag;

/// The largest number of columns of a cell.
const ACROSS: usize = 1000;

/// The largest number of rows of a cell.
const DOWN: usize = 65_534;

/// Cells further right than this all have the same column.
const WIDEST: usize = 1000;

/// The place of a cell in the grid of its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CellPlace {
    /// The row in which it starts, in display order: a `thead` is above the others, a `tfoot` below.
    pub row: usize,
    /// The column in which it starts.
    pub column: usize,
    /// How many columns it covers.
    pub across: usize,
    /// How many of the existing rows it covers.
    pub down: usize,
}

/// A group of rows: no cell extends beyond its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum RowGroup {
    Head,
    Body,
    Foot,
}

/// The numbers of columns and rows in a cell's tag; 0 rows means all remaining rows.
#[derive(Clone, Copy, Debug)]
struct CellExtent {
    across: usize,
    down: usize,
}

/// The rows of a table, collected tag by tag.
#[derive(Default)]
pub(super) struct Rows {
    /// The cells of each row, and the kind and the number of its group.
    rows: Vec<(Vec<CellExtent>, (RowGroup, usize))>,
    group: Option<RowGroup>,
    /// How many groups there are so far.
    groups: usize,
    has_head: bool,
    has_foot: bool,
    /// Whether the last row is still open.
    open: bool,
}

impl Rows {
    /// Processes a tag; only tags that structure the table have an effect.
    pub(super) fn tag(&mut self, tag: &Tag, starts: bool) {
        match tag.name.as_str() {
            "thead" | "tbody" | "tfoot" => {
                self.open = false;
                self.groups += 1;
                // Browsers show a second head or foot in the order of the text.
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

    /// The place of each cell, in the order of the tags.
    pub(super) fn form(&self) -> Vec<CellPlace> {
        let mut places = Vec::new();
        let mut rest = self.rows.as_slice();
        while let [(_, group), ..] = rest {
            let length = rest.iter().take_while(|(_, other)| other == group).count();
            let (rows, after) = rest.split_at_checked(length).unwrap_or((rest, &[]));
            // Rows that are shown before these: those of higher groups, and of earlier groups of the same rank.
            let above = |(_, (other, at)): &&(Vec<CellExtent>, (RowGroup, usize))| (*other, *at) < *group;
            let start = self.rows.iter().filter(above).count();
            form_group(rows, start, &mut places);
            rest = after;
        }
        places
    }
}

/// The places of the cells of a group's `rows`, the first of which is row `start` of the table.
fn form_group(rows: &[(Vec<CellExtent>, (RowGroup, usize))], start: usize, places: &mut Vec<CellPlace>) {
    // The cells that extend down from above, from left to right: first column, end column and end row.
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

    /// The cells of the only table in `page` by row and column, each with its text and extent.
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
        // Overlapping cells, an empty row, cells without a row, invalid numbers.
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
