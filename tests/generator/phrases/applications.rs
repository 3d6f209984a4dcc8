//! Sentences about applications: received, handled, carried over.

use super::Lie;
use super::fill::Hand;
use super::lists;

/// What came in, with the applications named.
const INTAKE: &[&str] = &[
    "{Y!}年，{we}[共|一共|]收到政府信息公开申请{received}{m}",
    "{Y!}年度{we}[接收|收悉|登记]政府信息公开申请{received}{m}",
    "[全年|年内|本年度|一年来]{we}受理政府信息公开申请{received}{m}",
    "全年[新收|新收到|新增|新接收]政府信息公开申请{received}{m}",
    "[收到|收悉]公民、法人和其他组织[提交|提出|递交]的政府信息公开申请{received}{m}",
    "[依法|依规|按程序]登记受理政府信息公开申请{received}{m}",
    "全年[总共|合计|累计]接到依申请公开{received}{m}",
    "{we}全年收到的政府信息公开申请[为|共|共计]{received}{m}",
    "政府信息公开申请[全年|年内]收到{received}{m}",
    "[年度内|一年间]收到要求公开政府信息的申请{received}{m}",
    "收到[申请人|群众|社会公众][通过网站、信函等途径|以书面、网络等形式]提出的政府信息公开申请[共计|合计|]{received}{m}",
    "全年有{received}{m}政府信息公开申请[提交|递交|送达]{we}",
    "[本年|本年度]共有{received}{m}政府信息公开申请[进入办理程序|登记在册]",
    "{Y!}年{we}新收政府信息公开申请数量为{received}{m}",
    "[本年度|全年]{scope}收到的依申请公开[件|事项|申请][共|计|共计]{received}{m}",
    "受理依申请公开政府信息[事项|]{received}{m}",
    "?carried in>0?本年新收政府信息公开申请{received}{m}，[另有|加上|连同]上年结转{carried in}{m}",
    "?carried in>0?{we}新收政府信息公开申请{received}{m}、承接{Y-1}年结转申请{carried in}{m}",
    "?carried in>0?上年结转政府信息公开申请{carried in}{m}，[本年|当年|年内]新收{received}{m}",
    "?carried in>0?{we}全年应办政府信息公开申请{received and carried in@t}{m}，其中新收{received@p}{m}、上年转入{carried in@p}{m}",
    "?carried in>0?{Y-1}年结转到本年办理的政府信息公开申请{carried in}{m}，{Y}年新收到{received}{m}",
    "?carried in>0?收到政府信息公开申请{received}{m}，上年度未办结转入{carried in}{m}，[合计|共计]{received and carried in}{m}",
    "?carried in=0?收到政府信息公开申请{received}{m}，<none of carried in:无上年结转[申请|件|]>",
    "?received>0?收到政府信息公开申请{received@t}{m}，其中自然人[申请|提出|提交]{applicants natural@p}{m}、法人或其他组织[申请|提出|提交]{applicants legal@p}{m}",
    "?received>0?全年收到的政府信息公开申请共{received@t}{m}（自然人{applicants natural@p}{m}，法人和其他组织{applicants legal@p}{m}）",
];

/// What was done with them; the applications were named before.
const ANSWERED: &[&str] = &[
    "[办结|答复|办理答复|已答复|已办理答复]{handled}{m}",
    "[年内|当年|全年|本年度]共[办结|答复|办理]{handled}{m}",
    "[作出|给出|完成]答复{handled}{m}",
    "已[办理完毕|答复完毕|办结]的有{handled}{m}",
    "?handled>0?{handled}{m}已[按规定|依法|如期][答复|办结]",
    "[实际|累计]办结{handled}{m}",
    "[依法|按时|如期|及时]答复[申请人|]{handled}{m}",
    "[依法|]办理完结{handled}{m}",
    "办结数[为|是]{handled}{m}",
    "[经审查|经调查核实|经会商研究]，答复{handled}{m}",
    "已经办结的[共|合计]{handled}{m}",
];

/// What is left, after what was done.
const LEFT: &[&str] = &[
    "?carried over>0?[结转下年度|结转下一年度|结转次年|转入下年度|结转至{Y+1}年][继续办理|办理|]{carried over}{m}",
    "?carried over>0?{carried over}{m}[结转下年度继续办理|转{Y+1}年办理|结转{Y+1}年度办理|顺延至下一年度答复|跨年办理]",
    "?carried over>0?[尚有|另有|还有|余下|剩余]{carried over}{m}[结转下年度|正在办理中，结转下年|转入{Y+1}年继续办理|将于下年度答复|待下年度办理]",
    "?carried over>0?[年末|年底|截至年末]未办结{carried over}{m}",
    "?carried over>0?下[一年度|年度|年][继续办理|续办]{carried over}{m}",
    "?carried over>0?截至年底[在办|仍在办理]{carried over}{m}",
    "?carried over>0?未办结的{carried over}{m}[结转次年|转下年度]办理",
    "?carried over>0?其余{carried over}{m}[未到答复期限，结转下年度|在法定期限内办理，结转次年]",
    "?carried over=0?结转下年度[继续办理|]{carried over}{m}",
    "?carried over=0?<none of carried over:[无|没有]结转下年度[的申请|办理事项|件]>",
];

/// What was done, with the applications named.
const ANSWERED_NAMED: &[&str] = &[
    "{we}全年办理政府信息公开申请{handled}{m}",
    "全年[依法|]答复政府信息公开申请{handled}{m}",
    "办结依申请公开[事项|件|申请]{handled}{m}",
    "[处理|办结]公众提出的政府信息公开申请{handled}{m}",
    "?handled>0?对{handled}{m}政府信息公开申请[作出|作了]答复",
    "{Y!}年，{we}办理答复政府信息公开申请{handled}{m}",
    "向申请人作出政府信息公开答复{handled}{m}",
    "全年办结的政府信息公开申请[共|为|合计]{handled}{m}",
    "{scope}完成政府信息公开申请办理{handled}{m}",
];

/// All in one.
const WHOLE: &[&str] = &[
    "{Y!}年，{we}收到政府信息公开申请{received}{m}，[办结|答复]{handled}{m}，结转下年度[办理|]{carried over}{m}",
    "{we}全年收到政府信息公开申请{received}{m}、上年结转{carried in}{m}，办结{handled}{m}、结转下年{carried over}{m}",
    "全年政府信息公开申请新收{received}{m}，上年结转{carried in}{m}；答复{handled}{m}，转下年{carried over}{m}",
    "?carried in=0,carried over>0?受理政府信息公开申请{received}{m}，其中{carried over}{m}结转下年度，年内办结{handled}{m}",
    "?carried in>0?办结政府信息公开申请{handled}{m}（含上年结转{carried in}{m}），结转下一年度{carried over}{m}",
    "?carried over>0?政府信息公开申请收件{received}{m}，答复{handled}{m}（另有{carried over}{m}转下年度答复）",
    "依申请公开[情况|工作]：新收{received}{m}，上年结转{carried in}{m}，办结{handled}{m}，结转下年度{carried over}{m}",
    "{Y!}年{we}新收申请{received}{m}，连同上年结转的{carried in}{m}，应办理政府信息公开申请{received and carried in}{m}，实际办结{handled}{m}",
    "?carried over>0?收到政府信息公开申请{received}{m}。[全年|年内]共答复{handled}{m}，结转下一年度办理{carried over}{m}",
    "?carried over>0?[当年|全年]受理政府信息公开申请{received}{m}，[当年|全年]办结{handled}{m}，{carried over}{m}转至{Y+1}年办理",
    "?carried in=0,handled>0,carried over>0?收到政府信息公开申请{received}{m}，其中{handled}{m}[已在年内答复|已办结|当年办结]，其余{carried over}{m}[下年度办理|结转下年]",
    "?carried over>0?全年收到依申请公开申请{received}{m}、办结{handled}{m}、跨年办理{carried over}{m}",
];

/// All was done: right after what came in.
const ALL_DONE: &[&str] = &[
    "<all handled:均[已依法|按时|已按期|如期|在法定期限内|在规定时间内][答复|办结|予以答复|办理完毕]>",
    "<all handled:全部[按时|如期|依法依规][办结|答复]>",
    "<all handled:已全部[答复|办理完毕|办结]>",
    "<all handled:都[已按时|在法定期限内|按规定][作了|作出|给予]答复>",
    "<all handled:[已悉数|已尽数]办结>",
    "<all handled:均[按照规定程序|依照有关规定]办理并[答复|回复]申请人>",
    "<all handled:[无一逾期|无一超期]，全部[办结|答复]>",
    "<all handled:[至年底|截至年末]全部办理完结>",
    "<all handled:均于规定时限内[书面答复|答复办结]>",
    "<all handled:均已[妥善|规范]办理[并答复申请人|答复]>",
    "<all handled:[逐件|逐一]在规定时限内全部答复>",
    "<all handled:皆已[如期|按时]答复>",
];

/// The same as a sentence of its own.
const ALL_DONE_OWN: &[&str] = &[
    "<all handled:[所有|全部]申请均[已按规定|在法定时限内|已如期]答复>",
    "<all handled:[上述|以上]申请[均已|已全部]答复[完毕|]>",
    "<all handled:[收到|受理]的申请[均|全部]在[法定|规定]时限内[办结|答复]>",
    "<all handled:申请均已[办结|答复]>",
    "<all handled:各项申请均依法按时办结>",
    "<all handled:对收到的申请[均|全部]依法[作出|予以]答复>",
    "<all handled:政府信息公开申请已全部[按期答复|办结]>",
];

/// Nothing came in.
const NOTHING: &[&str] = &[
    "{Y}年，{we}<none of received:[未收到|没有收到|未接到]政府信息公开申请>",
    "{we}全年<none of received:[未收到|没有接到]任何[单位和个人|公民、法人和其他组织][的|提出的]政府信息公开申请>",
    "<none of received:[年内|本年度|全年]无政府信息公开申请>",
    "本年度<none of received:没有[公民、法人或者其他组织|任何单位和个人]向{we}[提出|提交]政府信息公开申请>",
    "{Y}年度{we}<none of received:[未受理|没有受理]政府信息公开申请>",
    "<none of received:[未发生|未出现]依申请公开[事项|的情形|情形]>",
    "[年内|全年]<none of received:[没有|无]依申请公开[事项|件|的情况]>",
    "<none of received:未曾收到要求公开政府信息的申请>",
    "{Y!}年，{we}收到政府信息公开申请{received}{m}",
    "[全年|年内]{we}受理政府信息公开申请{received}{m}",
    "{we}收到的政府信息公开申请[为|共]{received}{m}",
    "{we}政府信息公开申请[受理量|收件数]为{received}{m}",
    "依申请公开方面，{we}<none of received:[没有收到|尚未收到]公众的申请>",
    "<none of received:本年度{we}无人申请公开政府信息>",
];

/// What share was done.
const RATE: &[&str] = &[
    "?received and carried in>0?办结率[为|达|达到|]{%rate}",
    "?received and carried in>0?办件完成率{%rate}",
    "?received and carried in>0?[申请|全年]办结率{%rate}",
    "?received and carried in>0?办结率[保持在|稳定在]{%rate}",
    "?received and carried in>0?申请件办结率[为|达]{%rate}",
];

/// A single outcome, after what was done.
const SINGLE: &[&str] = &[
    "?granted>0?其中予以公开{granted}{m}",
    "?granted>0?其中{granted}{m}[予以公开|决定公开|同意公开]",
    "?unable>0?其中{unable}{m}因[本机关不掌握|信息不存在]等原因无法提供",
    "?refused>0?其中依法不予公开{refused}{m}",
    "?partial>0?其中部分公开{partial}{m}",
    "?declined>0?其中不予处理{declined}{m}",
    "?granted>0?其中予以公开{granted}{m}，占[办结|答复]总数的{%granted}",
    "?unable>0?其中无法提供{unable}{m}，占{%unable}",
    "?granted>0?予以公开的有{granted}{m}",
    "?handled>0?公开[和|或]部分公开{granted+partial}{m}",
    "?row u1>0?其中[本机关不掌握相关政府信息|属于本机关不掌握]{row u1}{m}",
    "?row r7>0?其中属于行政执法案卷[的|]{row r7}{m}",
    "?row d2>0?其中[重复申请|属于重复申请]{row d2}{m}",
    "?row r6>0?其中属于过程性信息[的|]{row r6}{m}",
];

/// The words before.
const LEAD: &[&str] = &[
    "",
    "",
    "",
    "[完善|规范|健全][登记、审核、答复|受理、办理、归档]各环节[流程|机制]。",
    "[严格|认真]落实依申请公开[办理规程|工作制度]，[加强与申请人沟通|做好答复文书审查]。",
    "据统计，",
    "从[收件情况|申请数量|办理情况]看，",
    "畅通[线上线下|信函、网络、当面]申请渠道，[安排|指定]专人办理。",
    "截至{Y}年12月31日，",
    "[一是|首先]抓好答复质量。",
    "对疑难申请[实行会商|召集有关科室研究]，[力求答复准确|确保于法有据]。",
];

/// The words after.
const TAIL: &[&str] = &[
    "",
    "",
    "",
    "申请内容[主要涉及|多为|集中在][征地补偿、规划许可|财政资金、工程项目|房屋征收、城市更新]等方面。",
    "与上年收到的{#3-90}{m}相比[有所增加|有所减少|大致持平]。",
    "较上年[增加|减少]{#2-40}{m}。",
    "同比[增长|下降]{#2-60}%。",
    "未[收取|产生]任何费用。",
    "答复文书[均经|都经过]合法性审查。",
    "来电咨询{#5-300}人次，[均当场|都即时]答复。",
];

/// Writes what there is to say.
pub(super) fn write(hand: &mut Hand<'_>) {
    let quiet = hand.value("received and carried in") == 0;
    hand.one(LEAD);
    if hand.lie == Lie::NoneReceived || quiet {
        let statements = &NOTHING[..8];
        hand.one(if hand.lie == Lie::NoneReceived { statements } else { NOTHING });
        hand.push("。");
        return;
    }
    if hand.lie == Lie::AllHandled
        || (hand.value("carried over") == 0 && hand.value("received") > 0 && hand.rng.one_in(3))
    {
        hand.one(&INTAKE[..16]);
        if hand.rng.one_in(3) {
            hand.push("。");
            hand.one(ALL_DONE_OWN);
        } else {
            let mark = if hand.rng.one_in(6) { "；" } else { "，" };
            hand.push(mark);
            hand.one(ALL_DONE);
        }
        if hand.lie != Lie::AllHandled {
            rate(hand);
        }
        hand.push("。");
        if hand.lie != Lie::AllHandled {
            outcomes(hand, false);
            hand.one(TAIL);
        }
        return;
    }
    match hand.rng.below(6) {
        0 => {
            hand.one(WHOLE);
            hand.push("。");
        }
        1 => {
            hand.one(INTAKE);
            hand.push("。");
        }
        2 => {
            hand.one(ANSWERED_NAMED);
            outcomes(hand, true);
            if hand.rng.one_in(2) && hand.one(LEFT) {
                hand.push("。");
            }
        }
        _ => {
            hand.one(INTAKE);
            let apart = hand.rng.one_in(3);
            hand.push(if apart { "。" } else { "，" });
            // In a sentence of its own, 其中 would have nothing to go with.
            hand.one(ANSWERED);
            match hand.rng.below(4) {
                0 => {
                    hand.push("，");
                    hand.one(LEFT);
                    rate(hand);
                    hand.push("。");
                }
                1 => {
                    outcomes(hand, true);
                    hand.one(LEFT);
                    hand.push("。");
                }
                2 => outcomes(hand, true),
                _ => {
                    let mark = if hand.rng.one_in(2) { "；" } else { "。" };
                    hand.push(mark);
                    hand.one(LEFT);
                    hand.push("。");
                }
            }
        }
    }
    hand.one(TAIL);
}

/// Now and then, what share was done.
fn rate(hand: &mut Hand<'_>) {
    if hand.rng.one_in(2) {
        hand.push("，");
        if !hand.one(RATE) {
            hand.push("工作平稳有序");
        }
    }
}

/// What became of the applications: right after how many were handled, or in a sentence of its own.
fn outcomes(hand: &mut Hand<'_>, after: bool) {
    if hand.value("handled") == 0 || hand.rng.one_in(4) {
        if after {
            hand.push("。");
        }
        return;
    }
    if after && hand.rng.one_in(3) {
        hand.push("，");
        if !hand.one(&SINGLE[..8]) {
            hand.push("答复规范");
        }
        hand.push("。");
        return;
    }
    if after {
        lists::outcomes(hand);
        return;
    }
    if hand.one(SINGLE) {
        hand.push("。");
    }
}
