//! Rights, for whoever gives them and whoever lacks them.

use domain::Permission;
use ui::{Text, text};

use super::Spoken;

impl Spoken for Permission {
    fn text(self) -> Text {
        match self {
            Self::RmaView => text("查看退换货", "See returns"),
            Self::RmaFile => text("代客申请", "File for customers"),
            Self::RmaDecide => text("审批", "Decide approvals"),
            Self::RmaOverride => text("破例处理", "Override the policy"),
            Self::RmaWithdraw => text("代客撤回", "Withdraw for customers"),
            Self::RmaNote => text("备注与留言", "Write notes and messages"),
            Self::ParcelSign => text("签收包裹", "Sign for parcels"),
            Self::ParcelReceive => text("开箱清点", "Open and count"),
            Self::Inspect => text("检验与评级", "Inspect and grade"),
            Self::Dispose => text("处置商品", "Dispose of goods"),
            Self::SettlementPropose => text("录入结算", "Key settlements"),
            Self::SettlementApprove => text("批准结算", "Approve settlements"),
            Self::SettlementPay => text("付款与查证", "Pay and resolve"),
            Self::Waive => text("免除退货或发货", "Waive goods or shipments"),
            Self::OutboundManage => text("管理发货", "Manage shipments"),
            Self::OrderView => text("查看订单", "See orders"),
            Self::OrderImport => text("导入数据", "Import data"),
            Self::CustomerView => text("查看顾客", "See customers"),
            Self::ContactReveal => text("查看完整联系方式", "Show masked contacts"),
            Self::MasterEdit => text("维护基础数据", "Edit master data"),
            Self::TemplateManage => text("管理应用模板", "Manage the template"),
            Self::BoardView => text("查看看板", "See boards"),
            Self::ExportRun => text("导出文件", "Make exports"),
            Self::RecordEdit => text("编辑自建表单数据", "Edit own records"),
            Self::PersonManage => text("管理人员与权限", "Manage persons"),
            Self::SystemView => text("查看系统记录", "See system records"),
        }
    }
}
