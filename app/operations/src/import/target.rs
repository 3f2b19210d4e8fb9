//! What can be imported, and how the columns of each are called in files of other systems.

use domain::Text;
use serde::{Deserialize, Serialize};

/// What a file tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Buyers.
    Customers,
    /// Articles with barcodes and the parts of bundles.
    Products,
    /// Order headers.
    Orders,
    /// Order lines.
    OrderLines,
    /// What left, by waybill.
    Shipments,
    /// Cases that are over.
    Returns,
    /// Cases that are open on platforms.
    ExternalCases,
}

/// A column that can be mapped.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its id.
    pub id: &'static str,
    /// Whether a file without it is refused.
    pub required: bool,
    /// What it is called in Chinese.
    pub zh: &'static str,
    /// What it is called in English.
    pub en: &'static str,
    /// Other headers it is known by, folded.
    pub also: &'static [&'static str],
}

const fn must(id: &'static str, zh: &'static str, en: &'static str, also: &'static [&'static str]) -> Field {
    Field { id, required: true, zh, en, also }
}

const fn may(id: &'static str, zh: &'static str, en: &'static str, also: &'static [&'static str]) -> Field {
    Field { id, required: false, zh, en, also }
}

const ORDER_NO: &[&str] = &["订单编号", "主订单号", "平台订单号", "交易编号", "ordernumber", "ordersn", "orderid"];
const SHOP: &[&str] = &["店铺", "店铺名称", "渠道", "销售渠道", "平台", "store", "platform", "shopcode"];
const SKU: &[&str] =
    &["商品编码", "商家编码", "货号", "规格编码", "款号", "skucode", "item", "itemcode", "productcode"];
const QUANTITY: &[&str] = &["件数", "购买数量", "商品数量", "qty", "count"];

const CUSTOMERS: &[Field] = &[
    must("customer_no", "客户编号", "Customer number", &["会员编号", "会员号", "客户号", "customerid", "memberno"]),
    may("name", "姓名", "Name", &["客户姓名", "收件人", "联系人", "customername", "fullname"]),
    may("phone", "手机", "Phone", &["电话", "手机号", "手机号码", "联系电话", "mobile", "tel"]),
    may("email", "邮箱", "E-mail", &["电子邮箱", "电子邮件", "mail"]),
    may("address", "地址", "Address", &["收货地址", "联系地址"]),
    may("nickname", "昵称", "Nickname", &["旺旺", "买家昵称", "买家旺旺", "会员昵称", "buyernick"]),
];

const PRODUCTS: &[Field] = &[
    must("sku", "SKU", "SKU", SKU),
    must("name", "商品名称", "Name", &["名称", "品名", "商品标题", "productname", "title"]),
    may("name_en", "英文名称", "English name", &["englishname"]),
    may("category", "类目", "Category", &["分类", "商品分类", "品类"]),
    may("brand", "品牌", "Brand", &[]),
    may("unit", "单位", "Unit", &["计量单位"]),
    may("list_price", "吊牌价", "List price", &["标价", "价格", "售价", "price"]),
    may("barcode", "条码", "Barcode", &["条形码", "国际条码", "ean", "upc", "gtin"]),
    may("resalable", "可二次销售", "Resalable", &["可再售"]),
    may("has_serial", "序列号管理", "Serials", &["是否序列号", "hasserial"]),
    may("has_lot", "批次管理", "Lots", &["是否批次", "haslot"]),
    may("supplier", "供应商", "Supplier", &["供应商编码", "suppliercode"]),
    may("parts", "组合明细", "Bundle parts", &["组合装", "套装明细", "bundle", "bundleparts"]),
];

const ORDERS: &[Field] = &[
    must("order_no", "订单号", "Order number", ORDER_NO),
    may("channel", "渠道", "Channel", SHOP),
    may("customer_no", "客户编号", "Customer number", &["会员编号", "会员号", "客户号", "customerid"]),
    must("ordered_at", "下单时间", "Ordered at", &["创建时间", "订单创建时间", "拍下时间", "orderdate", "createdat"]),
    may("paid_at", "付款时间", "Paid at", &["支付时间", "付款日期", "paymenttime"]),
    may("shipped_at", "发货时间", "Shipped at", &["发货日期", "出库时间", "shipdate"]),
    may("delivered_at", "签收时间", "Delivered at", &["收货时间", "妥投时间", "deliverydate"]),
    may("currency", "币种", "Currency", &["货币"]),
    must(
        "paid_total",
        "实付金额",
        "Paid total",
        &["实收金额", "买家实付", "订单金额", "支付金额", "total", "paidamount"],
    ),
    may("freight", "运费", "Freight", &["邮费", "快递费", "shippingfee"]),
    may("invoice", "发票类型", "Invoice", &["发票"]),
    may("state", "订单状态", "State", &["状态", "交易状态", "status"]),
    may("name", "收件人", "Recipient", &["收货人", "收货人姓名", "姓名", "receiver", "receivername"]),
    may(
        "phone",
        "手机",
        "Phone",
        &[
            "收货人手机",
            "收件人手机",
            "收货人电话",
            "收件人电话",
            "手机号",
            "手机号码",
            "联系电话",
            "联系手机",
            "电话",
            "mobile",
            "tel",
        ],
    ),
    may("address", "收货地址", "Address", &["地址", "详细地址"]),
    may("nickname", "买家昵称", "Nickname", &["昵称", "旺旺", "买家会员名", "buyernick"]),
    may("waybill", "运单号", "Waybill", &["物流单号", "快递单号", "trackingnumber", "trackingno"]),
    may("carrier", "快递公司", "Carrier", &["物流公司", "承运商"]),
    may("source_version", "版本", "Version", &["sourceversion"]),
];

const ORDER_LINES: &[Field] = &[
    must("order_no", "订单号", "Order number", ORDER_NO),
    must("line_no", "行号", "Line number", &["序号", "子订单序号", "明细行号", "line", "linenumber"]),
    must("sku", "SKU", "SKU", SKU),
    must("quantity", "数量", "Quantity", QUANTITY),
    may("cancelled", "取消数量", "Cancelled", &["已取消"]),
    may("shipped", "发货数量", "Shipped", &["已发数量", "已发货数量"]),
    must("unit_price", "单价", "Unit price", &["商品单价", "成交单价", "price"]),
    may("discount", "优惠", "Discount", &["优惠金额", "折扣", "折扣金额"]),
    may("tax", "税额", "Tax", &["税"]),
    may("shipping", "运费", "Freight", &["邮费", "运费分摊", "freight"]),
    may("paid", "实付", "Paid", &["实付金额", "分摊后金额", "实收金额", "amount"]),
    may("is_gift", "赠品", "Gift", &["是否赠品", "gift"]),
    may("channel", "渠道", "Channel", SHOP),
];

const SHIPMENTS: &[Field] = &[
    must("order_no", "订单号", "Order number", ORDER_NO),
    must("waybill", "运单号", "Waybill", &["物流单号", "快递单号", "trackingnumber", "trackingno"]),
    must("shipped_at", "发货时间", "Shipped at", &["发货日期", "出库时间", "shipdate"]),
    may("delivered_at", "签收时间", "Delivered at", &["收货时间", "妥投时间", "deliverydate"]),
    may("carrier", "快递公司", "Carrier", &["物流公司", "承运商"]),
    may("state", "状态", "State", &["物流状态", "status"]),
    may("line_no", "行号", "Line number", &["序号", "line"]),
    may("quantity", "数量", "Quantity", QUANTITY),
    may("serial", "序列号", "Serial", &["sn", "串号"]),
    may("channel", "渠道", "Channel", SHOP),
];

const RETURNS: &[Field] = &[
    must(
        "return_no",
        "退货单号",
        "Return number",
        &["售后单号", "退款编号", "退换单号", "returnnumber", "rmano", "refundid"],
    ),
    must("order_no", "订单号", "Order number", ORDER_NO),
    may("line_no", "行号", "Line number", &["序号", "明细行号", "line"]),
    must("sku", "SKU", "SKU", SKU),
    must("quantity", "数量", "Quantity", &["退货数量", "件数", "申请数量", "qty"]),
    may("reason", "原因", "Reason", &["退货原因", "退款原因", "售后原因"]),
    must("requested_at", "申请时间", "Requested at", &["申请日期", "退款申请时间", "售后申请时间", "returndate"]),
    may("kind", "类型", "Kind", &["售后类型", "退款类型", "退货类型", "type"]),
    must("refund_goods", "退款金额", "Refund for goods", &["货款", "退货款", "商品退款", "refundamount"]),
    may("refund_tax", "退税额", "Refunded tax", &["退税"]),
    may("fee", "手续费", "Fee", &["扣款"]),
    may("refund_shipping", "退运费", "Refunded freight", &["运费退款"]),
    may("refunded_cash", "现金退款", "In cash", &["原路退款", "cash"]),
    may("reversed_charge", "冲销支付", "Reversed charge", &["撤销支付"]),
    may("account_credit", "余额退款", "Store credit", &["退至余额", "storecredit"]),
    may("channel", "渠道", "Channel", SHOP),
];

const EXTERNAL_CASES: &[Field] = &[
    must("number", "售后单号", "Case number", &["退款编号", "售后编号", "退款单号", "refundid", "caseno"]),
    may("order_no", "订单号", "Order number", ORDER_NO),
    may("channel", "渠道", "Channel", SHOP),
    must("raw_status", "平台状态", "Platform status", &["售后状态", "退款状态", "状态", "status"]),
    may("mapped_status", "处理状态", "Mapped status", &["mappedstatus"]),
    may("kind", "类型", "Kind", &["售后类型", "退款类型", "type"]),
    may("amount", "金额", "Amount", &["退款金额", "申请金额"]),
    may("currency", "币种", "Currency", &["货币"]),
    may("due_at", "截止时间", "Due at", &["超时时间", "处理截止时间", "剩余时间截止", "deadline"]),
    may("source_version", "版本", "Version", &["sourceversion"]),
];

impl Target {
    /// All of them, in the order in which files are best imported.
    pub const ALL: &'static [Self] = &[
        Self::Customers,
        Self::Products,
        Self::Orders,
        Self::OrderLines,
        Self::Shipments,
        Self::Returns,
        Self::ExternalCases,
    ];

    /// The stored word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Products => "products",
            Self::Orders => "orders",
            Self::OrderLines => "order_lines",
            Self::Shipments => "shipments",
            Self::Returns => "returns",
            Self::ExternalCases => "external_cases",
        }
    }

    /// Reads the stored word; hyphens are taken for underscores.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let word = word.replace('-', "_");
        Self::ALL.iter().copied().find(|target| target.as_str() == word)
    }

    /// The columns it has.
    #[must_use]
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Customers => CUSTOMERS,
            Self::Products => PRODUCTS,
            Self::Orders => ORDERS,
            Self::OrderLines => ORDER_LINES,
            Self::Shipments => SHIPMENTS,
            Self::Returns => RETURNS,
            Self::ExternalCases => EXTERNAL_CASES,
        }
    }

    /// One of its columns.
    #[must_use]
    pub fn field(self, id: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.id == id)
    }
}

impl Field {
    /// What it is called.
    #[must_use]
    pub fn title(&self) -> Text {
        Text::new(self.zh, self.en)
    }

    /// Whether a folded header means this column.
    #[must_use]
    pub fn is_called(&self, folded: &str) -> bool {
        let own = |name: &str| super::mapping::folded(name) == folded;
        own(self.id) || own(self.zh) || own(self.en) || self.also.contains(&folded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::mapping::folded;

    #[test]
    fn words_are_read_back_and_names_are_folded() {
        for target in Target::ALL {
            assert_eq!(Target::parse(target.as_str()), Some(*target));
            for field in target.fields() {
                for name in field.also {
                    assert_eq!(folded(name), *name, "{}.{}", target.as_str(), field.id);
                }
            }
        }
    }

    #[test]
    fn no_name_means_two_columns_of_a_file() {
        for target in Target::ALL {
            let fields = target.fields();
            for (index, field) in fields.iter().enumerate() {
                let names = [field.id, field.zh, field.en].map(folded);
                for other in fields.iter().skip(index + 1) {
                    let clash = names.iter().find(|name| other.is_called(name));
                    assert_eq!(clash, None, "{}: {} and {}", target.as_str(), field.id, other.id);
                }
            }
        }
    }
}
