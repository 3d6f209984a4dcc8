//! The help and the messages about wrong usage, in the reader's language. The English texts are in `arguments`, the
//! Chinese ones here.

use super::arguments::Arguments;
use crate::config::Language;
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory, FromArgMatches, ValueEnum};
use std::ffi::OsString;
use std::fmt::Write;

/// The description of each command; the first is the program itself.
const COMMANDS: [(&str, &str); 13] = [
    ("gongkai", "检查政府信息公开工作年度报告"),
    ("check", "检查文件和文件夹"),
    ("review", "审核文件夹中的报告，逐份写出审核意见，并汇成总览"),
    ("extract", "导出每份报告的每个数字，每个一行"),
    ("rollup", "汇总本地区各成员单位的报告"),
    ("compare", "列出两份报告不同的数字和句子"),
    ("new", "按当年格式生成一份空白报告"),
    ("convert", "将报告转换为其他格式，数字不变"),
    ("rule", "说明一条规则，或列出全部规则"),
    ("server", "在标准输入输出上运行语言服务器"),
    ("completions", "输出 shell 的补全脚本"),
    ("man", "输出程序或某个命令的手册页"),
    ("help", "显示本说明或某个命令的说明"),
];

/// Instead of a command's name: all commands that read many files.
const READING: &str = "";

/// The description of each argument, by command and name.
const ARGUMENTS: &[(&str, &str, &str)] = &[
    ("gongkai", "lang", "消息的语言"),
    ("gongkai", "help", "显示帮助（-h 只显示摘要）"),
    ("gongkai", "version", "显示版本"),
    ("check", "paths", "文件和文件夹；“-”为标准输入"),
    ("check", "fix", "就地应用安全的修改"),
    ("check", "diff", "以 unified diff 显示 --fix 将作的修改，不改动文件"),
    ("check", "unsafe_fixes", "与 --fix 或 --diff 连用：没有安全修改的，也应用其第一种修改"),
    ("check", "output_format", "结果的输出格式"),
    ("check", "output_file", "结果写入文件，不写到标准输出"),
    ("check", "select", "只报告这些规则：代码、名称或分组（GK303、row-total、GK3），用逗号分隔"),
    ("check", "ignore", "不报告这些规则"),
    ("check", "fail_on", "有此级别及以上的问题时，退出码为 1"),
    ("check", "config", "配置文件，代替最近的 gongkai.toml"),
    ("check", "no_config", "不读取配置文件"),
    ("check", "color", "何时使用颜色"),
    ("check", "quiet", "标准错误上除错误外不输出任何内容"),
    ("check", "verbose", "在标准错误上列出跳过的和未识别的文件及原因"),
    ("check", "statistics", "在标准错误上按规则统计问题数"),
    ("check", "summary", "在标准错误上按文件统计问题数，问题最重的在前"),
    ("check", "baseline", "不报告此文件中已有的问题（见 --write-baseline）"),
    ("check", "write_baseline", "将现有问题写入文件，供 --baseline 使用；未加 --baseline 时，这些问题不再报告"),
    ("check", "require_report", "有文件未识别为年度报告，或因类型被跳过时，退出码为 2"),
    ("check", "force_exclude", "gongkai.toml 中的 exclude 对直接指明的文件也有效"),
    ("check", "jobs", "同时检查多少个文件 [默认：处理器的数目]"),
    ("check", "stdin_filename", "标准输入的名称"),
    ("check", "editor_settings", "编辑器的设置（JSON），配置文件优先"),
    ("check", "encoding", "文件的编码，不自动识别：utf-8、utf-16le、utf-16be、gbk、gb18030"),
    ("review", "folder", "报告所在的文件夹"),
    ("review", "out", "审核意见和总览写入的文件夹"),
    ("review", "previous", "上一轮审核的输出文件夹：标明已改正、仍存在、新增"),
    ("review", "comments", "对 .docx 另存一份副本，以批注写明问题"),
    ("review", "select", "只按这些规则审核：代码、名称或分组（GK303、row-total、GK3），用逗号分隔"),
    ("review", "ignore", "不按这些规则审核"),
    ("extract", "paths", "文件和文件夹；“-”为标准输入"),
    ("extract", "format", "数字的输出格式"),
    ("extract", "output", "写入文件，不写到标准输出"),
    ("rollup", "paths", "文件和文件夹；哪些是成员由 gongkai.toml 的 [region] 指明"),
    ("rollup", "year", "年度，不写为成员报告的最近年度"),
    ("rollup", "format", "汇总表的输出格式"),
    ("rollup", "output", "写入文件，不写到标准输出"),
    ("compare", "a", "一份报告"),
    ("compare", "b", "另一份报告"),
    ("compare", "output_format", "结果的输出格式"),
    ("compare", "encoding", "文件的编码，不自动识别：utf-8、utf-16le、utf-16be、gbk、gb18030"),
    ("new", "out", "要写的文件；扩展名决定格式（.md 为 Markdown，其他为制表符分隔的文本）"),
    ("new", "year", "报告的年度"),
    ("new", "body", "单位名称；不写则取 --from 中的单位"),
    ("new", "from", "上年度报告：从中填入结转的数字"),
    ("new", "encoding", "--from 的编码，不自动识别：utf-8、utf-16le、utf-16be、gbk、gb18030"),
    (READING, "config", "配置文件，代替最近的 gongkai.toml"),
    (READING, "no_config", "不读取配置文件"),
    (READING, "encoding", "文件的编码，不自动识别：utf-8、utf-16le、utf-16be、gbk、gb18030"),
    (READING, "jobs", "同时读取多少个文件 [默认：处理器的数目]"),
    (READING, "quiet", "标准错误上除错误外不输出任何内容"),
    ("convert", "input", "报告"),
    ("convert", "output", "要写入的文件：.docx、.html、.md 或 .txt"),
    ("convert", "layout", ".txt 中表格的排法"),
    ("convert", "force", "覆盖已存在的文件"),
    ("convert", "encoding", "报告的编码，不自动识别：utf-8、utf-16le、utf-16be、gbk、gb18030"),
    ("rule", "code", "代码、名称、分组或标题（GK303、row-total、GK3），或标题中的文字"),
    ("rule", "output_format", "规则的输出格式"),
    ("server", "stdio", "接受但不起作用：编辑器会附加此参数"),
    ("completions", "shell", "哪种 shell"),
    ("man", "command", "命令；不写则为整个程序"),
];

/// The meaning of each value, by the argument's name and the value.
const VALUES: &[(&str, &str, &str)] = &[
    ("lang", "zh", "中文"),
    ("lang", "en", "英文"),
    ("layout", "tabs", "单元格之间为制表符"),
    ("layout", "pipes", "单元格之间为竖线"),
    ("layout", "cell-lines", "每个单元格一行，前为制表符；每行之后空一行"),
    ("layout", "piped-lines", "每个单元格一行，后为竖线"),
    ("output_format", "text", "供人阅读"),
    ("output_format", "concise", "每处问题一行：文件:行:列: 级别[代码] 消息"),
    ("output_format", "json", "JSON"),
    ("output_format", "json-lines", "每行一个 JSON 对象"),
    ("output_format", "sarif", "SARIF 2.1.0"),
    ("output_format", "github", "GitHub Actions 的工作流命令"),
    ("output_format", "junit", "JUnit XML；--fail-on 级别及以上的问题为失败"),
    ("output_format", "html", "供浏览器打开的单个网页文件"),
    ("output_format", "xlsx", "Excel 文件；标准输出是终端时须加 --output-file"),
    ("format", "csv", "逗号分隔，首行为列名"),
    ("format", "json-lines", "每行一个 JSON 对象"),
    ("format", "parquet", "Parquet，供 DuckDB、Polars、Spark 等读取"),
    ("format", "text", "供人阅读的表格"),
    ("format", "markdown", "Markdown 表格"),
    ("format", "xlsx", "Excel 文件：汇总表和各成员明细"),
    ("format", "report", "本地区的报告，表格已填好"),
    ("fail_on", "error", "错误"),
    ("fail_on", "warning", "警告和错误"),
    ("fail_on", "info", "任何问题"),
    ("fail_on", "never", "从不"),
    ("color", "auto", "在终端上使用，除非设置了 NO_COLOR"),
    ("color", "always", "总是"),
    ("color", "never", "从不"),
];

/// The names of values.
const NAMES: [(&str, &str); 19] = [
    ("COMMAND", "命令"),
    ("LANGUAGE", "语言"),
    ("PATH", "路径"),
    ("FORMAT", "格式"),
    ("FILE", "文件"),
    ("RULES", "规则"),
    ("SEVERITY", "级别"),
    ("WHEN", "何时"),
    ("NAME", "名称"),
    ("JSON", "JSON"),
    ("FOLDER", "文件夹"),
    ("YEAR", "年度"),
    ("A", "报告A"),
    ("B", "报告B"),
    ("OUT", "输出文件"),
    ("CODE", "规则"),
    ("ENCODING", "编码"),
    ("IN", "输入"),
    ("LAYOUT", "排法"),
];

const EXIT_CODES: &str = "\
退出码：
  0  没有 --fail-on 级别及以上的问题
  1  有
  2  用法有误、文件无法读取或无法写入";

const LANGUAGES: &str = "\
未指定 --lang 时，LC_ALL、LC_MESSAGES、LANG 中第一个有值的为英文则用英文，其他情况一律用中文。";

const CHECK: &str = "\
问题输出到标准输出，其余输出到标准错误。

文件夹中检查 .txt .md .markdown .html .htm .docx 文件。.gitignore 和 .ignore 排除的文件、隐藏文件、符号链接以及
gongkai.toml 中 exclude 所列的不检查。直接指明的文件总会检查，除非加 --force-exclude。每次运行后都会说明有多少
文件因类型被跳过，有多少未识别为年度报告。

Word 文件（.docx）中，行是段落（按文档中的顺序计，单元格中的段落也计），列是该段的第几个字。--fix 只改动正文，
其余部分原样保留；含有修订或域的单元格不改，并逐一列出。Word 文件的 --diff 仅供阅读。

--fix 反复应用安全的修改，直到没有可改之处，然后报告余下的问题。文件的所有者、权限、属性和链接不变。文件由
写好的临时文件替换；如果这样会丢失什么或不被允许，则就地写入，完成之前保留原内容的副本。对“-”，修改后的
文本输出到标准输出，问题输出到标准错误。

--diff 显示 --fix 将作的修改，不显示问题。有修改，或有 --fail-on 级别及以上的问题时，退出码为 1。
其编码与文件相同，可供 patch 和 git apply 使用；UTF-16 文件这些程序无法处理，以 UTF-8 显示，仅供阅读。

基线文件保存问题的指纹：只要单位、年度、规则、位置和数字不变，指纹就不变。基线中的问题不再报告，--fix 和
--diff 也不改动。";

const REVIEW: &str = "\
对文件夹中的每个文件“名称”写出给该单位的“名称.审核意见.html”；对全部写出“总览.html”、“总览.xlsx”和 findings.json。
都是单个文件，没有脚本，不联网，可用 A4 纸打印。

加 --previous 时，findings.json 中每处问题的 \"round\" 为 fixed（已改正）、remaining（仍存在）或 new（新增）。单位、年度、
规则、位置和数字不变即为同一处。本次没有报来的报告，其问题仍存在。

退出码：
  0  全部审核完毕
  2  用法有误、文件无法读取或无法写入";

const EXTRACT: &str = "\
列：file、body、year、format、table、row、column、value、text、line、character。format 为官方格式的年份（2019 或 2021），
table 为 2 至 4。单元格不是数字时 value 为空；text 为单元格中的原文。line 和 character 从 1 起，以字符计。

退出码：
  0  全部读取
  2  用法有误、文件无法读取或无法写入";

const ROLLUP: &str = "\
垂直管理单位、没有报告的成员、有两份不同报告的成员，在标准错误上列出。

退出码：
  0  每个成员当年的报告都已计入
  1  有缺报或不能读取的数字：合计只含其余的
  2  用法有误、文件无法读取或无法写入";

const COMPARE: &str = "\
退出码：
  0  数字全部相同
  1  有不同的数字
  2  用法有误或文件无法读取";

const NEW: &str = "\
不覆盖已有的文件。数字留空，只填从 --from 可知的：上年结转的申请，以及 2019 年格式的上一年项目数量。";

/// The parsed arguments; or the exit code, after printing the help or an error.
pub(super) fn parse(arguments: Vec<OsString>, language: Language) -> Result<Arguments, u8> {
    let name = subcommand(&arguments);
    let parsed = command(language).try_get_matches_from(arguments);
    parsed.and_then(|matches| Arguments::from_arg_matches(&matches)).map_err(|error| {
        let is_wrong = error.use_stderr() && error.kind() != ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
        if is_wrong && language == Language::Chinese {
            let help = ["gongkai", &name, "--help"].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
            super::terminal::print_error(language, &format!("{}\n\n用法见 {}", chinese_error(&error), help.join(" ")));
        } else {
            // A closed pipe is no error.
            let _ = error.print();
        }
        u8::try_from(error.exit_code()).unwrap_or(2)
    })
}

/// The command that `arguments` name.
fn subcommand(arguments: &[OsString]) -> String {
    let names = || COMMANDS.iter().skip(1).map(|(name, _)| *name);
    let words = arguments.iter().skip(1).filter_map(|word| word.to_str());
    words.into_iter().find(|word| names().any(|name| name == *word)).unwrap_or_default().to_owned()
}

/// The language of `--lang` in `arguments`, before they are parsed.
pub(super) fn language_asked_for(arguments: &[OsString]) -> Option<Language> {
    let mut words = arguments.iter().skip(1).map_while(|word| word.to_str().filter(|word| *word != "--"));
    let mut asked = None;
    while let Some(word) = words.next() {
        let value = if word == "--lang" { words.next() } else { word.strip_prefix("--lang=") };
        let known = value.and_then(|value| super::arguments::Lang::from_str(value, false).ok());
        asked = known.map(Language::from).or(asked);
    }
    asked
}

/// The parser's definition of the whole command line.
pub(super) fn command(language: Language) -> Command {
    let command = Arguments::command();
    match language {
        Language::English => command,
        Language::Chinese => chinese(command),
    }
}

fn chinese(command: Command) -> Command {
    let mut command = of_command(command, "gongkai").after_help(format!("{EXIT_CODES}\n\n{LANGUAGES}"));
    let names: Vec<String> = command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(&name, |command| of_command(command, &name));
    }
    command = command
        .mut_subcommand("check", |command| command.after_help(format!("{CHECK}\n\n{EXIT_CODES}")))
        .mut_subcommand("review", |command| command.after_help(REVIEW))
        .mut_subcommand("extract", |command| command.after_help(EXTRACT))
        .mut_subcommand("rollup", |command| command.after_help(ROLLUP))
        .mut_subcommand("compare", |command| command.after_help(COMPARE))
        .mut_subcommand("new", |command| command.after_help(NEW))
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令");
    // `build` adds the parser's own `help` command.
    command.build();
    command.mut_subcommand("help", |command| command.about(about("help")))
}

fn about(command: &str) -> &'static str {
    COMMANDS.iter().find(|(name, _)| *name == command).map_or("", |(_, words)| words)
}

fn of_command(command: Command, name: &str) -> Command {
    let flag = |flag: &'static str, short: char, action: ArgAction| {
        Arg::new(flag).short(short).long(flag).action(action).display_order(1000)
    };
    let mut command = command.about(about(name)).disable_help_flag(true).arg(flag("help", 'h', ArgAction::Help));
    if name == "gongkai" {
        command = command.disable_version_flag(true).arg(flag("version", 'V', ArgAction::Version));
    }
    let mut command = command.mut_args(|argument| of_argument(argument, name));
    let options = "[选项]";
    let usage = match name {
        "gongkai" => format!("gongkai {options} <命令>"),
        "check" => format!("gongkai check {options} [路径]..."),
        "review" => format!("gongkai review {options} --out <文件夹> <文件夹>"),
        "extract" | "rollup" => format!("gongkai {name} {options} [路径]..."),
        "compare" => format!("gongkai compare {options} <报告A> <报告B>"),
        "new" => format!("gongkai new {options} --year <年度> <输出文件>"),
        "convert" => format!("gongkai convert {options} <输入> <输出>"),
        "rule" => format!("gongkai rule {options} [规则]"),
        "completions" => format!("gongkai completions {options} <SHELL>"),
        "man" => format!("gongkai man {options} [命令]"),
        name => format!("gongkai {name} {options}"),
    };
    command = command.override_usage(usage);
    command.help_template("{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}")
}

fn of_argument(argument: Arg, command: &str) -> Arg {
    let id = argument.get_id().to_string();
    let words =
        ARGUMENTS.iter().find(|(of, name, _)| *name == id && (*of == command || *of == "gongkai" || *of == READING));
    let words = words.map_or("", |(.., words)| words);
    let heading = if argument.is_positional() { "参数" } else { "选项" };
    let names: Vec<&str> = argument.get_value_names().unwrap_or_default().iter().map(|name| name.as_str()).collect();
    let names: Vec<&'static str> =
        names.iter().filter_map(|name| NAMES.iter().find(|(english, _)| english == name)).map(|(_, zh)| *zh).collect();
    let values: Vec<String> = match argument.get_action() {
        ArgAction::Set | ArgAction::Append => {
            argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect()
        }
        _ => Vec::new(),
    };
    let default: Vec<_> = argument.get_default_values().iter().filter_map(|value| value.to_str()).collect();
    let default = if default.is_empty() { String::new() } else { format!(" [默认：{}]", default.join("、")) };
    let mut long = format!("{words}{default}");
    if !values.is_empty() {
        long += "\n\n可选值：";
        for value in &values {
            let meaning =
                VALUES.iter().find(|(of, name, _)| *of == id && name == value).map_or("", |(.., words)| words);
            // Writing to a string cannot fail.
            let _ = write!(long, "\n- {value}{}{meaning}", if meaning.is_empty() { "" } else { "：" });
        }
    }
    let short = match values.is_empty() {
        true => format!("{words}{default}"),
        false => format!("{words}{default} [可选值：{}]", values.join("、")),
    };
    let is_named = !names.is_empty();
    let argument = argument.help(short).long_help(long).help_heading(heading);
    let argument = match argument.get_action().takes_values() {
        true => argument.hide_possible_values(true).hide_default_value(true),
        false => argument,
    };
    if is_named { argument.value_names(names) } else { argument }
}

/// A message about wrong usage, in Chinese.
fn chinese_error(error: &clap::Error) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(ContextValue::StyledStr(text)) => plain(text),
        Some(ContextValue::StyledStrs(texts)) => texts.iter().map(plain).collect::<Vec<_>>().join("、"),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let suggestion = |kind| match context(kind) {
        near if near.is_empty() => String::new(),
        near => format!("，是否指“{near}”？"),
    };
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("参数“{argument}”需要一个值"),
        ErrorKind::InvalidValue => {
            let valid = context(ContextKind::ValidValue);
            let near = suggestion(ContextKind::SuggestedValue);
            format!("参数“{argument}”的值“{value}”无效{near}\n可选值：{valid}")
        }
        ErrorKind::ValueValidation => {
            // The reasons of the parsers are in English, so the message has the argument's help instead.
            let id = argument.trim_start_matches('-').split(' ').next().unwrap_or_default().replace('-', "_");
            let words = ARGUMENTS.iter().find(|(_, name, _)| *name == id).map_or("", |(.., words)| words);
            format!("参数“{argument}”的值“{value}”无效（{words}）")
        }
        ErrorKind::UnknownArgument => format!("没有参数“{argument}”{}", suggestion(ContextKind::SuggestedArg)),
        ErrorKind::InvalidSubcommand => {
            let name = context(ContextKind::InvalidSubcommand);
            format!("没有命令“{name}”{}", suggestion(ContextKind::SuggestedSubcommand))
        }
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::ArgumentConflict => match context(ContextKind::PriorArg) {
            prior if prior.is_empty() || prior == argument => format!("参数“{argument}”不能重复"),
            prior => format!("参数“{argument}”不能与“{prior}”一起使用"),
        },
        ErrorKind::MissingRequiredArgument => format!("缺少参数：{argument}"),
        ErrorKind::TooManyValues => format!("参数“{argument}”不能有值“{value}”"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
            format!("参数“{argument}”的值的个数不对")
        }
        ErrorKind::InvalidUtf8 => "参数不是 UTF-8 文本".to_owned(),
        // Other errors have no text of their own here.
        kind => kind.as_str().unwrap_or("用法有误").to_owned(),
    }
}

fn plain(text: &StyledStr) -> String {
    anstream::adapter::strip_str(&text.to_string()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(list: &[&str]) -> Vec<OsString> {
        ["gongkai"].iter().chain(list).map(OsString::from).collect()
    }

    #[test]
    fn everything_has_its_chinese() {
        let english = Arguments::command();
        let all = [&english].into_iter().chain(english.get_subcommands());
        for command in all {
            let name = command.get_name();
            assert!(!about(name).is_empty(), "{name}");
            for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
                let id = argument.get_id().as_str();
                let known =
                    ARGUMENTS.iter().any(|(of, argument, _)| (*of == name || *of == READING) && *argument == id);
                assert!(known, "{name} {id} has no Chinese");
                for value in argument.get_possible_values() {
                    let known = VALUES.iter().any(|(of, known, _)| *of == id && *known == value.get_name());
                    assert!(known || id == "shell" || !argument.get_action().takes_values(), "{id} {value:?}");
                }
                for value in argument.get_value_names().unwrap_or_default() {
                    let known =
                        NAMES.iter().any(|(known, _)| known == value) || matches!(value.as_str(), "N" | "SHELL");
                    assert!(known || !argument.get_action().takes_values(), "{id} {value}");
                }
            }
        }
        // And no description is left of an argument that no longer exists.
        for (name, id, _) in ARGUMENTS {
            let command = match *name {
                "gongkai" => Some(&english),
                READING => english.find_subcommand("extract"),
                name => english.find_subcommand(name),
            };
            let is_there =
                command.is_some_and(|command| command.get_arguments().any(|one| one.get_id().as_str() == *id));
            assert!(is_there || matches!(*id, "help" | "version"), "{name} {id} is gone");
        }
    }

    #[test]
    fn chinese_help_holds_no_english_sentence() {
        let mut command = command(Language::Chinese);
        let mut pages = vec![command.render_long_help().to_string(), command.render_help().to_string()];
        for name in
            ["check", "review", "extract", "rollup", "compare", "new", "convert", "rule", "server", "completions"]
        {
            let command = command.find_subcommand_mut(name).unwrap();
            pages.extend([command.render_long_help().to_string(), command.render_help().to_string()]);
        }
        for page in pages {
            for word in
                ["Usage", "Options", "Arguments", "Commands", "Print", "Possible", "possible", "default:", "[OPTIONS]"]
            {
                assert!(!page.contains(word), "{word}\n{page}");
            }
            assert!(page.contains("用法：") && page.contains("选项"), "{page}");
        }
    }

    #[test]
    fn wrong_usage_is_named_in_chinese() {
        let error = |list: &[&str]| {
            let error = command(Language::Chinese).try_get_matches_from(words(list)).unwrap_err();
            chinese_error(&error)
        };
        assert_eq!(error(&["chek"]), "没有命令“chek”，是否指“check”？");
        assert_eq!(error(&["check", "--fixx"]), "没有参数“--fixx”，是否指“--fix”？");
        assert!(error(&["check", "--output-format=pdf"]).starts_with("参数“--output-format <格式>”的值“pdf”无效"));
        assert!(error(&["check", "--output-format=pdf"]).contains("可选值：text、concise、json、"));
        assert_eq!(error(&["check", "--fix", "--diff"]), "参数“--fix”不能与“--diff”一起使用");
        assert_eq!(error(&["check", "--config"]), "参数“--config <文件>”需要一个值");
        assert_eq!(error(&["completions"]), "缺少参数：<SHELL>");
        assert!(error(&["check", "-j0"]).starts_with("参数“--jobs <N>”的值“0”无效"));
    }

    #[test]
    fn the_language_is_known_before_the_rest() {
        let asked = |list: &[&str]| language_asked_for(&words(list));
        assert_eq!(asked(&["check", "--lang", "en"]), Some(Language::English));
        assert_eq!(asked(&["--lang=zh", "chek"]), Some(Language::Chinese));
        assert_eq!(asked(&["check", "--lang", "fr"]), None);
        assert_eq!(asked(&["check", "--", "--lang=en"]), None);
    }
}
