//! GK001 unused-suppression: a comment or a setting suppresses a finding that does not exist.
//!
//! Which findings a comment suppresses is known only after every rule has run: see `suppression`.

use crate::rules::NOTHING;

rule! {
    code: "GK001",
    name: "unused-suppression",
    severity: Warning,
    reads: NOTHING,
    title: ["忽略已无作用", "A suppression suppresses nothing"],
    checks: [
        "注释 `<!-- gongkai: ignore … -->`、`<!-- gongkai: ignore-file … -->` 或 `gongkai.toml` 中的 `[[ignore]]` 所指的问题已不存在；注释中写错了规则代码，或没有写规则。已关闭的规则不在此列。",
        "A comment `<!-- gongkai: ignore … -->` or `<!-- gongkai: ignore-file … -->`, or an entry `[[ignore]]` of `gongkai.toml`, is about a finding that does not exist; or a comment names no rule, or a rule that does not exist. Rules that are switched off do not count.",
    ],
    basis: [
        "问题改正之后，遗留的忽略会把以后新出现的同类错误一并掩盖。",
        "An unused suppression would hide the next mistake of its kind.",
    ],
    example: [
        "\
不符：`<!-- gongkai: ignore GK303 合计以原件为准 -->` 的下一行合计无误。

相符：其下一行的合计确有 GK303 的问题。",
        "\
Fires: the line below `<!-- gongkai: ignore GK303 as in the original -->` adds up.

Silent: that line has a finding of GK303.",
    ],
    fix: [
        "删去注释，或删去其中多余的规则代码，可自动修正。写错的代码由填报人改正；`gongkai.toml` 中的条目由填报人删去。",
        "The fix removes the comment, or the unneeded code in it: a safe fix. A misspelled code has to be corrected by hand, and an entry of `gongkai.toml` removed by hand.",
    ],
    check: |_, _| {},
}
