//! Parcels, counted goods, where they end, what goes out.

use domain::state::{Bearer, Bucket, DispositionKind, OutboundState, ParcelState, Reception};
use ui::{State, Text, text};

use super::{Spoken, Toned};

impl Spoken for ParcelState {
    fn text(self) -> Text {
        match self {
            Self::Announced => text("已登记运单", "Announced"),
            Self::Signed => text("已签收", "Signed for"),
            Self::Opened => text("已开箱清点", "Opened and counted"),
        }
    }
}

impl Toned for ParcelState {
    fn state(self) -> State {
        match self {
            Self::Announced => State::Paused,
            Self::Signed => State::Waiting,
            Self::Opened => State::Good,
        }
    }
}

impl Spoken for OutboundState {
    fn text(self) -> Text {
        match self {
            Self::Open => text("待发货", "To be shipped"),
            Self::Shipped => text("已发出", "Shipped"),
            Self::Delivered => text("已送达", "Delivered"),
            Self::Waived => text("不再发货", "Not to be sent"),
        }
    }
}

impl Toned for OutboundState {
    fn state(self) -> State {
        match self {
            Self::Open | Self::Shipped => State::Waiting,
            Self::Delivered => State::Good,
            Self::Waived => State::Paused,
        }
    }
}

impl Spoken for Reception {
    fn text(self) -> Text {
        match self {
            Self::AsAnnounced => text("与申请一致", "As announced"),
            Self::Undeclared => text("申请外商品", "Not announced"),
            Self::WrongItem => text("货不对板", "Another article"),
            Self::Missing => text("缺少", "Missing"),
        }
    }
}

impl Toned for Reception {
    fn state(self) -> State {
        match self {
            Self::AsAnnounced => State::Good,
            Self::Undeclared => State::Attention,
            Self::WrongItem | Self::Missing => State::Bad,
        }
    }
}

impl Spoken for Bucket {
    fn text(self) -> Text {
        match self {
            Self::Pending => text("待检品", "To be inspected"),
            Self::Good => text("良品", "Good stock"),
            Self::Defective => text("次品", "Defective stock"),
            Self::Scrap => text("报废品", "Scrapped"),
            Self::Vendor => text("退供应商品", "At the supplier"),
        }
    }
}

impl Spoken for DispositionKind {
    fn text(self) -> Text {
        match self {
            Self::Restock => text("重新上架", "Restock"),
            Self::Defective => text("转次品", "Keep as defective"),
            Self::Scrap => text("报废", "Scrap"),
            Self::Vendor => text("退供应商", "To the supplier"),
            Self::Repair => text("送修", "To repair"),
            Self::SendBack => text("退回顾客", "Back to the customer"),
        }
    }
}

impl Spoken for Bearer {
    fn text(self) -> Text {
        match self {
            Self::Customer => text("顾客", "Customer"),
            Self::Shop => text("店铺", "Shop"),
            Self::Carrier => text("承运商", "Carrier"),
            Self::Supplier => text("供应商", "Supplier"),
            Self::Platform => text("平台", "Platform"),
            Self::Warehouse => text("仓库", "Warehouse"),
        }
    }
}
