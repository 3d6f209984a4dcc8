//! The table of all settings, and the reader of their values.

use super::{Entry, Node, PathPattern, Problem, RegionSettings, ReportEntry, TomlValue, glob};
use crate::config::{
    Deadlines, Features, Language, MonthDay, PlacePattern, RegionLevel, Settings, Severity, THRESHOLDS,
};
use crate::rules::selection::{nearest, normalise_one, unknown};
use crate::say;
use crate::statute::key;
use crate::text::Span;
use globset::GlobMatcher;
use std::collections::BTreeMap;

/// A setting.
#[derive(Debug)]
pub struct Key {
    /// Its name in `gongkai.toml`, with a dot after the name of its table. In an editor: [`Key::editor_name`].
    pub name: &'static str,
    /// The type of its value.
    pub kind: KeyKind,
    /// Its description in Chinese and in English, as Markdown.
    pub documentation: [&'static str; 2],
}

/// The type of a key's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// A list of codes, names and groups.
    Rules,
    /// A list of codes, names and groups, or of tables that are each about a file or row.
    Exemptions,
    /// A list of globs; only in the file.
    Paths,
    /// `zh` or `en`.
    Language,
    /// A whole number, at least 1.
    Count,
    /// A table from a code, name or group to `error`, `warning` or `info`.
    Severities,
    /// A day of the year, `01-31`.
    Day,
    /// A table from a code of [`THRESHOLDS`] to a whole number that is not negative.
    Thresholds,
    /// A glob; only in the file.
    Path,
    /// `province`, `prefecture` or `county`; only in the file.
    Level,
    /// Tables that each state the body and year of the report in a file; only in the file.
    Reports,
    /// `true` or `false`: whether a feature is on in an editor.
    Switch,
}

/// All settings, in the order of the documentation.
pub const KEYS: &[Key] = &[
    Key {
        name: "select",
        kind: KeyKind::Rules,
        documentation: [
            "只报告这些规则：代码（`GK303`）、名称（`row-total`）或分组（`GK3`）。留空为全部。",
            "Report only these rules: codes (`GK303`), names (`row-total`) or groups (`GK3`). Empty: all.",
        ],
    },
    Key {
        name: "ignore",
        kind: KeyKind::Exemptions,
        documentation: [
            "不报告这些规则：代码（`GK303`）、名称（`row-total`）或分组（`GK3`）。",
            "Do not report these rules: codes (`GK303`), names (`row-total`) or groups (`GK3`).",
        ],
    },
    Key {
        name: "exclude",
        kind: KeyKind::Paths,
        documentation: [
            "检查文件夹时跳过这些文件和文件夹：从 gongkai.toml 所在文件夹起的路径，可用 `*`、`**`、`?`；不含 `/` 的匹配任何文件夹中的同名者，如 `[\"草稿\"]`。直接指明的文件仍会检查，除非加 `--force-exclude`。",
            "Files and folders that are skipped when a folder is checked: paths relative to the folder of gongkai.toml, with `*`, `**` and `?`; a name without `/` matches in any folder, as in `[\"drafts\"]`. A file named on the command line is checked anyway, unless with `--force-exclude`.",
        ],
    },
    Key {
        name: "language",
        kind: KeyKind::Language,
        documentation: ["消息和说明的语言：`zh` 或 `en`。", "The language of messages and explanations: `zh` or `en`."],
    },
    Key {
        name: "max_findings",
        kind: KeyKind::Count,
        documentation: [
            "编辑器中每个文件最多显示多少处问题，超出的给出数目。",
            "The largest number of findings of a file that an editor shows; a message says how many more there are.",
        ],
    },
    Key {
        name: "severity",
        kind: KeyKind::Severities,
        documentation: [
            "改变规则的级别：代码、名称或分组对应 `error`、`warning` 或 `info`，如 `{ GK201 = \"error\" }`。单条规则的设置优先于分组。",
            "Other severities for rules: a code, name or group to `error`, `warning` or `info`, as in `{ GK201 = \"error\" }`. A rule's own severity takes precedence over that of its group.",
        ],
    },
    Key {
        name: "dates.department",
        kind: KeyKind::Day,
        documentation: [
            "部门、乡镇（街道）、政府办公室的年度报告最迟在次年哪一天公布（月-日），GK123、GK129 据此判断。",
            "The last day of the next year for the report of a department, a township or the office of a government (month-day), used by GK123 and GK129.",
        ],
    },
    Key {
        name: "dates.county",
        kind: KeyKind::Day,
        documentation: [
            "县级政府汇总的年度报告最迟在次年哪一天公布（月-日）。",
            "The last day of the next year for a county's report on all of its bodies (month-day).",
        ],
    },
    Key {
        name: "dates.prefecture",
        kind: KeyKind::Day,
        documentation: [
            "设区的市、自治州汇总的年度报告最迟在次年哪一天公布（月-日）。",
            "The last day of the next year for a prefecture's report on all of its bodies (month-day).",
        ],
    },
    Key {
        name: "dates.province",
        kind: KeyKind::Day,
        documentation: [
            "省级政府汇总的年度报告最迟在次年哪一天公布（月-日）。",
            "The last day of the next year for a province's report on all of its bodies (month-day).",
        ],
    },
    Key {
        name: "thresholds",
        kind: KeyKind::Thresholds,
        documentation: [
            "规则所用的数目，含义见各规则的说明：`GK108`、`GK128`、`GK309`、`GK311`、`GK504`、`GK505`、`GK506`、`GK601`，如 `{ GK601 = 20 }`。",
            "Thresholds of rules, explained in their documentation: `GK108`, `GK128`, `GK309`, `GK311`, `GK504`, `GK505`, `GK506`, `GK601`, as in `{ GK601 = 20 }`.",
        ],
    },
    Key {
        name: "region.report",
        kind: KeyKind::Path,
        documentation: [
            "哪些文件是本地区的汇总报告：路径，写法同 `exclude`，如 `\"*/云岭县*\"`。GK507 将其与各成员之和比较。",
            "Which files are the region's own report: a path as in `exclude`, such as `\"*/region.*\"`. GK507 compares it with the sum of the members.",
        ],
    },
    Key {
        name: "region.level",
        kind: KeyKind::Level,
        documentation: [
            "本地区政府的级别：`province`、`prefecture` 或 `county`。由此确定汇总报告的公布期限。",
            "The level of the region's government: `province`, `prefecture` or `county`. The last day for its own report follows from it.",
        ],
    },
    Key {
        name: "region.members",
        kind: KeyKind::Paths,
        documentation: [
            "哪些文件是成员单位的报告：路径的列表，写法同 `exclude`。税务、海关等垂直管理单位不计入。",
            "Which files are reports of members: a list of paths as in `exclude`. Bodies of vertical systems (tax, customs and the like) are not members.",
        ],
    },
    Key {
        name: "region.exclude",
        kind: KeyKind::Paths,
        documentation: ["`region.members` 之中哪些不计入汇总。", "Which of `region.members` do not count."],
    },
    Key {
        name: "report",
        kind: KeyKind::Reports,
        documentation: [
            "`[[report]]`：标题没有写明单位或年度的文件是谁的、哪一年的报告，如 `path = \"a.txt\"`、`body = \"云岭县水务局\"`、`year = 2023`。",
            "`[[report]]`: the body and year of the report in a file, if its title does not state them: `path = \"a.txt\"`, `body = \"云岭县水务局\"`, `year = 2023`.",
        ],
    },
    Key {
        name: "features.completion",
        kind: KeyKind::Switch,
        documentation: [
            "补全：缺少的部分和表格、空格应填的数、按表格写好的句子、规则代码。",
            "Completion: sections and tables that are missing, the figure that a blank cell must have, sentences filled from the tables, codes of rules.",
        ],
    },
    Key {
        name: "features.code_lenses",
        kind: KeyKind::Switch,
        documentation: [
            "标题和各表上方的小结：错误数、年度、勾稽关系是否成立。",
            "The summary above the title and each table: errors, year, whether it balances.",
        ],
    },
    Key {
        name: "features.inlay_hints",
        kind: KeyKind::Switch,
        documentation: [
            "行内提示：合计旁的各项之和、单独成行的数所在的列。",
            "Hints in the lines: the sum of its parts beside a total, the column of a figure that is alone on its line.",
        ],
    },
    Key {
        name: "features.last_year_hints",
        kind: KeyKind::Switch,
        documentation: [
            "行内提示中的上年数：同一单位上年报告中的数及增减。须同时开启 `inlay_hints`。",
            "Among the hints, last year's figure in the report of the same body, and the change since then. Needs `inlay_hints` too.",
        ],
    },
    Key {
        name: "features.definition",
        kind: KeyKind::Switch,
        documentation: [
            "转到来源：从文字中的数到表格，从合计到各项，从上年结转到上年报告。",
            "Go to definition: from a figure of the text to its cell, from a total to its parts, from what was carried over to last year's report.",
        ],
    },
    Key {
        name: "features.references",
        kind: KeyKind::Switch,
        documentation: [
            "查找引用：从单元格到文字中的数和合计，从结转下年度到下一年的报告。",
            "Find references: from a cell to the figures of the text and the totals, from what is left to next year's report.",
        ],
    },
    Key {
        name: "features.document_highlight",
        kind: KeyKind::Switch,
        documentation: ["光标处的数与有关的数一并标出。", "Marks the figures that belong to the one at the cursor."],
    },
    Key {
        name: "features.selection_ranges",
        kind: KeyKind::Switch,
        documentation: [
            "扩大选择：数、行、表、部分、报告。",
            "Growing selections: figure, row, table, section, report.",
        ],
    },
    Key {
        name: "features.document_links",
        kind: KeyKind::Switch,
        documentation: [
            "引用的法规和文件可以点击，前提是编辑器设定了其网址（初始化选项 `lawUrls`）。",
            "Links on cited laws and notices, where the editor names their addresses (initialization option `lawUrls`).",
        ],
    },
    Key {
        name: "features.workspace_symbols",
        kind: KeyKind::Switch,
        documentation: [
            "按单位和年度查找文件夹中的报告，按名称查找打开的报告中的部分、表和行。",
            "Finds the reports of the open folders by body and year, and sections, tables and rows of the open reports by name.",
        ],
    },
    Key {
        name: "features.hover",
        kind: KeyKind::Switch,
        documentation: [
            "悬停说明：含义、填报口径、条文、算式。",
            "Explanations on hover: meaning, what counts, the article, the formula.",
        ],
    },
    Key {
        name: "features.code_actions",
        kind: KeyKind::Switch,
        documentation: ["修正和忽略问题的操作。", "Actions that put findings right or hold them back."],
    },
    Key {
        name: "features.document_symbols",
        kind: KeyKind::Switch,
        documentation: ["大纲：部分、小标题、表和行。", "The outline: sections, sub-headings, tables, rows."],
    },
    Key {
        name: "features.folding_ranges",
        kind: KeyKind::Switch,
        documentation: ["折叠部分和表。", "Sections and tables fold."],
    },
    Key {
        name: "features.semantic_tokens",
        kind: KeyKind::Switch,
        documentation: [
            "按含义着色：标题、行名、列名、数字。",
            "Colours by meaning: title, headings, labels, figures.",
        ],
    },
    Key {
        name: "features.formatting",
        kind: KeyKind::Switch,
        documentation: [
            "整理表格：对齐各列，统一单元格中的数字和括号；数值不变。",
            "Tables in order: columns aligned, digits and brackets of cells in one form; no figure changes.",
        ],
    },
];

/// The keys of an entry of `[[report]]`, with their descriptions.
pub(super) const REPORT_KEYS: [(&str, [&str; 2]); 3] = [
    ("path", ["哪些文件：路径，写法同 `exclude`。", "Which files: a path as in `exclude`."]),
    ("body", ["单位名称。", "The body."]),
    ("year", ["报告的年度。", "The year it reports on."]),
];

/// The levels of a region by their names.
pub(super) const LEVELS: [(&str, RegionLevel); 3] =
    [("province", RegionLevel::Province), ("prefecture", RegionLevel::Prefecture), ("county", RegionLevel::County)];

/// The keys of an entry of `[[ignore]]`, with their descriptions, and whether they are required.
pub(super) const ENTRY_KEYS: [(&str, [&str; 2], bool); 6] = [
    (
        "path",
        [
            "哪些文件：从 gongkai.toml 所在文件夹起的路径，可用 `*`、`**`、`?`；不含 `/` 的匹配任何文件夹中同名的文件。不写为全部文件。",
            "Which files: a path relative to the folder of gongkai.toml, with `*`, `**` and `?`; a name without `/` matches files in any folder. Without it: every file.",
        ],
        false,
    ),
    (
        "code",
        ["哪条规则：代码、名称或分组，可以是列表。", "Which rule: a code, name or group, or a list of them."],
        true,
    ),
    ("reason", ["为什么可以忽略。", "Why it may be ignored."], true),
    (
        "text",
        [
            "哪一行：该行（表格中为行名或其中一段）的文字，不计空格和标点。不写为整个文件。",
            "Which row: words in it, such as its label; spaces and punctuation do not count. Without it: the whole file.",
        ],
        false,
    ),
    (
        "fingerprint",
        [
            "哪一处：该问题的 `fingerprint`（见 `--output-format json`）。单位、年度、规则、位置或所涉数字改变后即不再适用。",
            "Which finding: its `fingerprint`, as `--output-format json` gives it. It changes when body, year, rule, place or figures change.",
        ],
        false,
    ),
    (
        "place",
        [
            "哪个位置：`section`（1 至 6）、`table`（2 至 4）、`row`（行名）、`column`（列名）中的一项或几项，如 `{ table = 3, column = \"总计\" }`，与 JSON 输出中的 `place` 相同。",
            "Which place: one or several of `section` (1 to 6), `table` (2 to 4), `row` and `column` by their labels, as in `{ table = 3, column = \"总计\" }`: the same as `place` in the JSON output.",
        ],
        false,
    ),
];

/// The severities by their names.
pub(super) const SEVERITIES: [(&str, Severity); 3] =
    [("error", Severity::Error), ("warning", Severity::Warning), ("info", Severity::Info)];

impl KeyKind {
    /// Whether a key of this kind is only in the file: an editor has its own list of files.
    pub(super) fn is_of_file(self) -> bool {
        matches!(self, KeyKind::Paths | KeyKind::Path | KeyKind::Level | KeyKind::Reports)
    }
}

impl Key {
    /// Its name in an editor, after `gongkai.`: `maxFindings`, `dates.department`.
    pub fn editor_name(&self) -> String {
        let mut name = String::with_capacity(self.name.len());
        let mut raise = false;
        for c in self.name.chars() {
            match c {
                '_' => raise = true,
                c if raise => {
                    name.extend(c.to_uppercase());
                    raise = false;
                }
                c => name.push(c),
            }
        }
        name
    }
}

impl Key {
    /// The day among `deadlines` that a key of [`KeyKind::Day`] sets.
    pub(super) fn day<'a>(&self, deadlines: &'a mut Deadlines) -> &'a mut MonthDay {
        match self.name.rsplit('.').next() {
            Some("county") => &mut deadlines.county,
            Some("prefecture") => &mut deadlines.prefecture,
            Some("province") => &mut deadlines.province,
            _ => &mut deadlines.department,
        }
    }
}

impl Key {
    /// The feature among `features` that a key of [`KeyKind::Switch`] sets.
    fn feature<'a>(&self, features: &'a mut Features) -> Option<&'a mut bool> {
        match self.name.rsplit('.').next() {
            Some("completion") => Some(&mut features.completion),
            Some("code_lenses") => Some(&mut features.code_lenses),
            Some("inlay_hints") => Some(&mut features.inlay_hints),
            Some("last_year_hints") => Some(&mut features.last_year_hints),
            Some("definition") => Some(&mut features.definition),
            Some("references") => Some(&mut features.references),
            Some("document_highlight") => Some(&mut features.document_highlight),
            Some("selection_ranges") => Some(&mut features.selection_ranges),
            Some("document_links") => Some(&mut features.document_links),
            Some("workspace_symbols") => Some(&mut features.workspace_symbols),
            Some("hover") => Some(&mut features.hover),
            Some("code_actions") => Some(&mut features.code_actions),
            Some("document_symbols") => Some(&mut features.document_symbols),
            Some("folding_ranges") => Some(&mut features.folding_ranges),
            Some("semantic_tokens") => Some(&mut features.semantic_tokens),
            Some("formatting") => Some(&mut features.formatting),
            _ => None,
        }
    }
}

/// Reads values into settings.
pub(super) struct Reader<'a> {
    pub(super) settings: &'a mut Settings,
    pub(super) entries: Vec<Entry>,
    pub(super) exclude: Vec<GlobMatcher>,
    pub(super) region: RegionSettings,
    pub(super) reports: Vec<ReportEntry>,
    pub(super) problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(settings: &'a mut Settings) -> Reader<'a> {
        Reader {
            settings,
            entries: Vec::new(),
            exclude: Vec::new(),
            region: RegionSettings::default(),
            reports: Vec::new(),
            problems: Vec::new(),
        }
    }
}

impl Reader<'_> {
    /// The whole of a configuration file.
    pub(super) fn file(&mut self, node: &Node) {
        // The language comes first, because all messages about other problems use it.
        if let TomlValue::Table(entries) = &node.value
            && let Some((_, _, language)) = entries.iter().find(|(name, ..)| name == "language")
            && let Some(language) = language.text().and_then(language_of)
        {
            self.settings.language = language;
        }
        self.table(node, "", false);
    }

    /// The settings of an editor.
    pub(super) fn editor(&mut self, node: &Node) {
        self.table(node, "", true);
    }

    /// The keys of `node` that are in the table `prefix` (`dates.`, or nothing).
    fn table(&mut self, node: &Node, prefix: &str, is_editor: bool) {
        let TomlValue::Table(entries) = &node.value else { return };
        for (name, span, value) in entries {
            if matches!(value.value, TomlValue::Null) {
                continue;
            }
            let full = format!("{prefix}{name}");
            let same = |key: &&Key| key.name == full || (is_editor && key.editor_name() == full);
            if let Some(key) = KEYS.iter().find(same) {
                self.key(key, &full, value, is_editor);
                continue;
            }
            let below = format!("{full}.");
            if KEYS.iter().any(|key| key.name.starts_with(&below)) {
                if matches!(value.value, TomlValue::Table(_)) {
                    self.table(value, &below, is_editor);
                } else {
                    self.wrong(value, &full, "表（如 [dates]）", "a table, such as [dates]");
                }
            } else if !is_editor {
                let names: Vec<&str> = KEYS
                    .iter()
                    .filter_map(|key| key.name.strip_prefix(prefix))
                    .map(|name| name.split('.').next().unwrap_or_default())
                    .collect();
                self.unknown_key(name, *span, names);
            }
        }
    }

    fn unknown_key<'a>(&mut self, name: &str, span: Span, names: impl IntoIterator<Item = &'a str>) {
        let near = nearest(name, names).unwrap_or_default();
        let message = say!(
            self.settings.language,
            "没有配置项“{name}”，是否指“{near}”？",
            "there is no setting `{name}`; did you mean `{near}`?"
        );
        self.problems.push(Problem { span, message });
    }

    fn wrong(&mut self, node: &Node, name: &str, zh: &str, en: &str) {
        let message = say!(self.settings.language, "{name} 应为{zh}，现为 {node}", "`{name}` must be {en}, not {node}");
        self.problems.push(Problem { span: node.span, message });
    }

    fn key(&mut self, key: &Key, name: &str, node: &Node, is_editor: bool) {
        match key.kind {
            KeyKind::Rules => {
                if let Some(rules) = self.rules(name, node, false) {
                    self.settings.select = rules;
                }
            }
            KeyKind::Exemptions => {
                if let Some(rules) = self.rules(name, node, !is_editor) {
                    self.settings.ignore = rules;
                }
            }
            // An editor has its own list of files.
            kind if is_editor && kind.is_of_file() => {}
            KeyKind::Paths => {
                let paths = self.paths(name, node);
                match name {
                    "region.members" => {
                        self.region.span = node.span;
                        self.region.members = paths;
                    }
                    "region.exclude" => self.region.exclude = paths,
                    _ => self.exclude = paths.into_iter().map(|path| path.matcher).collect(),
                }
            }
            KeyKind::Path => match node.text().map(|pattern| (pattern, glob(pattern))) {
                Some((_, Ok(matcher))) => self.region.report = Some(matcher),
                _ => self.wrong(node, name, "路径，如 \"2024/*.txt\"", "a path, such as \"2024/*.txt\""),
            },
            KeyKind::Level => match LEVELS.iter().find(|(level, _)| node.text() == Some(*level)) {
                Some((_, level)) => self.region.level = Some(*level),
                None => self.wrong(
                    node,
                    name,
                    " \"province\"、\"prefecture\" 或 \"county\"",
                    "\"province\", \"prefecture\" or \"county\"",
                ),
            },
            KeyKind::Reports => self.reports(name, node),
            KeyKind::Language => match node.text() {
                Some("auto") if is_editor => {}
                Some(tag) if is_editor => self.settings.language = Language::of_tag(tag),
                text => match text.and_then(language_of) {
                    Some(language) => self.settings.language = language,
                    None => self.wrong(node, name, " \"zh\" 或 \"en\"", "\"zh\" or \"en\""),
                },
            },
            KeyKind::Count => match node.value {
                TomlValue::Integer(count) if count >= 1 => {
                    self.settings.max_findings = usize::try_from(count).unwrap_or(usize::MAX);
                }
                _ => self.wrong(node, name, "不小于 1 的整数", "a whole number, at least 1"),
            },
            KeyKind::Severities => self.severities(name, node),
            KeyKind::Thresholds => self.thresholds(name, node),
            KeyKind::Switch => match (&node.value, key.feature(&mut self.settings.features)) {
                (TomlValue::Other(written), Some(feature)) if matches!(written.as_str(), "true" | "false") => {
                    *feature = written == "true";
                }
                _ => self.wrong(node, name, " true 或 false", "`true` or `false`"),
            },
            KeyKind::Day => match node.text().and_then(day_of) {
                Some(day) => *key.day(&mut self.settings.deadlines) = day,
                None => self.wrong(node, name, "“月-日”，如 \"01-31\"", "a day of the year, such as \"01-31\""),
            },
        }
    }

    /// The rules in a list, in their normal spelling. Tables in the list are entries, if it may contain any.
    fn rules(&mut self, name: &str, node: &Node, may_hold_entries: bool) -> Option<Vec<String>> {
        let TomlValue::List(list) = &node.value else {
            self.wrong(node, name, "列表，如 [\"GK3\"]", "a list of strings, such as [\"GK3\"]");
            return None;
        };
        let mut rules = Vec::new();
        for one in list {
            match &one.value {
                TomlValue::Text(text) if text.trim().is_empty() => {}
                TomlValue::Text(text) => rules.extend(self.rule(text, one.span)),
                TomlValue::Table(entries) if may_hold_entries => self.entry(entries, one.span),
                _ => self.wrong(one, name, "字符串的列表，如 [\"GK3\"]", "a list of strings, such as [\"GK3\"]"),
            }
        }
        Some(rules)
    }

    fn paths(&mut self, name: &str, node: &Node) -> Vec<PathPattern> {
        let (zh, en) = ("路径的列表，如 [\"drafts/\"]", "a list of paths, such as [\"drafts/\"]");
        let mut paths = Vec::new();
        let TomlValue::List(list) = &node.value else {
            self.wrong(node, name, zh, en);
            return paths;
        };
        for one in list {
            match one.text().map(|pattern| (pattern, glob(pattern))) {
                Some((pattern, Ok(matcher))) => {
                    paths.push(PathPattern { span: one.span, pattern: pattern.to_owned(), matcher });
                }
                _ => self.wrong(one, name, zh, en),
            }
        }
        paths
    }

    /// The entries of `[[report]]`.
    fn reports(&mut self, name: &str, node: &Node) {
        let (zh, en) = ("若干个 [[report]]", "a list of tables, [[report]]");
        let TomlValue::List(list) = &node.value else { return self.wrong(node, name, zh, en) };
        for one in list {
            let TomlValue::Table(entries) = &one.value else {
                self.wrong(one, name, zh, en);
                continue;
            };
            let (mut matcher, mut body, mut year, mut complete) = (None, None, None, true);
            for (key, span, value) in entries {
                match (key.as_str(), &value.value) {
                    ("path", TomlValue::Text(pattern)) if glob(pattern).is_ok() => matcher = glob(pattern).ok(),
                    ("body", TomlValue::Text(text)) if !text.trim().is_empty() => body = Some(text.trim().to_owned()),
                    ("year", TomlValue::Integer(number @ 2008..=2099)) => year = u16::try_from(*number).ok(),
                    ("path" | "body" | "year", _) => {
                        complete = false;
                        let (zh, en) = match key.as_str() {
                            "path" => ("路径，如 \"2024/*.txt\"", "a path, such as \"2024/*.txt\""),
                            "body" => ("单位名称", "the name of a body"),
                            _ => ("年度，如 2024", "a year, such as 2024"),
                        };
                        self.wrong(value, key, zh, en);
                    }
                    _ => self.unknown_key(key, *span, REPORT_KEYS.iter().map(|(name, _)| *name)),
                }
            }
            match matcher {
                Some(matcher) => self.reports.push(ReportEntry { matcher, body, year }),
                None if complete => {
                    let message = say!(
                        self.settings.language,
                        "这条 [[report]] 缺少 path",
                        "this entry of [[report]] lacks `path`"
                    );
                    self.problems.push(Problem { span: one.span, message });
                }
                None => {}
            }
        }
    }

    fn rule(&mut self, written: &str, span: Span) -> Option<String> {
        let rule = normalise_one(written.trim());
        if rule.is_none() {
            let message = unknown(written.trim(), self.settings.language);
            self.problems.push(Problem { span, message });
        }
        rule
    }

    fn severities(&mut self, name: &str, node: &Node) {
        let TomlValue::Table(entries) = &node.value else {
            self.wrong(node, name, "表，如 { GK201 = \"error\" }", "a table, such as { GK201 = \"error\" }");
            return;
        };
        let mut severities = BTreeMap::new();
        for (rule, span, level) in entries {
            let rule = self.rule(rule, *span);
            let severity = level.text().and_then(|level| SEVERITIES.iter().find(|(name, _)| *name == level));
            match (rule, severity) {
                (Some(rule), Some((_, severity))) => {
                    severities.insert(rule, *severity);
                }
                (_, None) => {
                    self.wrong(level, name, "\"error\"、\"warning\" 或 \"info\"", "\"error\", \"warning\" or \"info\"");
                }
                (None, Some(_)) => {}
            }
        }
        self.settings.severity = severities;
    }

    fn thresholds(&mut self, name: &str, node: &Node) {
        let TomlValue::Table(entries) = &node.value else {
            self.wrong(node, name, "表，如 { GK601 = 20 }", "a table, such as { GK601 = 20 }");
            return;
        };
        for (rule, span, number) in entries {
            let known = THRESHOLDS.iter().find(|(code, _)| code.eq_ignore_ascii_case(rule));
            match (known, &number.value) {
                (None, _) => self.unknown_key(rule, *span, THRESHOLDS.iter().map(|(code, _)| *code)),
                (Some((code, _)), TomlValue::Integer(number)) if *number >= 0 => {
                    self.settings.thresholds.insert((*code).to_owned(), *number);
                }
                _ => self.wrong(number, rule, "不小于 0 的整数", "a whole number, at least 0"),
            }
        }
    }

    /// An entry of `[[ignore]]` at `span`.
    fn entry(&mut self, entries: &[(String, Span, Node)], span: Span) {
        let mut entry = Entry { span, ..Entry::default() };
        let (mut has_code, mut has_reason) = (false, false);
        for (name, key_span, node) in entries {
            match name.as_str() {
                "code" => {
                    has_code = true;
                    entry.span = node.span;
                    entry.codes = match &node.value {
                        TomlValue::Text(text) => self.rule(text, node.span).into_iter().collect(),
                        _ => self.rules(name, node, false).unwrap_or_default(),
                    };
                }
                "reason" => {
                    has_reason = true;
                    if node.text().is_none_or(|reason| reason.trim().is_empty()) {
                        self.wrong(node, name, "忽略的理由", "words that say why it is ignored");
                    }
                }
                "path" => match node.text().map(|pattern| (pattern, glob(pattern))) {
                    Some((pattern, Ok(matcher))) => {
                        entry.path = Some(pattern.to_owned());
                        entry.matcher = Some(matcher);
                    }
                    _ => {
                        self.wrong(node, name, "路径，如 \"2024/*.txt\"", "a path, such as \"2024/*.txt\"");
                        return;
                    }
                },
                "text" => match node.text() {
                    Some(text) => entry.text = Some(text.to_owned()),
                    None => {
                        self.wrong(node, name, "行中的文字", "words that stand in the row");
                        return;
                    }
                },
                "fingerprint" => match node.text().map(str::to_ascii_lowercase) {
                    Some(text) if text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                        entry.fingerprint = Some(text);
                    }
                    _ => {
                        self.wrong(node, name, "16 位十六进制数字", "sixteen hexadecimal digits");
                        return;
                    }
                },
                "place" => match self.place(node) {
                    Some(place) => entry.place = Some(place),
                    None => return,
                },
                _ => self.unknown_key(name, *key_span, ENTRY_KEYS.iter().map(|(name, ..)| *name)),
            }
        }
        for (name, is_there) in [("code", has_code), ("reason", has_reason)] {
            if !is_there {
                let message = say!(
                    self.settings.language,
                    "这条 [[ignore]] 缺少 {name}",
                    "this entry of [[ignore]] lacks `{name}`"
                );
                self.problems.push(Problem { span, message });
            }
        }
        if !entry.codes.is_empty() {
            self.entries.push(entry);
        }
    }
}

/// The keys of a `place`.
const PLACE_KEYS: [&str; 4] = ["section", "table", "row", "column"];

impl Reader<'_> {
    /// The place that an entry is about; `None` if it is invalid or empty.
    fn place(&mut self, node: &Node) -> Option<PlacePattern> {
        let (zh, en) = ("表，如 { table = 3 }", "a table, such as { table = 3 }");
        let entries = match &node.value {
            TomlValue::Table(entries) if !entries.is_empty() => entries,
            _ => {
                self.wrong(node, "place", zh, en);
                return None;
            }
        };
        let before = self.problems.len();
        let mut place = PlacePattern::default();
        for (name, span, node) in entries {
            let number = |first: u8, last: u8| match node.value {
                TomlValue::Integer(number) => {
                    u8::try_from(number).ok().filter(|number| (first..=last).contains(number))
                }
                _ => None,
            };
            let label = || node.text().filter(|text| !key(text).is_empty()).map(str::to_owned);
            match name.as_str() {
                "section" => {
                    place.section = number(1, 6);
                    if place.section.is_none() {
                        self.wrong(node, "place.section", "1 至 6 的整数", "a whole number from 1 to 6");
                    }
                }
                "table" => {
                    place.table = number(2, 4);
                    if place.table.is_none() {
                        self.wrong(node, "place.table", "2 至 4 的整数", "a whole number from 2 to 4");
                    }
                }
                "row" => {
                    place.row = label();
                    if place.row.is_none() {
                        self.wrong(node, "place.row", "行名", "the label of a row");
                    }
                }
                "column" => {
                    place.column = label();
                    if place.column.is_none() {
                        self.wrong(node, "place.column", "列名", "the header of a column");
                    }
                }
                _ => self.unknown_key(name, *span, PLACE_KEYS),
            }
        }
        (self.problems.len() == before).then_some(place)
    }
}

fn language_of(tag: &str) -> Option<Language> {
    match tag {
        "zh" => Some(Language::Chinese),
        "en" => Some(Language::English),
        _ => None,
    }
}

/// `01-31`
fn day_of(text: &str) -> Option<MonthDay> {
    let (month, day) = text.split_once('-')?;
    MonthDay::new(month.parse().ok()?, day.parse().ok()?)
}
