//! What is in prose, explained: the title, sub-headings, laws that are named, and figures that a table has too.

use super::markdown::excerpt;
use super::{HoverSubject, Paragraphs, Target};
use crate::config::Language;
use crate::report::{Amount, StatedYear, Statement};
use crate::say;
use crate::statute::explain::laws::{self, Mention};
use crate::statute::explain::{self, Law};
use crate::statute::prose::Fact;
use crate::statute::{Aspect, CellRef, Edition, Section, TITLE_TAIL, subsection_number};
use crate::text::Span;

/// What Markdown writes before the words of a heading or of strong text.
const MARKDOWN_MARKS: [char; 4] = ['#', '*', '_', ' '];

/// A sub-heading is the start of its line up to the first of these, and no longer than this, in characters.
const HEADING_ENDS: [char; 7] = ['。', '：', ':', '；', '，', '*', '\n'];
const LONGEST_HEADING: usize = 30;

/// The most provisions that a hover quotes, and the most names that it lists of what rests on them.
const QUOTES: usize = 4;
const RESTING: usize = 6;

impl<'a> HoverSubject<'a> {
    /// Adds what is in the title and the paragraphs at `offset`.
    pub(super) fn add_prose(&self, offset: usize, found: &mut Vec<(Span, Target<'a>)>) {
        let report = self.report;
        found.extend(report.title.iter().map(|title| (title.span, Target::Title)));
        for statement in &report.statements {
            if let Some(fact) = statement.fact {
                let span = statement.measure.map_or(statement.span, |(_, measure)| statement.span.cover(measure));
                found.push((span, Target::Stated(statement, fact)));
            }
        }
        for paragraph in report.paragraphs.iter().filter(|paragraph| paragraph.span.touches(offset)) {
            let text = paragraph.span.of(self.unit.source);
            for mention in laws::mentions(text) {
                let span = Span::from(mention.range.clone()).shift(paragraph.span.start);
                found.push((span, Target::Law(mention)));
            }
            let heading = text.trim_start_matches(MARKDOWN_MARKS);
            let before = text.len() - heading.len();
            if let (Some(section), Some((_, number))) = (paragraph.section, subsection_number(heading)) {
                let marks = before + number;
                let name = text.get(marks..).unwrap_or_default();
                let end = name.find(HEADING_ENDS).unwrap_or(name.len());
                let name = name.get(..end).unwrap_or_default();
                if name.chars().count() <= LONGEST_HEADING {
                    let span = Span::new(paragraph.span.start, paragraph.span.start + marks + end);
                    let aspect = (section == Section::Overview).then(|| aspect_named(name)).flatten();
                    found.push((span, Target::SubHeading(section, aspect)));
                }
            }
        }
    }

    /// What a title is made of, and what is read out of this one.
    pub(super) fn title_line(&self, page: &mut Paragraphs) {
        let language = self.language;
        page.add(say!(
            language,
            "**标题**：机关名称＋年份＋“{TITLE_TAIL}”",
            "**Title**: name of the body, year, and “{TITLE_TAIL}”"
        ));
        let mut lines = Vec::new();
        if let Some((name, _)) = self.report.title.as_ref().and_then(|title| title.body.as_ref()) {
            let name = excerpt(name, 60);
            lines.push(say!(language, "- 机关：{name}", "- body: {name}"));
        }
        if let Some((year, _)) = self.report.year {
            let notice = Edition::of_year(year).notice();
            lines.push(say!(language, "- 年度：{year}", "- year: {year}"));
            lines.push(say!(language, "- 适用格式：{notice}", "- format that applies: {notice}"));
        }
        page.list(lines);
        page.add(say!(
            language,
            "标题的写法没有文件规定，这是通行的写法。",
            "No notice prescribes the title; this is how nearly all reports write it."
        ));
    }

    /// What belongs under a sub-heading.
    pub(super) fn sub_heading(&self, page: &mut Paragraphs, section: Section, aspect: Option<Aspect>) {
        let Some(aspect) = aspect else { return self.section(page, section) };
        self.title(page, aspect.name(), aspect.english());
        page.add(format!("{} › {}", section.heading(), aspect.name()));
        page.add(self.pick(explain::aspect(aspect)).to_owned());
        self.basis(page, explain::section(section), self.edition(None));
    }

    /// A law, the words of the article that is named, and what of a report rests on it.
    pub(super) fn law(&self, page: &mut Paragraphs, Mention { law, article, .. }: &Mention) {
        let language = self.language;
        let [chinese, english] = law.name();
        let [number, number_english] = article.map(explain::Article::name).unwrap_or_default();
        page.add(say!(language, "**{chinese}{number}**", "**{english} {number_english}**").replace(" **", "**"));
        page.add(self.pick(law.meaning()).to_owned());
        let Some(article) = article else { return };
        let quotes = laws::quotes(*law, *article);
        for (basis, quote) in quotes.iter().take(QUOTES) {
            let [chinese, english] = basis.article.map(explain::Article::name).unwrap_or_default();
            let name = say!(language, "{chinese}", "{english}");
            page.add(say!(language, "> {name}：{quote}", "> {name}: {quote}"));
        }
        let names = laws::resting_on(*law, *article);
        if !names.is_empty() && *law != Law::Format(Edition::F2019) {
            let more = if names.len() > RESTING { self.pick(["等", ", …"]) } else { "" };
            let names = names.into_iter().take(RESTING).collect::<Vec<_>>().join(self.pick(["；", "; "]));
            page.add(say!(
                language,
                "年度报告中以此为依据的：{names}{more}",
                "In the report it is the basis of: {names}{more}"
            ));
        }
    }

    /// What a figure of the text was read as, and what the table says.
    pub(super) fn stated(&self, page: &mut Paragraphs, statement: &Statement, fact: Fact) {
        let language = self.language;
        let words = excerpt(self.unit.shown(statement.span), 24);
        let Some(kind) = fact.table() else {
            page.add(say!(
                language,
                "**{words}**：三张表中没有与它对应的数",
                "**{words}**: none of the three tables has this figure"
            ));
            return;
        };
        let Some(table) = self.report.table(kind) else {
            let name = self.table_name(kind);
            page.add(say!(
                language,
                "**{words}**：应与{name}一致，报告中没有读到这张表",
                "**{words}**: belongs to {name}, which was not found"
            ));
            return;
        };
        let cells = fact.cells(table.spec);
        let counts: Option<Vec<i64>> = cells.iter().map(|cell| table.cell(*cell)?.count()).collect();
        let sum = counts.as_ref().and_then(|counts| counts.iter().try_fold(0i64, |sum, count| sum.checked_add(*count)));
        let value = sum.map_or_else(|| self.pick(["？", "?"]).to_owned(), |sum| sum.to_string());
        let own_year = match statement.year {
            StatedYear::Unsaid | StatedYear::This => true,
            StatedYear::Last => false,
            StatedYear::Named(year) => self.report.year.is_none_or(|(own, _)| own == year),
        };
        let compared = statement.guard.is_none() && own_year;
        let verdict = match (statement.amount, sum) {
            _ if !compared => say!(language, "（不与表格核对）", " (not compared with the table)"),
            (Amount::Count(stated), Some(sum)) if stated == sum => " ✓".to_owned(),
            (Amount::Count(stated), Some(sum)) => {
                let gap = stated.abs_diff(sum);
                say!(language, " ✗ 差 {gap}", " ✗ off by {gap}")
            }
            _ => String::new(),
        };
        let name = self.table_name(kind);
        page.add(say!(language, "**{words}**：{name}为 {value}{verdict}", "**{words}**: {name} has {value}{verdict}"));
        page.list(cells.iter().filter_map(|cell| self.path_of(table, *cell, cells.len() > 1)).collect());
        if let [cell] = cells.as_slice() {
            let (row, _) = table.names(*cell);
            self.words(page, explain::row(row));
            self.basis(page, explain::row(row), Some(table.spec.edition));
        }
    }

    /// The path of the cell at `place`, with its value; nothing for a 0 that is one of several.
    fn path_of(&self, table: &crate::report::Table, place: CellRef, is_one_of_several: bool) -> Option<String> {
        let cell = table.cell(place);
        if is_one_of_several && cell.and_then(crate::report::Cell::count) == Some(0) {
            return None;
        }
        let (_, column) = table.names(place);
        let mut path = self.row_path(table, place.row);
        path.extend(self.headers(column));
        path.push(self.column_name(column));
        let (path, value) = (path.join(" › "), self.value(cell));
        Some(match self.language {
            Language::Chinese => format!("- {path}：{value}"),
            Language::English => format!("- {path}: {value}"),
        })
    }
}

/// The aspect that a sub-heading is about: by its name, else by a word that it is known by.
fn aspect_named(heading: &str) -> Option<Aspect> {
    let by_name = Aspect::ALL.into_iter().find(|aspect| heading.contains(aspect.name()));
    by_name.or_else(|| Aspect::ALL.into_iter().find(|aspect| aspect.words().iter().any(|word| heading.contains(word))))
}
