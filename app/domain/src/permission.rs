//! What the core asks permission for. Which role has which is data in the template.

use crate::kind::text_enum;

text_enum! {
    /// One right. Roles are named sets of these, with a scope of shops and warehouses per person.
    Permission {
        /// See cases.
        RmaView = "rma.view",
        /// File a case for a customer.
        RmaFile = "rma.file",
        /// Decide an approval task that the flow gave.
        RmaDecide = "rma.decide",
        /// File or agree against the policy, with a reason.
        RmaOverride = "rma.override",
        /// Withdraw a case for the customer.
        RmaWithdraw = "rma.withdraw",
        /// Write notes and messages on a case.
        RmaNote = "rma.note",
        /// Sign parcels and see them.
        ParcelSign = "parcel.sign",
        /// Open parcels and count goods.
        ParcelReceive = "parcel.receive",
        /// Inspect and grade.
        Inspect = "goods.inspect",
        /// Dispose of inspected goods.
        Dispose = "goods.dispose",
        /// Key a settlement.
        SettlementPropose = "settlement.propose",
        /// Approve a settlement keyed by another above the limit.
        SettlementApprove = "settlement.approve",
        /// Send money, resolve unknown outcomes, record payments made by hand.
        SettlementPay = "settlement.pay",
        /// Waive goods or outbound legs.
        Waive = "goods.waive",
        /// See, ship and deliver outbound orders.
        OutboundManage = "outbound.manage",
        /// See orders.
        OrderView = "order.view",
        /// Import and put orders, external cases and master data.
        OrderImport = "order.import",
        /// See customers.
        CustomerView = "customer.view",
        /// Show a masked personal value; each use is logged.
        ContactReveal = "contact.reveal",
        /// Edit shops, warehouses, reasons, SKUs, calendars, tags and the block list.
        MasterEdit = "master.edit",
        /// Export, check and apply the template; edit its documents.
        TemplateManage = "template.manage",
        /// See boards.
        BoardView = "board.view",
        /// Make the daily files and exports.
        ExportRun = "export.run",
        /// Create and read records of the admin's own forms.
        RecordEdit = "record.edit",
        /// Manage persons, roles, sessions and tokens.
        PersonManage = "person.manage",
        /// Read the audit trail, deliveries and the doctor's findings.
        SystemView = "system.view",
    }
}
