//! How a region's figure follows from those of its members.

use super::{Column, Row};

/// How the figure of a region follows from those of its members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Additivity {
    /// It is their sum. A suit in which the body that reviewed is a defendant too counts only with the body that acted
    /// (国办公开办函〔2021〕30号), so that no case counts twice.
    Sum,
    /// It is their sum without jointly issued documents, which each of the members counts.
    JointlyIssued,
}

impl Row {
    /// How its figures add up over the members of a region.
    pub fn additivity(self) -> Additivity {
        match self {
            Row::Rules | Row::NormativeDocuments => Additivity::JointlyIssued,
            _ => Additivity::Sum,
        }
    }
}

impl Column {
    /// Whether it adds up other columns of its row.
    pub fn is_total(self) -> bool {
        use super::Outcome::Total;
        matches!(
            self,
            Column::AllApplicants | Column::Review(Total) | Column::DirectSuit(Total) | Column::SuitAfterReview(Total)
        )
    }
}
