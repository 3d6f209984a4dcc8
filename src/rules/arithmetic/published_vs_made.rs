//! GK312 published-vs-made: more published than made, or in all.

use crate::rules::support::cells::NamedCount;
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::{Finding, Severity, TABLES};
use crate::say;
use crate::statute::Column;

rule! {
    code: "GK312",
    name: "published-vs-made",
    severity: Info,
    reads: TABLES,
    title: ["公开数量与制作数量不协调", "More published this year than made, or than in all"],
    checks: [
        "2019 年格式表二中，规章、规范性文件的对外公开总数量小于本年新公开数量的，作为警告；本年新公开数量大于本年新制作数量的，作为提示。",
        "In Table 2 of the 2019 format, for rules and normative documents: fewer published in all than published this year is a warning; more published this year than made this year is information.",
    ],
    basis: [
        "国办公开办函〔2019〕60号规定的三栏：公开总数量应包括本年新公开的；本年新公开的通常是本年新制作的，公开往年文件的除外。",
        "The three columns of 国办公开办函〔2019〕60号: the number published in all includes this year; and most documents published this year were made this year, unless older ones were opened.",
    ],
    example: [
        "\
不符：本年新公开 5，对外公开总数量 3。

相符：本年新制作 2，本年新公开 2，对外公开总数量 20。",
        "\
Fires: 5 published this year, 3 in all.

Silent: 2 made, 2 published, 20 in all.",
    ],
    fix: [
        "哪一个数有误须由填报人核对，不自动修正。",
        "Only the records show which figure is wrong.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    for table in &context.report.tables {
        for spec in table.spec.rows {
            let count = |column| NamedCount::find(table, spec.row, column, language);
            let Some(published) = count(Column::NewlyPublished) else { continue };
            let more = |other: &NamedCount| other.value < published.value;
            let number = published.value;
            if let Some(all) = count(Column::PublishedInAll).filter(more) {
                let column = names::column(Column::NewlyPublished, language);
                let NamedCount { value, span, name } = all;
                let message = say!(
                    language,
                    "{name}为 {value}，小于{column} {number}；总数量应包括本年新公开的",
                    "{name} is {value}, less than {number} {column}: the total includes this year’s"
                );
                let finding = Finding::new(&RULE, span, message).severity(Severity::Warning);
                findings.push(finding.related([published.related()]));
            } else if let Some(made) = count(Column::NewlyMade).filter(more) {
                let column = names::column(Column::NewlyMade, language);
                let (name, made_number) = (published.name, made.value);
                let message = say!(
                    language,
                    "{name}为 {number}，大于{column} {made_number}；如未公开往年文件，请核对",
                    "{name} is {number}, more than {made_number} {column}: check them, unless older documents were published"
                );
                findings.push(Finding::new(&RULE, published.span, message).related([made.related()]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::*;

    fn with(values: &str) -> String {
        report(2020).replace("规范性文件 | 0 | 0 | 0 |", &format!("规范性文件 | {values} |"))
    }

    #[test]
    fn fewer_in_all_than_this_year() {
        reports("GK312", Severity::Warning, &with("5 | 5 | ⟦3⟧"));
        // One cause, one finding.
        reports("GK312", Severity::Warning, &with("2 | 5 | ⟦3⟧"));
        reports("GK312", Severity::Warning, &with("/ | 5 | ⟦3⟧"));
    }

    #[test]
    fn more_published_than_made() {
        reports("GK312", Severity::Info, &with("2 | ⟦5⟧ | 9"));
        reports("GK312", Severity::Info, &with("2 | ⟦5⟧ | /"));
    }

    #[test]
    fn figures_that_go_together() {
        silent("GK312", &with("5 | 5 | 5"));
        silent("GK312", &with("5 | 2 | 20"));
        silent("GK312", &with("/ | 5 | /"));
    }
}
