//! Reporting bodies: the kind and the level of a body, as far as its name shows them.
//!
//! A name consists of places, from the largest to the smallest, and a unit: `云岭市` `青河区` + `档案局`. The module does not
//! know which places exist: `云岭市` may be a city of either level, and then several levels are possible.

use crate::text::{Memo, fold};
use std::cell::RefCell;
use std::rc::Rc;

/// The levels of government.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The State Council and what is under it.
    State,
    /// 省, 自治区, 直辖市
    Province,
    /// 地级市, 自治州, 盟, 地区
    Prefecture,
    /// 县, 县级市, 旗, 市辖区
    County,
    /// 乡, 镇, 街道
    Township,
}

/// The kind of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BodyKind {
    /// A region: its government, from the county up, reports for all of it.
    Region,
    /// A township, a town or a sub-district.
    Township,
    /// The office of a government, 政府办公室 or 政府办公厅.
    Office,
    /// The administration of a development zone and the like.
    Zone,
    /// Any other body: 局, 委, 厅, a centre, a branch of a vertical system.
    Department,
}

/// Whether a body makes rules (规章). 《立法法》 gives that power to departments of the State Council and to the governments
/// of provinces, cities with districts and autonomous prefectures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RuleMaking {
    /// It makes rules.
    Makes,
    /// It makes none.
    None,
    /// It makes none, but drafts those of its city.
    Drafts,
    /// Its name does not show it.
    Uncertain,
}

/// A body, as far as its name describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    name: String,
    kind: BodyKind,
    places: Vec<PlaceName>,
    unit: String,
    vertical: bool,
    central: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct PlaceName {
    name: String,
    kind: PlaceKind,
    levels: &'static [Level],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PlaceKind {
    Province,
    Municipality,
    City,
    Prefecture,
    County,
    District,
    Zone,
    Township,
}

const ANY: &[Level] = &[Level::Province, Level::Prefecture, Level::County, Level::Township];
const CITY: &[Level] = &[Level::Prefecture, Level::County];
const PROVINCE: &[Level] = &[Level::Province];
const PREFECTURE: &[Level] = &[Level::Prefecture];
const COUNTY: &[Level] = &[Level::County];
const TOWNSHIP: &[Level] = &[Level::Township];
const STATE: &[Level] = &[Level::State];

/// The cities that are provinces.
const MUNICIPALITIES: [&str; 4] = ["北京市", "天津市", "上海市", "重庆市"];

/// The ends of names of zones, which are not districts.
const ZONES: &[&str] = &[
    "开发区",
    "高新区",
    "经开区",
    "新区",
    "园区",
    "景区",
    "名胜区",
    "保护区",
    "保税区",
    "示范区",
    "合作区",
    "管理区",
    "度假区",
    "实验区",
    "试验区",
    "功能区",
    "产业区",
    "工业区",
    "集聚区",
    "聚集区",
    "加工区",
    "自贸区",
    "特区",
    "林区",
    "港区",
    "片区",
    "先导区",
    "试点区",
    "贸易区",
    "旅游区",
    "农垦区",
];

/// Words that end like places and are not places.
const NO_PLACES: &[&str] = &[
    "社区",
    "小区",
    "校区",
    "辖区",
    "库区",
    "灾区",
    "山区",
    "牧区",
    "街区",
    "军区",
    "城市",
    "超市",
    "上市",
    "都市",
    "县级市",
    "地级市",
    "联盟",
    "同盟",
    "区县",
    "市县",
    "我县",
    "本县",
    "全县",
    "各县",
    "我区",
    "本区",
    "全区",
    "各区",
    "我旗",
    "全旗",
    "我镇",
    "本镇",
    "我乡",
    "本乡",
];

/// Characters and words that no name of a place contains: the name of a unit starts before them.
const OF_UNITS: &[&str] = &["局", "委", "厅", "办", "院", "所", "处", "队", "政府", "公司", "中心", "服务"];

/// Words that may follow the name of a township.
const AFTER_TOWNSHIP: &[&str] = &["人民政府", "政府", "办事处", "办", "党", "综合"];

/// Words that mark the branches of vertical systems.
const VERTICAL: &[&str] = &[
    "税务局",
    "海关",
    "海事局",
    "气象局",
    "调查队",
    "邮政管理局",
    "烟草专卖局",
    "消防救援",
    "边防检查站",
    "出入境边检",
    "银保监",
    "金融监督管理总局",
    "金融监管局",
    "人民银行",
    "通信管理局",
    "矿山安全监察",
    "外汇管理局",
    "地震局",
    "国家安全局",
];

/// The starts of names of national bodies.
const CENTRAL: &[&str] = &["国家", "中国", "中华人民共和国", "国务院"];

/// The ends of names of national bodies.
const CENTRAL_ENDS: &[&str] = &["总局", "总署", "委员会", "银行", "部", "局"];

thread_local! {
    /// The bodies of recently read names.
    static BODIES: RefCell<Memo<String, Rc<Body>>> = const { RefCell::new(Memo::new(64)) };
}

impl Body {
    /// [`Body::of`] with a cache.
    pub fn known(name: &str) -> Rc<Body> {
        Memo::get_or_make(&BODIES, name, || Rc::new(Body::of(name)))
    }

    /// The body that is called `name`.
    pub fn of(name: &str) -> Body {
        let folded = fold(name);
        let (own, central) = match central_prefix(&folded) {
            Some(length) => (folded.get(length..).unwrap_or_default(), folded.get(..length).unwrap_or_default()),
            None => (folded.strip_prefix("中共").unwrap_or(&folded), ""),
        };
        let (places, unit) = places(own);
        let vertical = VERTICAL.iter().any(|word| folded.contains(word));
        let kind = kind(&places, unit);
        let is_central = !central.is_empty() && own.is_empty();
        Body { kind, vertical, central: is_central, unit: unit.to_owned(), places, name: folded }
    }

    /// The kind of the body.
    pub fn kind(&self) -> BodyKind {
        self.kind
    }

    /// Whether its report is about its own work alone, and not about a region, a township or a zone.
    pub fn is_department(&self) -> bool {
        self.kind == BodyKind::Department
    }

    /// Whether it is a region, a township or a zone, whose government or administration reports.
    pub fn is_government(&self) -> bool {
        matches!(self.kind, BodyKind::Region | BodyKind::Township | BodyKind::Zone)
    }

    /// Whether it is part of a system that runs from the ministry down: tax, customs, statistics and the like. It is no
    /// member of the region that its name mentions.
    pub fn is_vertical(&self) -> bool {
        self.vertical
    }

    /// The levels that it may have, the highest first; only one if the level is certain.
    pub fn levels(&self) -> &'static [Level] {
        match self.places.last() {
            Some(place) => place.levels,
            None if self.central => STATE,
            None => ANY,
        }
    }

    /// Its level, if that is certain.
    pub fn level(&self) -> Option<Level> {
        match self.levels() {
            [level] => Some(*level),
            _ => None,
        }
    }

    /// Whether it makes rules.
    pub fn rule_making(&self) -> RuleMaking {
        let place = self.places.last().map(|place| place.kind);
        match (self.kind, place) {
            (BodyKind::Township, _)
            | (
                BodyKind::Region | BodyKind::Office | BodyKind::Department,
                Some(PlaceKind::County | PlaceKind::District),
            ) => RuleMaking::None,
            (BodyKind::Region, Some(PlaceKind::Province | PlaceKind::Municipality)) => RuleMaking::Makes,
            // 地区 and 盟 have an office of their province in place of a government.
            (BodyKind::Region, Some(PlaceKind::Prefecture)) if self.is_of_autonomous_prefecture() => RuleMaking::Makes,
            (BodyKind::Region | BodyKind::Department, Some(PlaceKind::City)) if self.level() == Some(Level::County) => {
                RuleMaking::None
            }
            (BodyKind::Office, Some(PlaceKind::City)) if self.level() == Some(Level::County) => RuleMaking::None,
            (BodyKind::Department, Some(PlaceKind::City | PlaceKind::Prefecture)) => RuleMaking::Drafts,
            (BodyKind::Department, None) if self.central => RuleMaking::Makes,
            _ => RuleMaking::Uncertain,
        }
    }

    fn is_of_autonomous_prefecture(&self) -> bool {
        self.places.last().is_some_and(|place| place.name.ends_with('州'))
    }

    /// The places in its name, from the largest to the smallest.
    pub fn places(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.places.iter().map(|place| place.name.as_str())
    }

    /// Whether its name has a place and, unless it is the place's government, a unit: not `我局`, not `局办公室`.
    pub fn is_named_in_full(&self) -> bool {
        let is_unit = || UNITS.iter().any(|end| self.unit.ends_with(end));
        !self.places.is_empty() && (self.unit.is_empty() || self.kind != BodyKind::Department || is_unit())
    }

    /// Whether the two names have a place or a bureau in common, however short they are written.
    pub fn shares_name(&self, other: &Body) -> bool {
        let within = |a: &Body, b: &Body| a.places.iter().any(|place| b.name.contains(stem(&place.name)));
        within(self, other) || within(other, self) || share_bureau(&self.unit, &other.unit)
    }

    /// Whether it may be a government, or the office of one, over the region of `other`.
    pub fn may_be_above(&self, other: &Body) -> bool {
        let governs = matches!(self.kind, BodyKind::Region | BodyKind::Office | BodyKind::Zone);
        let (highest, lowest) = (self.levels().first(), other.levels().last());
        governs && highest.zip(lowest).is_none_or(|(highest, lowest)| highest < lowest)
    }

    /// Its name without the places; empty for a region.
    pub fn unit(&self) -> &str {
        &self.unit
    }
}

/// The ends of names of units.
const UNITS: &[&str] = &[
    "局",
    "委",
    "委员会",
    "厅",
    "部",
    "办公室",
    "办",
    "中心",
    "院",
    "队",
    "站",
    "处",
    "所",
    "公司",
    "学校",
    "大学",
    "学院",
    "管委会",
    "会",
    "馆",
    "公署",
];

/// The ends of names of places, the longer ones first.
const PLACES: &[&str] = &[
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "地区",
    "街道",
    "苏木",
    "省",
    "市",
    "州",
    "盟",
    "县",
    "区",
    "旗",
    "镇",
    "乡",
];

/// The name of a place without its kind, if that is still a name.
fn stem(name: &str) -> &str {
    let stem = PLACES.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    if stem.chars().count() >= 2 { stem } else { name }
}

/// Words that do not identify a bureau.
const OF_ANY_UNIT: &[&str] = &[
    "人民政府",
    "政府",
    "信息公开",
    "办公室",
    "办公厅",
    "委员会",
    "管委会",
    "管理",
    "中心",
    "服务",
    "监督",
    "工作",
    "政务",
    "综合",
    "分局",
    "局",
    "厅",
];

/// Whether two units have two successive characters in common that identify a bureau.
fn share_bureau(one: &str, other: &str) -> bool {
    let bare = |unit: &str| OF_ANY_UNIT.iter().fold(unit.to_owned(), |rest, word| rest.replace(word, " "));
    let (one, other) = (bare(one), bare(other));
    let characters: Vec<char> = one.chars().collect();
    let pairs = characters.windows(2).filter(|pair| !pair.contains(&' '));
    pairs.map(|pair| pair.iter().collect::<String>()).any(|pair| other.contains(&pair))
}

/// The length of the name of a national body at the start of `name`.
fn central_prefix(name: &str) -> Option<usize> {
    CENTRAL.iter().find(|start| name.starts_with(**start))?;
    if let Some(rest) = name.strip_prefix("中华人民共和国")
        && rest.ends_with("海关")
    {
        return Some(name.len() - rest.len());
    }
    let ends = CENTRAL_ENDS.iter().filter_map(|end| Some(name.find(end)? + end.len()));
    // `国家税务总局`: 总局 ends where its 局 does. The first end counts.
    Some(ends.min().unwrap_or(name.len()))
}

/// The places that `name` starts with, and the rest.
fn places(name: &str) -> (Vec<PlaceName>, &str) {
    let mut places: Vec<PlaceName> = Vec::new();
    let mut rest = name;
    while let Some((place, after)) = next_place(rest, places.last()) {
        let last = place.kind == PlaceKind::Township;
        places.push(place);
        rest = after;
        if last {
            break;
        }
    }
    (places, rest)
}

/// The longest name of a place, in characters.
const LONGEST: usize = 18;

/// The place that `text` starts with, inside `parent`, and the rest.
fn next_place<'a>(text: &'a str, parent: Option<&PlaceName>) -> Option<(PlaceName, &'a str)> {
    let ends = text.char_indices().take(LONGEST).map(|(at, c)| at + c.len_utf8());
    for (length, end) in (1..).zip(ends).skip(1) {
        let (name, rest) = text.split_at_checked(end)?;
        if OF_UNITS.iter().any(|word| name.ends_with(word)) {
            return None;
        }
        if NO_PLACES.iter().any(|word| name.ends_with(word)) {
            continue;
        }
        if let Some((kind, levels)) = place_kind(name, length, rest, parent) {
            return Some((PlaceName { name: name.to_owned(), kind, levels }, rest));
        }
    }
    None
}

/// The kind of the place `name`, which has `length` characters and is before `rest`.
fn place_kind(
    name: &str,
    length: usize,
    rest: &str,
    parent: Option<&PlaceName>,
) -> Option<(PlaceKind, &'static [Level])> {
    let of_municipality = parent.is_some_and(|place| place.kind == PlaceKind::Municipality);
    let below_prefecture = parent.is_some_and(|place| matches!(place.kind, PlaceKind::City | PlaceKind::Prefecture));
    let is = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    if is(&["自治区"]) || (is(&["省"]) && length > 2) {
        return Some((PlaceKind::Province, PROVINCE));
    }
    if is(ZONES) {
        return Some((PlaceKind::Zone, ANY));
    }
    if is(&["自治州", "地区"]) || (is(&["州", "盟"]) && length > 2 && !rest.starts_with(['市', '区', '县', '路', '街']))
    {
        return Some((PlaceKind::Prefecture, PREFECTURE));
    }
    if MUNICIPALITIES.contains(&name) {
        return Some((PlaceKind::Municipality, PROVINCE));
    }
    if is(&["市"]) && length > 2 {
        return Some((PlaceKind::City, if below_prefecture { COUNTY } else { CITY }));
    }
    if is(&["县", "旗"]) {
        return Some((PlaceKind::County, if of_municipality { CITY } else { COUNTY }));
    }
    if is(&["区"]) {
        return Some((PlaceKind::District, if below_prefecture { COUNTY } else { CITY }));
    }
    let is_township = is(&["乡", "镇", "街道", "苏木"])
        && (rest.is_empty() || AFTER_TOWNSHIP.iter().any(|word| rest.starts_with(word)));
    is_township.then_some((PlaceKind::Township, TOWNSHIP))
}

/// The kind of the unit `unit` of the last of `places`.
fn kind(places: &[PlaceName], unit: &str) -> BodyKind {
    let place = places.last().map(|place| place.kind);
    let of_government = unit.strip_prefix("人民政府").or_else(|| unit.strip_prefix("政府"));
    let is_office = |name: &str| matches!(name, "办公室" | "办公厅" | "办");
    match (place, of_government) {
        (Some(PlaceKind::Township), _) => BodyKind::Township,
        (Some(PlaceKind::Zone), _) if unit.is_empty() || of_government == Some("") => BodyKind::Zone,
        (Some(PlaceKind::Zone), _) if unit.contains("管委会") || unit.contains("管理委员会") => BodyKind::Zone,
        (Some(_), _) if unit.is_empty() => BodyKind::Region,
        (_, Some("")) => BodyKind::Region,
        (_, Some(office)) if is_office(office) => BodyKind::Office,
        (Some(_), None) if matches!(unit, "办公室" | "办公厅") => BodyKind::Office,
        (None, _) if unit.ends_with("人民政府") => BodyKind::Region,
        (None, _) if unit.ends_with("政府办公室") || unit.ends_with("政府办公厅") => BodyKind::Office,
        (_, _) if unit == "管理委员会" || unit.ends_with("管委会") || unit.contains("管委会办公室") => {
            BodyKind::Zone
        }
        _ => BodyKind::Department,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, kind: BodyKind, levels: &[Level]) {
        let body = Body::of(name);
        assert_eq!((body.kind(), body.levels()), (kind, levels), "{name}: {body:?}");
    }

    #[test]
    fn governments() {
        use BodyKind::*;
        check("云岭省", Region, PROVINCE);
        check("云岭省人民政府", Region, PROVINCE);
        check("云岭壮族自治区人民政府", Region, PROVINCE);
        check("重庆市", Region, PROVINCE);
        check("云岭市人民政府", Region, CITY);
        check("云岭省 云岭市", Region, CITY);
        check("云岭市青河市人民政府", Region, COUNTY);
        check("云岭彝族自治州人民政府", Region, PREFECTURE);
        check("青南州", Region, PREFECTURE);
        check("青山盟行政公署", Department, PREFECTURE);
        check("云岭地区", Region, PREFECTURE);
        check("云岭州青河市", Region, COUNTY);
        check("青河县人民政府", Region, COUNTY);
        check("云岭市市中区人民政府", Region, COUNTY);
        check("沙市区", Region, CITY);
        check("云岭市沙市区", Region, COUNTY);
        check("上海市青河区人民政府", Region, CITY);
        check("青河区", Region, CITY);
        check("广州市", Region, CITY);
        check("津市市人民政府", Region, CITY);
        check("云岭左翼中旗", Region, COUNTY);
        check("云岭拉祜族佤族布朗族傣族自治县人民政府", Region, COUNTY);
    }

    #[test]
    fn townships_offices_and_zones() {
        use BodyKind::*;
        for name in [
            "青溪镇",
            "云岭市青溪镇人民政府",
            "云岭县古城乡人民政府",
            "青河区石桥街道办事处",
            "云岭市青河区石桥街道",
            "青溪镇党政办公室",
            "云岭旗青河苏木",
        ] {
            check(name, Township, TOWNSHIP);
        }
        check("云岭市人民政府办公室", Office, CITY);
        check("云岭省人民政府办公厅", Office, PROVINCE);
        check("青河县政府办", Office, COUNTY);
        check("云岭市高新技术产业开发区管委会", Zone, ANY);
        check("云岭新区管理委员会", Zone, ANY);
        check("云沧区管理委员会", Zone, CITY);
        check("云岭市青山风景名胜区管理委员会", Zone, ANY);
    }

    #[test]
    fn departments() {
        use BodyKind::*;
        check("云岭市档案局", Department, CITY);
        check("云岭县市场监督管理局", Department, COUNTY);
        check("云岭市市场监督管理局", Department, CITY);
        check("云岭市青河区市场监督管理局", Department, COUNTY);
        check("云岭市城市管理局", Department, CITY);
        check("云岭市住房和城乡建设局", Department, CITY);
        check("云岭市乡村振兴局", Department, CITY);
        check("云岭市社区矫正局", Department, CITY);
        check("云岭省国有资产监督管理委员会", Department, PROVINCE);
        check("云岭市人民政府外事办公室", Department, CITY);
        check("云岭市人民政府国有资产监督管理委员会", Department, CITY);
        check("云岭市高新区财政局", Department, ANY);
        check("档案局", Department, ANY);
        check("中共云岭市委宣传部", Department, CITY);
        check("国家税务总局", Department, STATE);
        check("国家税务总局云岭市税务局", Department, CITY);
        check("国家统计局云岭调查队", Department, ANY);
    }

    #[test]
    fn vertical_systems() {
        for name in ["国家税务总局云岭市税务局", "中华人民共和国云岭海关", "云岭市气象局", "国家统计局云岭调查队"]
        {
            assert!(Body::of(name).is_vertical(), "{name}");
        }
        for name in ["云岭市档案局", "云岭市统计局", "云岭市公安局"] {
            assert!(!Body::of(name).is_vertical(), "{name}");
        }
    }

    #[test]
    fn who_makes_rules() {
        for (name, due) in [
            ("云岭省人民政府", RuleMaking::Makes),
            ("重庆市", RuleMaking::Makes),
            ("云岭彝族自治州人民政府", RuleMaking::Makes),
            ("国家税务总局", RuleMaking::Makes),
            ("青河县人民政府", RuleMaking::None),
            ("青河区人民政府", RuleMaking::None),
            ("上海市青河区", RuleMaking::None),
            ("云岭市青河市", RuleMaking::None),
            ("云岭市青河市档案局", RuleMaking::None),
            ("青河县档案局", RuleMaking::None),
            ("青溪镇人民政府", RuleMaking::None),
            ("云岭市档案局", RuleMaking::Drafts),
            ("云岭市人民政府", RuleMaking::Uncertain),
            ("云岭市人民政府办公室", RuleMaking::Uncertain),
            ("云岭省档案厅", RuleMaking::Uncertain),
            ("云岭地区", RuleMaking::Uncertain),
            ("云岭高新区管委会", RuleMaking::Uncertain),
            ("档案局", RuleMaking::Uncertain),
        ] {
            assert_eq!(Body::of(name).rule_making(), due, "{name}");
        }
    }

    #[test]
    fn names_in_parts() {
        let body = Body::of("云岭省云岭市青河区档案局");
        assert_eq!(body.places().collect::<Vec<_>>(), ["云岭省", "云岭市", "青河区"]);
        assert_eq!(body.unit(), "档案局");
        assert!(body.is_department() && !body.is_government());
        assert!(Body::of("").is_department());
    }

    #[test]
    fn names_that_have_something_in_common() {
        let shares = |a: &str, b: &str| Body::of(a).shares_name(&Body::of(b));
        for (a, b) in [
            ("云岭市档案局", "云岭市人民政府办公室"),
            ("云岭市青河区档案局", "青河区人民政府"),
            ("云岭综合实验区财政金融局", "云岭县人民政府"),
            ("云岭市自然资源和规划局", "白山市自然资源局"),
            ("国家税务总局云岭市税务局", "云岭市税务局办公室"),
            ("云岭片区管理局", "云岭市云岭片区管理局党政办公室"),
        ] {
            assert!(shares(a, b) && shares(b, a), "{a} {b}");
        }
        for (a, b) in [
            ("云岭市档案局", "白山市财政局"),
            ("云岭县人民政府", "白山县人民政府办公室"),
            ("云岭市城市管理局", "白山市市场监督管理局"),
        ] {
            assert!(!shares(a, b) && !shares(b, a), "{a} {b}");
        }
    }

    #[test]
    fn who_may_be_above_whom() {
        let above = |a: &str, b: &str| Body::of(a).may_be_above(&Body::of(b));
        assert!(above("云岭市人民政府办公室", "青河县档案局"));
        assert!(above("云岭省人民政府", "青河市人民政府"));
        // Either may be a prefecture, or a county.
        assert!(above("云岭市人民政府", "青河市档案局"));
        assert!(!above("白山县人民政府", "青河县档案局"));
        assert!(!above("青河县人民政府", "云岭省档案厅"));
        assert!(!above("云岭市档案局", "青河县档案局"));
    }

    #[test]
    fn names_in_full() {
        for name in ["云岭市档案局", "云岭市", "青溪镇人民政府", "云岭市高新区管委会"] {
            assert!(Body::of(name).is_named_in_full(), "{name}");
        }
        for name in ["我局", "档案局", "局办公室", "云岭市档案", "区管委会办公室", "我区档案"]
        {
            assert!(!Body::of(name).is_named_in_full(), "{name}");
        }
    }
}
