//! One fault in the input: its stable number, its place, what would be right.

use std::borrow::Cow;
use std::fmt;

/// The language of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

/// The table in which a fault was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum TableName {
    /// The policy.
    Policy,
    /// `communities`.
    Communities,
    /// `groups`.
    Groups,
    /// `organizations`.
    Organizations,
    /// `workers`.
    Workers,
    /// `needs`.
    Needs,
    /// `quotas`.
    Quotas,
    /// The arrays of the low-level `assign` and its relatives.
    Arrays,
}

impl TableName {
    /// The name as callers write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Communities => "communities",
            Self::Groups => "groups",
            Self::Organizations => "organizations",
            Self::Workers => "workers",
            Self::Needs => "needs",
            Self::Quotas => "quotas",
            Self::Arrays => "arrays",
        }
    }
}

/// What would be right at the place of a fault, in words of ours only.
pub type Expected = Cow<'static, str>;

macro_rules! fault_codes {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $english:literal, $chinese:literal;)+) => {
        /// The kind of a fault. Its number is the same in Rust, C and Python, and is never reused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        #[repr(u32)]
        pub enum FaultCode { $($(#[$doc])* $name = $number,)+ }

        impl FaultCode {
            /// Every kind, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable number.
            #[must_use]
            pub const fn number(self) -> u32 { self as u32 }

            /// The stable name.
            #[must_use]
            pub const fn name(self) -> &'static str { match self { $(Self::$name => stringify!($name),)+ } }

            /// One clause that says what is wrong.
            #[must_use]
            pub const fn text(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$name, Language::English) => $english,
                      (Self::$name, Language::Chinese) => $chinese,)+
                }
            }
        }
    };
}

fault_codes! {
    // 100: the shape of a table.
    /// A required column is absent.
    MissingColumn = 100, "required column is missing", "缺少必需的列";
    /// A column that no table of this kind has.
    UnknownColumn = 101, "unknown column", "未知的列";
    /// The same column twice.
    DuplicateColumn = 102, "column appears twice", "列重复出现";
    /// Columns of one table differ in length.
    ColumnLength = 103, "column has another length than its table", "列长与表不一致";
    /// The column holds another type than it should.
    ColumnType = 104, "column has the wrong type", "列的数据类型不正确";
    /// Retired: every table is taken now.
    UnsupportedTable = 105, "table is not supported in this version", "本版本不支持该表";
    /// More rows than the library takes.
    TooManyRows = 106, "table has too many rows", "表的行数过多";

    // 200: one value.
    /// A required value is absent.
    MissingValue = 200, "required value is missing", "缺少必填的值";
    /// Bytes that are not UTF-8.
    MalformedUtf8 = 201, "text is not valid UTF-8", "文本不是有效的 UTF-8";
    /// An identifier with a character or length that is not allowed.
    MalformedId = 202, "malformed identifier", "标识符格式不正确";
    /// A key that looks like an identity or telephone number.
    LooksPersonal = 203, "key looks like an identity or telephone number", "键值疑似身份证号或电话号码";
    /// A word that is not in its code table.
    UnknownCode = 204, "unknown code", "未知的代码";
    /// A division code that is malformed.
    MalformedDivisionCode = 205, "malformed division code", "行政区划代码格式不正确";
    /// A code that a spreadsheet turned into a number.
    DamagedCode = 206, "code was damaged by a spreadsheet", "代码已被电子表格破坏";
    /// A unified social credit code whose check digit or form is wrong.
    MalformedCreditCode = 207, "malformed unified social credit code", "统一社会信用代码格式不正确";
    /// A date that does not exist or has another form.
    MalformedDate = 208, "malformed or impossible date", "日期格式不正确或不存在";
    /// A number outside its range.
    OutOfRange = 209, "number is out of range", "数值超出范围";
    /// NaN or infinity.
    NotFinite = 210, "number is not finite", "数值不是有限数";
    /// A number that should be whole.
    NotInteger = 211, "number is not an integer", "数值不是整数";
    /// A list that cannot be taken apart.
    MalformedList = 212, "malformed list", "列表格式不正确";
    /// A text that is too long or holds control characters.
    MalformedText = 213, "text is too long or holds control characters", "文本过长或含有控制字符";

    // 300: values against each other.
    /// The same identifier twice in one table.
    DuplicateId = 300, "identifier appears twice", "标识符重复";
    /// An identifier that its table does not hold.
    DanglingReference = 301, "reference to a row that does not exist", "引用的行不存在";
    /// A hierarchy that leads back to itself.
    CyclicReference = 302, "hierarchy leads back to itself", "层级关系成环";
    /// A hierarchy deeper than the library takes.
    TooDeep = 303, "hierarchy is too deep", "层级过深";
    /// A floor above its cap.
    FloorAboveCap = 304, "floor is above the cap", "下限高于上限";
    /// More already held than may be held.
    CurrentAboveMax = 305, "current load is above the maximum", "现有负荷高于上限";
    /// Retired: every floor is taken now.
    UnsupportedFloor = 306, "floors above 0 are not supported in this version", "本版本不支持大于 0 的下限";
    /// The same pair of need and node twice.
    DuplicatePair = 307, "pair of need and node appears twice", "需求与节点的组合重复";
    /// A longitude without a latitude, or the other way round.
    HalfPoint = 308, "longitude and latitude must be given together", "经度和纬度必须同时提供";
    /// A pinned worker that a hard rule forbids.
    PinBreaksRule = 309, "pinned worker breaks a hard rule", "指定的社工违反硬性规则";
    /// More needs pinned than there are places.
    PinsAboveCapacity = 310, "more needs are pinned than there are open places", "指定数量超过空余名额";
    /// Terms of a fund line at a group that is none.
    TermsOfNoFundLine = 311, "terms stand at a group that is no fund line", "非资金来源的上级组织填有资金条件";
    /// A last day before the first one.
    EndsBeforeStart = 312, "last day is before the first day", "截止日早于起始日";
    /// Several groups where an organization stands below one.
    SeveralGroups = 313, "an organization stands below one group", "一家机构只能属于一个上级组织";

    /// A frozen need that nobody serves now.
    FrozenNowhere = 314, "need is frozen, but has no current worker", "需求已冻结，但没有当前社工";
    /// A frozen need that is pinned to another worker.
    FrozenElsewhere = 315, "need is frozen with its current worker and pinned to another", "需求已冻结于当前社工，却另行指定";

    // 400: the policy.
    /// Text that is not valid TOML.
    MalformedPolicy = 400, "policy is not valid TOML of the documented form", "政策文件不是规定格式的有效 TOML";
    /// A policy written for a newer version.
    NewerPolicy = 401, "policy was written for a newer version", "政策文件的版本高于本程序";
    /// An unknown rule or criterion.
    UnknownPolicyKey = 402, "unknown key in the policy", "政策文件中有未知的键";
    /// A value of the policy outside its range.
    PolicyValue = 403, "policy value is out of range", "政策参数超出范围";
    /// A day on which the policy is not in force.
    NotInForce = 404, "policy is not in force on the evaluation date", "政策在评估日期无效";

    // 500: the arrays of the low level.
    /// Row pointers that do not start at 0, decrease, or do not end at the number of candidates.
    RowPointers = 500, "row pointers must start at 0, never decrease, and end at the number of candidates", "行指针必须从 0 开始、不减且以候选总数结束";
    /// Arrays whose lengths do not fit each other.
    ArrayLength = 501, "array has the wrong length", "数组长度不正确";
    /// An index outside its range.
    IndexOutOfRange = 502, "index is out of range", "索引超出范围";
    /// A full assignment was asked for and none exists.
    NoFullAssignment = 503, "no full assignment exists", "不存在完全指派";
    /// Costs of places that decrease, or breakpoints that do not ascend.
    NotConvex = 504, "costs of places must not decrease", "名额成本不得下降";
    /// An engine was asked for that cannot give the exact answer.
    InexactEngine = 505, "the engine asked for cannot give the exact answer", "指定的引擎无法给出精确结果";

    // 600: what is asked of a result.
    /// A result that this version cannot explain.
    NotExplained = 600, "results of this kind are not explained in this version", "本版本不能解释此类结果";
    /// Some of the amendments between two inputs, made alone, give no input that is right.
    NotMixed = 601, "some of the amendments alone give no valid input", "单独采用部分修订时输入无效";
}

/// A fault in the caller's data: what, where, and what would be right. Never the value itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The table.
    pub table: TableName,
    /// The row in the caller's own order, counted from 0; `None` where the whole table or column is meant.
    pub row: Option<usize>,
    /// The column, by the library's own name for it; for an unknown column its position, such as `#7`.
    pub column: Option<Cow<'static, str>>,
    /// The kind.
    pub code: FaultCode,
    /// What would be right.
    pub expected: Expected,
}

impl Fault {
    /// A fault of a whole table.
    #[must_use]
    pub fn in_table(table: TableName, code: FaultCode, expected: impl Into<Expected>) -> Self {
        Self { table, row: None, column: None, code, expected: expected.into() }
    }

    /// A fault of one column.
    #[must_use]
    pub fn in_column(
        table: TableName,
        column: impl Into<Cow<'static, str>>,
        code: FaultCode,
        expected: impl Into<Expected>,
    ) -> Self {
        Self { table, row: None, column: Some(column.into()), code, expected: expected.into() }
    }

    /// A fault of one value.
    #[must_use]
    pub fn in_cell(
        table: TableName,
        row: usize,
        column: impl Into<Cow<'static, str>>,
        code: FaultCode,
        expected: impl Into<Expected>,
    ) -> Self {
        Self { table, row: Some(row), column: Some(column.into()), code, expected: expected.into() }
    }

    /// The whole message in one language: number, place, what is wrong, what would be right.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        let mut text = format!("E{} {}", self.code.number(), self.table.as_str());
        if let Some(row) = self.row {
            text += &match language {
                Language::English => format!(", row {row}"),
                Language::Chinese => format!("，第 {row} 行（从 0 起）"),
            };
        }
        if let Some(column) = &self.column {
            text += &match language {
                Language::English => format!(", column {column}"),
                Language::Chinese => format!("，列 {column}"),
            };
        }
        text += match language {
            Language::English => ": ",
            Language::Chinese => "：",
        };
        text += self.code.text(language);
        if !self.expected.is_empty() {
            text += &match language {
                Language::English => format!("; expected {}", self.expected),
                Language::Chinese => format!("；应为 {}", self.expected),
            };
        }
        text
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::English))
    }
}
