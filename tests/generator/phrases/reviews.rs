//! Sentences about reviews and suits.

use super::Lie;
use super::fill::Hand;

/// How many there were, of both.
const BOTH: &[&str] = &[
    "因政府信息公开[引发|引起|产生]行政复议{reviews}件、行政诉讼{suits}件",
    "{we}[被申请|涉及]信息公开行政复议{reviews}件，[被提起|涉及]信息公开行政诉讼{suits}件",
    "政府信息公开类行政复议案件{reviews}件，行政诉讼案件{suits}件",
    "[发生|产生]信息公开类行政复议{reviews}[件|起]，行政诉讼{suits}[件|起]",
    "全年信息公开行政复议{reviews}宗、行政诉讼{suits}宗",
    "[在|就]政府信息公开领域，{we}[全年|年内]有行政复议{reviews}件、行政诉讼{suits}件",
    "因政府信息公开[工作|答复]被申请行政复议{reviews}件，被提起行政诉讼{suits}件",
    "不服政府信息公开答复[申请|提出]行政复议{reviews}件，提起行政诉讼{suits}件",
    "?suits=0?政府信息公开行政复议{reviews}件，<none of suits:未发生行政诉讼>",
    "?reviews=0?政府信息公开行政诉讼{suits}件，<none of reviews:无行政复议>",
    "涉信息公开的行政诉讼{suits}件、行政复议{reviews}件",
    "办理[信息公开|政府信息公开]行政复议案件{reviews}件，应诉行政诉讼案件{suits}件",
];

/// Of one of them.
const REVIEWS: &[&str] = &[
    "因政府信息公开[工作|]被申请行政复议{reviews}件",
    "[收到|接到]政府信息公开行政复议[案件|]{reviews}件",
    "信息公开类行政复议[共|合计|]{reviews}件",
    "由依申请公开[引发|引起]的行政复议{reviews}[件|起]",
    "申请人对信息公开答复不服申请行政复议{reviews}件",
    "?reviews>0?{reviews}件信息公开答复被申请行政复议",
];
const SUITS: &[&str] = &[
    "因政府信息公开[工作|]被提起行政诉讼{suits}件",
    "[发生|产生]政府信息公开行政诉讼[案件|]{suits}件",
    "信息公开类行政诉讼[共|合计|]{suits}件",
    "由依申请公开[引发|引起]的行政诉讼{suits}[件|起]",
    "?suits>0?行政诉讼案件{suits@t}件，其中未经复议直接起诉{suits direct@p}件、复议后起诉{suits after-review@p}件",
    "?suits>0?涉及政府信息公开的行政诉讼{suits@t}件（直接起诉{suits direct@p}件，复议后起诉{suits after-review@p}件）",
];

/// How they ended.
const REVIEWS_ENDED: &[&str] = &[
    "?reviews>0?因政府信息公开被申请行政复议{reviews@t}件，其中结果维持{reviews upheld@p}件，结果纠正{reviews corrected@p}件，其他结果{reviews other@p}件，尚未审结{reviews pending@p}件",
    "?reviews>0?信息公开行政复议{reviews@t}件（维持{reviews upheld@p}件、纠正{reviews corrected@p}件、其他{reviews other@p}件、未审结{reviews pending@p}件）",
    "?reviews>0?政府信息公开行政复议共{reviews@t}件：维持{reviews upheld@p}件，纠正{reviews corrected@p}件，其他结果{reviews other@p}件，尚未审结{reviews pending@p}件",
    "?reviews>0?行政复议案件{reviews@t}件，其中维持原答复{reviews upheld@p}件、被纠正{reviews corrected@p}件、以其他方式结案{reviews other@p}件、年末尚未审结{reviews pending@p}件",
    "?reviews upheld>0?政府信息公开行政复议{reviews}件，其中结果维持{reviews upheld}件",
    "?reviews corrected>0?政府信息公开行政复议{reviews}件，其中{reviews corrected}件被纠正",
    "?reviews pending>0?政府信息公开行政复议{reviews}件，尚未审结{reviews pending}件",
];
const SUITS_ENDED: &[&str] = &[
    "?suits>0?被提起行政诉讼{suits@t}件，其中结果维持{suits upheld@p}件，结果纠正{suits corrected@p}件，其他结果{suits other@p}件，尚未审结{suits pending@p}件",
    "?suits>0?信息公开行政诉讼{suits@t}件（维持{suits upheld@p}件、纠正{suits corrected@p}件、其他{suits other@p}件、未审结{suits pending@p}件）",
    "?suits>0?政府信息公开行政诉讼共{suits@t}件：维持{suits upheld@p}件，纠正{suits corrected@p}件，其他结果{suits other@p}件，尚未审结{suits pending@p}件",
    "?suits upheld>0?政府信息公开行政诉讼{suits}件，其中结果维持{suits upheld}件",
    "?suits pending>0?政府信息公开行政诉讼{suits}件，其中{suits pending}件尚未审结",
];

/// There were none of either.
const NEITHER: &[&str] = &[
    "<none of reviews and of suits:[未发生|没有发生]因政府信息公开[引起|引发]的行政复议、行政诉讼>",
    "<none of reviews and of suits:[没有|无]因政府信息公开[工作|]被申请行政复议、提起行政诉讼的[情形|情况]>",
    "{we}<none of reviews and of suits:[未因|没有因]政府信息公开[被申请行政复议或者被提起行政诉讼|引发行政复议和行政诉讼]>",
    "<none of reviews and of suits:[未引发|未产生]信息公开行政复议[和|及]行政诉讼[案件|]>",
    "<none of reviews and of suits:[全年|年内]无政府信息公开行政复议、行政诉讼[案件|]>",
    "<none of reviews and of suits:[未出现|没有出现]信息公开方面的行政复议和行政诉讼>",
    "政府信息公开<none of reviews and of suits:行政复议、行政诉讼均[为0件|未发生]>",
    "<none of reviews:[未发生|没有]政府信息公开行政复议案件>，<none of suits:[未发生|没有]政府信息公开行政诉讼案件>",
    "<none of reviews:[没有|未]被申请行政复议>，[也|亦]<none of suits:[没有|未]被提起行政诉讼>",
    "<none of reviews and of suits:[不存在|没有]因依申请公开引起的行政复议、行政诉讼案件>",
    "<none of reviews and of suits:依申请公开[未引起|没有引起]行政复议、行政诉讼>",
    "信息公开行政复议{reviews}件、行政诉讼{suits}件",
    "因政府信息公开被申请行政复议{reviews}起，被提起行政诉讼{suits}起",
];

/// There were no reviews, or no suits.
const NO_REVIEWS: &[&str] = &[
    "<none of reviews:[未发生|没有发生]因政府信息公开[引起|引发]的行政复议>",
    "<none of reviews:[没有|无]因政府信息公开被申请行政复议的[情形|情况]>",
    "{we}<none of reviews:未被申请政府信息公开行政复议>",
    "<none of reviews:[年内|全年]无信息公开类行政复议>",
];
const NO_SUITS: &[&str] = &[
    "<none of suits:[未发生|没有发生]因政府信息公开[引起|引发]的行政诉讼>",
    "<none of suits:[没有|无]因政府信息公开被提起行政诉讼的[情形|情况]>",
    "{we}<none of suits:未被提起政府信息公开行政诉讼>",
    "<none of suits:[年内|全年]无信息公开类行政诉讼>",
];

/// Writes what there is to say.
pub(super) fn write(hand: &mut Hand<'_>) {
    let counts = (hand.value("reviews"), hand.value("suits"));
    match (hand.lie, counts) {
        (Lie::NoReviewsNorSuits, _) => {
            hand.one(&NEITHER[..11]);
        }
        (_, (0, 0)) => {
            hand.one(NEITHER);
        }
        _ => match hand.rng.below(3) {
            0 => {
                hand.one(BOTH);
            }
            1 => {
                let first = if counts.0 == 0 { hand.one(NO_REVIEWS) } else { hand.one(REVIEWS) };
                if first {
                    hand.push("；");
                }
                if counts.1 == 0 {
                    hand.one(NO_SUITS)
                } else {
                    hand.one(SUITS)
                };
            }
            _ => {
                let first = if counts.0 == 0 { hand.one(NO_REVIEWS) } else { hand.one(REVIEWS_ENDED) };
                if first {
                    hand.push("。");
                }
                if counts.1 == 0 {
                    hand.one(NO_SUITS)
                } else {
                    hand.one(SUITS_ENDED)
                };
            }
        },
    }
    hand.push("。");
}
