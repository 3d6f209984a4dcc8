//! The web page around a report: the article in it, and the page's data about the article.
//!
//! The article is the innermost element that contains every section heading and every table of the report. If a site
//! puts more text into that element, typical words of web pages mark the end of the report.

use super::grid_reading::CellContent;
use super::reading::{BlockReading, Prose, Reading};
use crate::statute::{Label, is_page_chrome};
use crate::syntax::{MetaName, Step};
use crate::text::{Span, fold};
use std::ops::Range;
use std::sync::Arc;

/// The page that a report is in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The report's own text: from its title, or its first line, to its last line.
    pub article: Span,
    /// `<meta name="ArticleTitle">`
    pub title: Option<Said>,
    /// `<meta name="PubDate">`
    pub published: Option<Said>,
    /// `<meta name="ContentSource">`
    pub source: Option<Said>,
}

/// A text of a page about its article.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The words.
    pub text: String,
    /// Their place.
    pub span: Span,
}

impl Page {
    /// Puts every span where `to` does.
    pub(super) fn map_spans(&mut self, to: impl Fn(Span) -> Span) {
        let Page { article, title, published, source } = self;
        *article = to(*article);
        for said in [title, published, source].into_iter().flatten() {
            said.span = to(said.span);
        }
    }

    /// What the page with `readings`, of which `seen` is seen, says of its article, which is not known yet; `None` if
    /// it is no page.
    pub(super) fn of(seen: &str, readings: &[Arc<BlockReading>], offsets: &[usize]) -> Option<Page> {
        let mut page = Page::default();
        let mut is_page = false;
        for (reading, offset) in readings.iter().zip(offsets) {
            is_page |= reading.around.is_some();
            let Reading::Meta(said) = &reading.reading else { continue };
            is_page = true;
            for (name, span) in said {
                let span = span.shift(*offset);
                let place = match name {
                    MetaName::ArticleTitle => &mut page.title,
                    MetaName::Published => &mut page.published,
                    MetaName::ContentSource => &mut page.source,
                };
                place.get_or_insert_with(|| Said { text: span.of(seen).trim().to_owned(), span });
            }
        }
        is_page.then_some(page)
    }
}

/// The elements that are open at a place, each with a number of its own, the outermost first.
#[derive(Default)]
struct Path {
    open: Vec<(&'static str, usize)>,
    count: usize,
}

impl Path {
    /// Calls `each` for every block of `readings` with the elements that its words are in.
    fn walk(readings: &[Arc<BlockReading>], mut each: impl FnMut(usize, &[(&'static str, usize)])) {
        let mut path = Path::default();
        for (index, reading) in readings.iter().enumerate() {
            let around = reading.around.as_deref();
            path.take(around.map_or(&[], |around| &around.before));
            each(index, &path.open);
            path.take(around.map_or(&[], |around| &around.after));
        }
    }

    fn take(&mut self, steps: &[Step]) {
        for step in steps {
            if step.opens {
                // The end of a cell or of a row need not be written.
                let ends = |open: &str| match step.name {
                    "li" => open == "li",
                    "td" | "th" => matches!(open, "td" | "th"),
                    "tr" | "tbody" => matches!(open, "td" | "th" | "tr"),
                    _ => false,
                };
                while self.open.last().is_some_and(|(open, _)| ends(open)) {
                    self.open.pop();
                }
                self.count += 1;
                self.open.push((step.name, self.count));
            } else if let Some(at) = self.open.iter().rposition(|(open, _)| *open == step.name) {
                // A tag that ends nothing is passed over, as browsers do.
                self.open.truncate(at);
            }
        }
    }
}

/// The numbers that ordered lists give to the blocks of a page that start an item.
pub(super) fn items(readings: &[Arc<BlockReading>]) -> Vec<(usize, u8)> {
    let mut items = Vec::new();
    // The number of the last item of each list that is open.
    let mut lists: Vec<u8> = Vec::new();
    for (index, reading) in readings.iter().enumerate() {
        let Some(around) = &reading.around else { continue };
        let mut item = None;
        for (step, before) in
            around.before.iter().map(|step| (step, true)).chain(around.after.iter().map(|step| (step, false)))
        {
            match (step.name, step.opens) {
                ("ol", true) => lists.push(step.number.unwrap_or(1).saturating_sub(1)),
                ("ol", false) => drop(lists.pop()),
                ("li", true) => {
                    if let Some(last) = lists.last_mut() {
                        *last = step.number.unwrap_or(last.saturating_add(1));
                        item = before.then_some(*last).or(item);
                    }
                }
                _ => {}
            }
        }
        items.extend(item.map(|number| (index, number)));
    }
    items
}

/// Whether a table has the label of a row.
pub(super) fn has_rows(reading: &Reading) -> bool {
    let Reading::Table(grid) = reading else { return false };
    let is_row =
        |content: &CellContent| matches!(content, CellContent::Label(label) if matches!(label.label, Label::Row(_)));
    grid.rows.iter().flatten().any(|cell| is_row(&cell.content))
}

/// The blocks of the article, whose sections have their headings at `headings`.
pub(super) fn article(
    seen: &str,
    readings: &[Arc<BlockReading>],
    offsets: &[usize],
    headings: &[Span],
) -> Option<Range<usize>> {
    let words = |index: usize| -> Option<(&Prose, Span)> {
        match &readings.get(index)?.reading {
            Reading::Prose(prose) => Some((prose, prose.span.shift(*offsets.get(index)?))),
            _ => None,
        }
    };
    let mut common: Option<Vec<usize>> = None;
    let (mut anchors, mut last_heading) = (0, 0);
    Path::walk(readings, |index, open| {
        let heading = words(index).is_some_and(|(_, span)| headings.contains(&span));
        if heading {
            last_heading = index;
        }
        if !heading && !readings.get(index).is_some_and(|reading| has_rows(&reading.reading)) {
            return;
        }
        anchors += 1;
        match &mut common {
            None => common = Some(open.iter().map(|(_, number)| *number).collect()),
            Some(common) => {
                let same = common.iter().zip(open).take_while(|(a, (_, b))| **a == *b).count();
                common.truncate(same);
            }
        }
    });
    let mut common = common?;
    let mut range = inside(readings, &common);
    // A single heading may have an element of its own.
    let said = |range: &Range<usize>| range.clone().filter(|index| words(*index).is_some()).count();
    while anchors == 1 && !common.is_empty() && said(&range) < 2 {
        common.pop();
        range = inside(readings, &common);
    }
    let range = with_signature(seen, &words, range);
    // Where the page goes on inside of the same element.
    let is_chrome = |index: usize| words(index).is_some_and(|(_, span)| is_page_chrome(&fold(span.of(seen))));
    let end = (last_heading + 1..range.end).find(|index| is_chrome(*index)).unwrap_or(range.end);
    Some(range.start..end.max(last_heading + 1))
}

/// The blocks whose words are in the last element of `path`.
fn inside(readings: &[Arc<BlockReading>], path: &[usize]) -> Range<usize> {
    let mut range: Option<Range<usize>> = None;
    Path::walk(readings, |index, open| {
        let inside = match path.last() {
            None => true,
            Some(last) => open.get(path.len() - 1).is_some_and(|(_, number)| number == last),
        };
        if inside {
            range = Some(range.as_ref().map_or(index, |range| range.start)..index + 1);
        }
    });
    range.unwrap_or(0..readings.len())
}

/// `range` with the lines after it up to a date, if those are who signs, and when.
fn with_signature<'a>(
    seen: &str,
    words: &impl Fn(usize) -> Option<(&'a Prose, Span)>,
    range: Range<usize>,
) -> Range<usize> {
    let short = |span: Span| fold(span.of(seen)).chars().count();
    let is_date = |index: usize| {
        words(index).is_some_and(|(prose, span)| {
            short(span) <= 12 && prose.years.iter().any(|year| year.date.is_some() && !year.quoted)
        })
    };
    let lines_before = range.clone().rev().filter(|index| words(*index).is_some()).take(4);
    if lines_before.into_iter().any(is_date) {
        return range;
    }
    let behind = (range.end..).take_while(|index| *index < range.end + 40);
    let mut lines = behind.filter(|index| words(*index).is_some()).take(3);
    let signs = |index: &usize| {
        words(*index).is_some_and(|(_, span)| short(span) <= 30 && !is_page_chrome(&fold(span.of(seen))))
    };
    match lines.by_ref().take_while(signs).find(|index| is_date(*index)) {
        Some(date) => range.start..date + 1,
        None => range,
    }
}

#[cfg(test)]
mod tests {
    use crate::report::Document;

    const TITLE: &str = "云岭市水务局2023年政府信息公开工作年度报告";
    const REPORT: &str = "<p>一、总体情况</p><p>做了工作。</p><p>二、主动公开政府信息情况</p>\
                          <p>六、其他需要报告的事项</p><p>没有其他事项。</p>";

    /// The article of `page` as its reader sees it, without line ends, and the title of the report.
    fn seen(page: &str) -> (String, String) {
        let document = Document::new(page);
        let (_, unit) = document.units().next().unwrap();
        let view = unit.view().unwrap();
        let article = view.report.page.as_ref().unwrap().article.of(view.text.text());
        let title = view.report.title.as_ref().map_or("", |title| title.span.of(view.text.text()));
        (article.replace('\n', ""), title.to_owned())
    }

    #[track_caller]
    fn check(page: &str, before: &str, after: &str) {
        let body = "一、总体情况做了工作。二、主动公开政府信息情况六、其他需要报告的事项没有其他事项。";
        assert_eq!(seen(page), (format!("{before}{body}{after}"), TITLE.to_owned()), "{page}");
    }

    #[test]
    fn the_article_is_the_element_that_holds_the_report() {
        let own = format!("<p>{TITLE}</p>");
        let page = |inside: &str| {
            format!(
                "<body><div class=head><p>首页</p><div>{}度报告</div></div><div><div id=zoom>{inside}</div><p>编辑：某</p></div>\
                 <div><p>主办单位：云岭市人民政府</p><p>2018年5月1日建站</p></div></body>",
                TITLE.replace("年政府信息公开工作年度报告", "年度政府信息公开工作年")
            )
        };
        check(&page(&format!("{own}{REPORT}")), TITLE, "");
        check(
            &page(&format!("{own}{REPORT}<div>云岭市水务局<br>2024年1月5日</div>")),
            TITLE,
            "云岭市水务局2024年1月5日",
        );
        // Each section in an element of its own; elements that are not closed.
        let parts = REPORT.replace("<p>二", "</div><div><p>二").replace("<p>六", "</div><div><p>六");
        check(&page(&format!("{own}<div>{parts}</div>")), TITLE, "");
        check(&page(&format!("{own}{REPORT}</span></p>")), TITLE, "");
        // Who signs, and when, after it.
        let signed =
            page(&format!("{own}{REPORT}")).replace("<p>编辑：某</p>", "<p>云岭市水务局</p><p>2024年1月5日</p>");
        check(&signed, TITLE, "云岭市水务局2024年1月5日");
    }

    #[test]
    fn words_of_pages_end_a_report_in_the_same_element() {
        check(&format!("<body><p>首页</p><p>{TITLE}</p>{REPORT}<p>打印 关闭</p><p>版权所有</p></body>"), TITLE, "");
    }

    #[test]
    fn a_layout_in_tables_has_cells_for_elements() {
        // A cell as long as this is none of a table with data.
        let links = "友".repeat(250);
        let page = format!("<table><tr><td>导航<tr><td><h1>{TITLE}</h1>{REPORT}<td>{links}</table><p>网站地图</p>");
        check(&page, TITLE, "");
    }

    #[test]
    fn what_a_page_says_of_its_article_is_at_hand() {
        let page = format!(
            "<html><head><meta name=\"ArticleTitle\" content=\"年度&amp;报告\"/><meta name=PubDate content=2024-01-05></head>\
             <body><div>{TITLE}</div><div>{REPORT}</div></body></html>"
        );
        check(&page, "", "");
        let document = Document::new(&page);
        let (_, unit) = document.units().next().unwrap();
        let said = unit.report().page.as_ref().unwrap();
        let (title, published) = (said.title.as_ref().unwrap(), said.published.as_ref().unwrap());
        assert_eq!((title.text.as_str(), title.span.of(&page)), ("年度&报告", "年度&amp;报告"));
        assert_eq!((published.text.as_str(), published.span.of(&page)), ("2024-01-05", "2024-01-05"));
        assert_eq!(said.source, None);
        assert_eq!(unit.report().title.as_ref().map(|title| title.span.of(&page)), Some(TITLE));
    }

    #[test]
    fn a_text_without_markup_is_no_page() {
        let text = format!("{TITLE}\n\n一、总体情况\n做了工作。\n二、主动公开政府信息情况\n");
        let document = Document::new(&text);
        let (_, unit) = document.units().next().unwrap();
        assert_eq!(unit.report().page, None);
    }
}
