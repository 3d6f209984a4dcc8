//! GK506 same-as-sibling: the words of another body's report.

use crate::report::Facets;
use crate::rules::support::context::Context;
use crate::rules::support::years::sameness;
use crate::rules::{Finding, WORDS};
use crate::say;

rule! {
    code: "GK506",
    name: "same-as-sibling",
    severity: Info,
    reads: WORDS.and(Facets::TITLE).and(Facets::OTHERS),
    title: ["与其他单位报告内容雷同", "Much of the text is another body’s"],
    checks: [
        "其他单位同年度报告一并检查时：一、总体情况和五、存在的主要问题及改进情况的文字，有一半以上与其中一份相同。比较方法同 GK505。",
        "When reports of other bodies for the same year are among the files: more than half of the words of sections 一 and 五 are those of one of them. The comparison is that of GK505.",
    ],
    basis: [
        "国办公开办函〔2021〕30号把内容雷同列为应当追究责任的情形。",
        "国办公开办函〔2021〕30号 names reports with the same content as others among what bodies are held responsible for.",
    ],
    example: [
        "\
不符：两节 1000 字，其中 800 字与同县另一单位的报告逐句相同。

相符：只有引用文件名称等套语相同。",
        "\
Fires: 800 of 1,000 characters are in the same clauses as in the report of another body of the county.

Silent: only stock phrases are the same.",
    ],
    fix: [
        "须据实重写，不自动修正。",
        "The author has to rewrite the sections; there is no automatic fix.",
    ],
    configuration: [
        "达到百分之几才报告，由 `[thresholds]` 的 `GK506` 设定。同一单位的报告按（单位、年度）识别：标题，其次文件名，或 `gongkai.toml` 的 `[[report]]`。",
        "`GK506` in `[thresholds]` sets the percentage. Reports are matched by body and year: from the title, else from the name of the file, or from `[[report]]` in `gongkai.toml`.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    let Some((share, other, place, related)) = sameness(context, context.neighbours.sibling.iter()) else { return };
    if i64::from(share) <= context.settings.threshold("GK506") {
        return;
    }
    let body = &other.body;
    let message = say!(
        language,
        "一、五两部分约 {share}% 的文字与“{body}”同年度报告相同；请据实反映本单位的情况",
        "about {share}% of the words of sections 一 and 五 are those of the report of {body} for the same year: state the \
         body's own work"
    );
    findings.push(Finding::new(&RULE, place, message).related(related));
}

#[cfg(test)]
mod tests {
    use crate::rules::Neighbours;
    use crate::rules::Severity;
    use crate::rules::support::testing::*;
    use std::sync::Arc;

    const WORDS: &str = "全年围绕优化营商环境更新办事指南和收费目录，及时发布惠民补贴发放结果；组织三次业务培训，逐条整改第三方评估指出的问题。        公众号每周推送政策图解，热线来电逐件登记并在五个工作日内回复，旧城改造项目的进度按月张贴到社区公告栏。";

    fn with(words: &str) -> String {
        report(2022).replace("我局主动公开政府信息12条。", words)
    }

    #[test]
    fn words_of_another_body() {
        let other = digest(&with(WORDS).replace("云岭市档案局", "云岭市林草局"));
        let beside = Neighbours { sibling: Some(Arc::new(other)), ..last_years(&[]) };
        let marked = with(WORDS).replace("一、总体情况", "一、⟦总体情况⟧");
        reports_beside("GK506", Severity::Info, &beside, &marked);
        let found = findings_beside("GK506", &beside, &with(WORDS));
        assert!(found[0].message.contains("“云岭市林草局”"), "{}", found[0].message);
        silent_beside("GK506", &beside, &report(2022));
        silent("GK506", &with(WORDS));
    }
}
