//! Whose report it is: a department's, or a government's that stands for a whole region.

use crate::report::Report;

/// How the names of governments and of the bodies that stand for a region end.
const REGIONS: &[&str] =
    &["省", "市", "县", "区", "州", "盟", "旗", "镇", "乡", "街道", "街道办", "街道办事处", "管委会", "管理委员会"];

/// Whether the title names a body, and that body is a department: no government, and no region.
pub(super) fn is_department(report: &Report) -> bool {
    let body = report.title.as_ref().and_then(|title| title.body.as_ref());
    body.is_some_and(|(name, _)| !is_government(name))
}

/// Whether `name` is that of a government, its office, or a region.
fn is_government(name: &str) -> bool {
    name.contains("政府") || name.contains("管委会") || REGIONS.iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn departments_and_governments() {
        for name in ["云岭市人民政府", "云岭市人民政府办公室", "云岭市", "青溪镇", "云岭市高新区管委会办公室"]
        {
            assert!(is_government(name), "{name}");
        }
        for name in ["云岭市档案局", "云岭市卫生健康委员会", "云岭市政务服务中心"] {
            assert!(!is_government(name), "{name}");
        }
    }
}
