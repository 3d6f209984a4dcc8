//! Words that web sites write before and after an article.

/// Words that no report ends with; a line that has one of them is the page's.
const AFTER: &[&str] = &[
    "版权所有",
    "主办单位",
    "承办单位",
    "主办:",
    "承办:",
    "技术支持",
    "网站标识码",
    "公安备案",
    "公网安备",
    "ICP备",
    "icp备",
    "网站地图",
    "友情链接",
    "扫一扫",
    "分享到",
    "关闭窗口",
    "打印本页",
    "关闭本页",
    "返回顶部",
    "上一篇",
    "下一篇",
    "相关链接",
    "相关文档",
    "相关附件",
    "附件下载",
    "责任编辑",
    "浏览次数",
    "阅读次数",
    "信息来源:",
    "来源:",
    "网站支持IPV6",
];

/// Lines that belong to the page if they contain nothing else.
const ALONE: &[&str] = &[
    "打印",
    "关闭",
    "打印关闭",
    "分享",
    "收藏",
    "纠错",
    "微信",
    "微博",
    "QQ空间",
    "首页",
    "返回",
    "下载",
    "文件下载",
    "联系我们",
    "关于我们",
    "无障碍浏览",
    "无障碍",
    "长者模式",
    "新浪微博",
    "字体",
    "大中小",
    "大",
    "中",
    "小",
];

/// Whether `line`, folded, is typical of a page after an article. A sentence never is.
pub fn is_page_chrome(line: &str) -> bool {
    if line.contains('。') || line.chars().count() > 120 {
        return false;
    }
    let words: String = line.chars().filter(|c| c.is_alphanumeric()).collect();
    AFTER.iter().any(|word| line.contains(word)) || ALONE.contains(&words.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn lines_of_pages() {
        for line in [
            "主办单位：云岭市人民政府办公室",
            "版权所有 云岭市水务局",
            "扫一扫在手机打开当前页",
            "【关闭】",
            "打印",
            "滇ICP备1号",
        ] {
            assert!(is_page_chrome(&fold(line)), "{line}");
        }
        for line in
            ["云岭市水务局", "2024年1月15日", "无其他需要报告的事项。", "本次培训主办单位为市政府办。", "打印费"]
        {
            assert!(!is_page_chrome(&fold(line)), "{line}");
        }
    }
}
