//! GK301 balance, GK302 subtotal, GK303 row-total, GK304 review-total: the identities of the tables. A contradiction is reported
//! once, under the rule of the identity that is wrong.

use crate::rules::TABLES;
use crate::rules::arithmetic::contradictions;
use crate::statute::IdentityKind;

rule! {
    static BALANCE;
    code: "GK301",
    name: "balance",
    severity: Error,
    reads: TABLES,
    title: ["各列平衡关系不符", "The columns do not balance"],
    checks: [
        "表三每一列（自然人、商业企业……总计）都应满足：一、本年新收 + 二、上年结转 = （七）总计 + 四、结转下年度继续办理。",
        "In every column of Table 3: received + carried in = （七）总计 + carried out.",
    ],
    basis: [
        "格式表三表头注明“本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和”（国办公开办函〔2021〕30号，2019年格式同）。",
        "The header of the table in the official format states this (国办公开办函〔2021〕30号; and so does the format of 2019).",
    ],
    example: [
        "\
不符：某列新收 9、上年结转 0，（七）总计 8、结转下年 0。

相符：新收 9、上年结转 0，（七）总计 8、结转下年 1。",
        "\
Fires: received 9, carried in 0; （七）总计 8, carried out 0.

Silent: received 9, carried in 0; （七）总计 8, carried out 1.",
    ],
    fix: [
        "只改一个单元格就能使全部勾稽关系成立、且别无他法时，改该单元格（可自动修正）。有多种可能时逐一列出，由填报人选择，不自动修正。有空白或无法识别的数字时不作判断。",
        "If exactly one change of one cell makes every identity hold, that change is offered as a safe fix. If several changes would, each is offered and none is safe. A blank or unreadable operand makes the identity uncheckable.",
    ],
    check: |context, findings| contradictions::check(&BALANCE, IdentityKind::Balance, context, findings),
}

rule! {
    static SUBTOTAL;
    code: "GK302",
    name: "subtotal",
    severity: Error,
    reads: TABLES,
    title: ["（七）总计与各项不符", "The outcomes do not add up"],
    checks: [
        "表三每一列的（七）总计应等于（一）予以公开至（六）其他处理各明细行之和（2021年格式 21 行，2019年格式 19 行）。",
        "In every column of Table 3, （七）总计 is the sum of the outcomes above it: 21 rows in the format of 2021, 19 in that of 2019.",
    ],
    basis: [
        "格式表三的（七）总计即本年度办理结果各项之和（国办公开办函〔2021〕30号、〔2019〕60号）。",
        "This is the definition of the row in both official formats (国办公开办函〔2021〕30号, 〔2019〕60号).",
    ],
    example: [
        "\
不符：自然人一列明细合计 9，（七）总计 8。

相符：自然人一列明细合计 9，（七）总计 9。",
        "\
Fires: the outcomes of natural persons make 9, （七）总计 says 8.

Silent: they make 9, and it says 9.",
    ],
    fix: [
        "只改一个单元格就能使全部勾稽关系成立、且别无他法时，改该单元格（可自动修正）。两行之间计错栏目等需两处同时改动的，最多列出五种供选择，不自动修正。",
        "If exactly one change of one cell makes every identity hold, that change is offered as a safe fix. Where two cells have to change together, at most five ways are offered, none safe.",
    ],
    check: |context, findings| contradictions::check(&SUBTOTAL, IdentityKind::Subtotal, context, findings),
}

rule! {
    static ROW_TOTAL;
    code: "GK303",
    name: "row-total",
    severity: Error,
    reads: TABLES,
    title: ["行总计不符", "A row does not add up"],
    checks: [
        "表三每一行的总计应等于自然人、商业企业、科研机构、社会公益组织、法律服务机构、其他六栏之和。",
        "In every row of Table 3, 总计 is the sum of the six applicant columns.",
    ],
    basis: [
        "格式表三的列结构（国办公开办函〔2021〕30号、〔2019〕60号）；《政府信息公开条例》第四十九条、第五十条要求年度报告如实反映收到和处理申请的情况。",
        "The columns of the official formats (国办公开办函〔2021〕30号, 〔2019〕60号); Articles 49 and 50 of the Regulation require a true account of the applications.",
    ],
    example: [
        "\
不符：自然人 10、商业企业 2、其余为 0，总计 11。

相符：自然人 10、商业企业 2、其余为 0，总计 12。",
        "\
Fires: natural persons 10, businesses 2, all others 0; total 11.

Silent: natural persons 10, businesses 2, all others 0; total 12.",
    ],
    fix: [
        "同时参照本列的（七）总计和平衡关系确定错在哪一格：只有一个单元格可解释全部不符时，改该单元格（可自动修正）；否则逐一列出可能，由填报人选择。",
        "The subtotal and the balance of the column identify the wrong cell. If a single cell explains all contradictions, changing it is a safe fix; otherwise every possibility is offered and none is safe.",
    ],
    check: |context, findings| contradictions::check(&ROW_TOTAL, IdentityKind::RowTotal, context, findings),
}

rule! {
    static REVIEW_TOTAL;
    code: "GK304",
    name: "review-total",
    severity: Error,
    reads: TABLES,
    title: ["复议诉讼总计不符", "Reviews or suits do not add up"],
    checks: [
        "表四的行政复议、未经复议直接起诉、复议后起诉三组，每组：结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计。",
        "In each of the three groups of Table 4: upheld + corrected + other + pending = total.",
    ],
    basis: [
        "格式表四的列结构（国办公开办函〔2021〕30号、〔2019〕60号）。",
        "The columns of the official formats (国办公开办函〔2021〕30号, 〔2019〕60号).",
    ],
    example: [
        "\
不符：结果维持 2、结果纠正 0、其他结果 1、尚未审结 0，总计 2。

相符：结果维持 2、结果纠正 0、其他结果 1、尚未审结 0，总计 3。",
        "\
Fires: upheld 2, corrected 0, other 1, pending 0; total 2.

Silent: upheld 2, corrected 0, other 1, pending 0; total 3.",
    ],
    fix: [
        "一组只有一条关系，改任何一格都可能成立，所以逐一列出可能，像录入笔误的排在前面，均不自动修正。",
        "A group has only one identity, so a change of any cell may be right: each is offered, those that undo a typing error first, and none is safe.",
    ],
    check: |context, findings| contradictions::check(&REVIEW_TOTAL, IdentityKind::ReviewTotal, context, findings),
}

#[cfg(test)]
mod tests;
