//! The usual sentences of reports about the figures of their tables, as templates.

/// The figures of 表三: applications received, carried over from last year, handled, and carried over to next year.
pub fn of_applications(year: u16, [received, before, handled, after]: [i64; 4]) -> String {
    format!(
        "{year}年，新收政府信息公开申请{received}件，上年结转{before}件，共办结{handled}件，结转下年度继续办理{after}件。"
    )
}

/// The figures of 表四: applications for review, and suits.
pub fn of_review(year: u16, [reviews, suits]: [i64; 2]) -> String {
    format!("{year}年，因政府信息公开工作被申请行政复议{reviews}件，被提起行政诉讼{suits}件。")
}
