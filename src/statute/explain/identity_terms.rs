//! The identities over the cells.

use super::{Bilingual, Explanation, FORMAT_2019, FORMAT_2021};
use crate::statute::IdentityKind;

/// What an identity states.
pub fn identity(kind: IdentityKind) -> &'static Explanation {
    match kind {
        IdentityKind::RowTotal => {
            const {
                &Explanation {
                    meaning: [
                        "每一行的总计等于自然人与五类法人或其他组织之和。",
                        "In every row the total is the sum of natural persons and the five kinds of organisation.",
                    ],
                    counts: ["表三每一行，六列相加。", "Every row of Table 3: its six columns."],
                    excludes: None,
                    basis: &[FORMAT_2021, FORMAT_2019],
                }
            }
        }
        IdentityKind::Subtotal => {
            const {
                &Explanation {
                    meaning: [
                        "（七）总计等于（一）至（六）全部办理结果之和。",
                        "(7) Total is the sum of all outcomes, (1) to (6).",
                    ],
                    counts: [
                        "表三每一列，各明细行相加；一、二、四不参加。",
                        "Every column of Table 3: its detail rows; rows 1, 2 and 4 take no part.",
                    ],
                    excludes: None,
                    basis: &[FORMAT_2021, FORMAT_2019],
                }
            }
        }
        IdentityKind::Balance => {
            const {
                &Explanation {
                    meaning: [
                        "第一项加第二项之和，等于第三项加第四项之和：本年要办的，不是办结了，就是结转下年。",
                        "Row 1 plus row 2 equals row 3 plus row 4: what was to be handled is either done or carried over.",
                    ],
                    counts: [
                        "表三每一列：新收＋上年结转＝（七）总计＋结转下年度。",
                        "Every column of Table 3: received + carried in = (7) total + carried out.",
                    ],
                    excludes: None,
                    basis: &[FORMAT_2021, FORMAT_2019],
                }
            }
        }
        IdentityKind::ReviewTotal => {
            const {
                &Explanation {
                    meaning: [
                        "表四每组的总计等于维持、纠正、其他结果、尚未审结之和。",
                        "In each group of Table 4 the total is upheld plus corrected plus other plus pending.",
                    ],
                    counts: [
                        "行政复议、未经复议直接起诉、复议后起诉三组各自相加。",
                        "Review, suit without review and suit after review, each by itself.",
                    ],
                    excludes: None,
                    basis: &[FORMAT_2021, FORMAT_2019],
                }
            }
        }
    }
}

/// A short name for an identity.
pub fn identity_name(kind: IdentityKind) -> Bilingual {
    match kind {
        IdentityKind::RowTotal => ["行合计", "row total"],
        IdentityKind::Subtotal => ["办理结果合计", "outcomes"],
        IdentityKind::Balance => ["勾稽关系", "balance"],
        IdentityKind::ReviewTotal => ["本组合计", "group total"],
    }
}
