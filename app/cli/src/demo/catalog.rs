//! What the demo shop sells, to whom, and what people are called.

/// Code, Chinese name, English name, category, list price in minor units, whether it can be sold again.
pub(crate) const GOODS: &[(&str, &str, &str, &str, i64, bool)] = &[
    ("DR-1001-M", "连衣裙 蓝 M", "Dress, blue, M", "apparel", 39_900, true),
    ("DR-1001-L", "连衣裙 蓝 L", "Dress, blue, L", "apparel", 39_900, true),
    ("SH-2203-S", "亚麻衬衫 白 S", "Linen shirt, white, S", "apparel", 25_900, true),
    ("CO-3107-L", "羊毛大衣 驼色 L", "Wool coat, camel, L", "apparel", 189_900, true),
    ("BE-0450", "牛皮腰带", "Leather belt", "apparel", 15_900, true),
    ("SN-5520-42", "跑鞋 42", "Running shoes, 42", "shoes", 69_900, true),
    ("SN-5520-38", "跑鞋 38", "Running shoes, 38", "shoes", 69_900, true),
    ("HP-8800", "降噪耳机", "Noise-cancelling headphones", "electronics", 129_900, true),
    ("WA-7001", "智能手表", "Smart watch", "electronics", 199_900, true),
    ("LP-9310", "轻薄笔记本电脑", "Thin notebook computer", "electronics", 699_900, true),
    ("KB-6105", "机械键盘", "Mechanical keyboard", "electronics", 45_900, true),
    ("CU-0102", "陶瓷杯 两只装", "Ceramic cups, pair", "home", 8_900, true),
    ("BD-4410", "四件套 1.8 米", "Bedding set, 1.8 m", "home", 49_900, true),
    ("LM-2015", "阅读台灯", "Reading lamp", "home", 29_900, true),
    ("SK-1180", "保湿面霜 50 ml", "Moisturising cream, 50 ml", "beauty", 32_900, false),
    ("UN-0307", "纯棉内裤 三条装", "Cotton underwear, three", "underwear", 12_900, false),
];

/// Buyers' names, both languages mixed as in a shop that sells to both.
pub(crate) const BUYERS: &[&str] = &[
    "张三",
    "李小红",
    "王建国",
    "欧阳修文",
    "陈静",
    "刘洋",
    "赵敏",
    "黄志强",
    "周婷",
    "吴磊",
    "徐曼丽",
    "孙浩然",
    "Emma Clarke",
    "James Porter",
    "Sofia Rossi",
    "Liam O'Brien",
    "Olivia Hughes",
    "Noah Fischer",
];

/// Streets for addresses.
pub(crate) const STREETS: &[&str] = &[
    "杭州市西湖区文三路 88 号",
    "上海市徐汇区漕溪北路 18 号",
    "深圳市南山区科苑路 15 号",
    "成都市武侯区天府大道 300 号",
];

/// Names of the staff, dealt out over the template's roles in order: they say no role, for a template may have others.
pub(crate) const STAFF: &[&str] = &[
    "林晓",
    "何文静",
    "王国强",
    "郑思远",
    "钱雅琴",
    "冯立群",
    "唐佳怡",
    "叶知秋",
    "罗海涛",
    "Alice Wong",
    "Ben Carter",
];

/// What customers write, with its language.
pub(crate) const DESCRIPTIONS: &[&str] = &[
    "尺码偏小，想换大一码",
    "颜色和图片不一样",
    "收到时包装已经破损",
    "用了两天就没有声音了",
    "买重复了，没有拆封",
    "The size runs small.",
    "The box arrived crushed.",
    "Not what I expected, unused.",
];

/// What customers answer when asked.
pub(crate) const ANSWERS: &[&str] =
    &["已补充照片，吊牌还在", "购买时的包装也一起寄回", "The tag is still attached.", "Here is what you asked for."];
