//! GK125 other-body: the preamble names another body than the title.

use crate::rules::support::context::Context;
use crate::rules::support::preamble::{BodyRole, Named, named};
use crate::rules::{Finding, Related, Severity, WORDS};
use crate::say;
use crate::statute::Body;

rule! {
    code: "GK125",
    name: "other-body",
    severity: Warning,
    reads: WORDS,
    title: ["引言写的是另一个机关", "The preamble names another body"],
    checks: [
        "引言中“现公布××2023年政府信息公开工作年度报告”“由××编制”“请与××联系”所写的机关，与标题的机关既不同地区、又不同部门；多为套用别的单位的报告而未改。简称、内设机构、上级政府及其办公室、领导小组、网站主办单位不算。联系方式写了两次的，作提示。",
        "Whether the body that the preamble names in `现公布…2023年政府信息公开工作年度报告`, `由…编制` or `请与…联系` shares neither the region nor the bureau with that of the title: mostly text taken from another body’s report. Short names, offices of the body, governments above it, leading groups and hosts of the site do not count. A contact clause that is made twice is information.",
    ],
    basis: [
        "《政府信息公开条例》第四十九条：各行政机关公布本机关的年度报告；国办公开办函〔2021〕30号对内容雷同、敷衍塞责的要求。",
        "Article 49 of the Regulation: every body publishes its own report; 国办公开办函〔2021〕30号 on copied reports.",
    ],
    example: [
        "\
不符：标题为“云岭县档案局2023年……”，引言写“现公布白山县财政局2023年政府信息公开工作年度报告”。

相符：引言写“云岭县档案局”“县档案局办公室”，或者请与“云岭县政府信息公开工作领导小组办公室”联系。",
        "\
Fires: the title is `云岭县档案局2023年…`, the preamble says `现公布白山县财政局2023年政府信息公开工作年度报告`.

Silent: it says `云岭县档案局` or `县档案局办公室`, or gives `云岭县政府信息公开工作领导小组办公室` as the contact.",
    ],
    fix: [
        "由填报人改正，不自动修正。",
        "Only the author knows the right text; there is no automatic fix.",
    ],
}

/// Words in the name of the operator of a site, a hall or a group, which may be another body.
const OF_OTHERS: &[&str] =
    &["领导小组", "网站", "信息中心", "数据", "融媒体", "新闻中心", "网信", "政务服务", "行政审批", "档案馆", "图书馆"];

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    let Some(title) = context.report.title.as_ref() else { return };
    let Some((own, place)) = title.body.as_ref() else { return };
    let body = Body::of(own);
    // Without a region in the title, other regions cannot be compared.
    if body.places().next().is_none() {
        return;
    }
    for passage in context.preamble() {
        for other in named(&passage.text).iter().filter(|other| is_other(&body, other)) {
            let span = passage.place(other.span);
            let (written, own) = (context.text(span), own.as_str());
            let message = match other.role {
                BodyRole::Report => say!(
                    language,
                    "标题的机关是“{own}”，这里写的却是“{written}”的报告，请核对",
                    "The title names “{own}”, but the text here presents the report of “{written}”: check which is right"
                ),
                BodyRole::Maker => say!(
                    language,
                    "标题的机关是“{own}”，这里却写由“{written}”编制，请核对",
                    "The title names “{own}”, but the text here says that “{written}” prepared the report: check which is right"
                ),
                BodyRole::Contact => say!(
                    language,
                    "标题的机关是“{own}”，这里却请人与“{written}”联系，请核对",
                    "The title names “{own}”, but the text here gives “{written}” as the contact: check which is right"
                ),
            };
            let there = Related { span: *place, message: say!(language, "标题的机关", "The body in the title") };
            findings.push(Finding::new(&RULE, span, message).related([there]));
        }
    }
    findings.extend(contact_twice(context));
}

/// Whether `other` is a different body from `own`, and not one that its report may name.
fn is_other(own: &Body, other: &Named) -> bool {
    if own.shares_name(&other.body) {
        return false;
    }
    match other.role {
        BodyRole::Report => true,
        BodyRole::Maker => !other.body.may_be_above(own),
        BodyRole::Contact => {
            !other.body.may_be_above(own) && !OF_OTHERS.iter().any(|word| other.body.unit().contains(word))
        }
    }
}

/// The contact, repeated.
fn contact_twice(context: &Context<'_>) -> Option<Finding> {
    let language = context.language;
    let mut clauses = context.preamble().iter().flat_map(|passage| {
        let asked = passage.text.match_indices("疑问").filter(|(at, _)| {
            let before = passage.text.get(..*at).unwrap_or_default();
            let clause = before.rsplit(['。', '；', '，', '\n']).next().unwrap_or_default();
            clause.contains("报告") && clause.contains(['如', '对'])
        });
        asked.map(|(at, word)| passage.place(crate::text::Span::new(at, at + word.len())))
    });
    let (first, second) = (clauses.next()?, clauses.next()?);
    let message = say!(language, "联系方式写了两次，留一处即可", "The contact is given twice; once is enough");
    let there = Related { span: first, message: say!(language, "第一次写明", "It is given here first") };
    Some(Finding::new(&RULE, second, message).severity(Severity::Info).related([there]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::*;

    #[test]
    fn another_body() {
        for (body, sentence) in [
            ("云岭县档案局", "现公布⟦白山县财政局⟧2022年政府信息公开工作年度报告。"),
            ("云岭县人民政府", "现向社会公布⟦白山县人民政府⟧2022年度政府信息公开工作年度报告。"),
            ("云岭市档案局", "本报告由⟦白山市财政局⟧编制。"),
            ("云岭县档案局", "如对本报告有疑问，请与⟦白山县财政局办公室⟧联系（地址：和平路1号）。"),
            ("云岭县人民政府", "如对本报告有疑问，请联系⟦白山县人民政府办公室⟧。"),
        ] {
            reports("GK125", Severity::Warning, &opening_with(body, sentence));
        }
        let (message, related) = said("GK125", &opening_with("云岭县档案局", "本报告由白山县财政局编制。"));
        assert_eq!(message, "标题的机关是“云岭县档案局”，这里却写由“白山县财政局”编制，请核对");
        assert_eq!(related[0].0, "云岭县档案局");
    }

    #[test]
    fn bodies_that_may_be_named() {
        for (body, sentence) in [
            ("云岭县档案局", "现公布云岭县档案局2022年政府信息公开工作年度报告。"),
            ("云岭县档案局", "如对本报告有疑问，请与县档案局办公室联系。"),
            ("云岭县档案局", "如对本报告有疑问，请与云岭县人民政府办公室联系。"),
            // The government above it, its office, a leading group, the host of the site.
            ("青河县档案局", "如对本报告有疑问，请与云岭市人民政府办公室联系。"),
            ("青河县档案局", "如对本报告有疑问，请与云岭市政府信息公开工作领导小组办公室联系。"),
            ("青河县档案局", "如对本报告有疑问，请与白山县大数据中心联系。"),
            // A branch of a system, under the name of the region.
            ("国家税务总局云岭县税务局", "如对本报告有疑问，请与白山市税务局办公室联系。"),
            ("云岭县档案局", "按照《白山县人民政府关于做好2022年政府信息公开工作年度报告编制工作的通知》编制。"),
            ("档案局", "现公布白山县财政局2022年政府信息公开工作年度报告。"),
        ] {
            silent("GK125", &opening_with(body, sentence));
        }
    }

    #[test]
    fn whom_to_ask_twice() {
        let one = "如对本报告有疑问，请与我局联系。";
        silent("GK125", &opening_with("云岭市档案局", one));
        let twice = format!("{one}\n对本报告如有⟦疑问⟧，请联系我局办公室。");
        reports("GK125", Severity::Info, &opening_with("云岭市档案局", &twice));
    }
}
