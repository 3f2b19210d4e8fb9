//! Events: `noun.past`. They drive rules, timelines, notifications and live topics.

use crate::kind::text_enum;

text_enum! {
    /// What happened. Rules are triggered by these.
    EventKind {
        /// A case was filed.
        RmaFiled = "rma.filed",
        /// History was taken over.
        RmaImported = "rma.imported",
        /// A flow node opened for decision.
        NodeOpened = "node.opened",
        /// A flow node was passed.
        NodePassed = "node.passed",
        /// Who decided a step took the decision back at once.
        DecisionUndone = "decision.undone",
        /// All approvals are through.
        RmaAgreed = "rma.agreed",
        /// A decision refused the case.
        RmaRejected = "rma.rejected",
        /// More information was asked for.
        InfoRequested = "info.requested",
        /// The asked-for information came.
        InfoGiven = "info.given",
        /// The case was taken back.
        RmaWithdrawn = "rma.withdrawn",
        /// All work is done.
        RmaClosed = "rma.closed",
        /// The case was given to a person or to nobody.
        RmaAssigned = "rma.assigned",
        /// Somebody said when to look at the case again.
        RmaFollowUpSet = "rma.follow_up_set",
        /// A policy was overridden.
        PolicyOverridden = "policy.overridden",
        /// A note or message was written.
        NoteWritten = "note.written",
        /// The customer wrote a message.
        MessageReceived = "message.received",
        /// Somebody wrote to the customer.
        MessageSent = "message.sent",
        /// Who wrote to the customer took the message back before it went out.
        MessageTakenBack = "message.taken_back",
        /// The customer's messages were marked as dealt with.
        MessagesHandled = "message.handled",
        /// The customer rated a settled case.
        RatingGiven = "rating.given",
        /// A return waybill was given.
        TrackingGiven = "tracking.given",
        /// A return waybill or its carrier was corrected.
        TrackingCorrected = "tracking.corrected",
        /// The carrier, or a person who looked, said where a parcel is.
        TrackingMoved = "tracking.moved",
        /// A parcel was signed.
        ParcelSigned = "parcel.signed",
        /// A parcel was opened.
        ParcelOpened = "parcel.opened",
        /// A parcel was matched to a case.
        ParcelMatched = "parcel.matched",
        /// A parcel was taken off a case.
        ParcelUnmatched = "parcel.unmatched",
        /// A parcel that nobody can place was put aside.
        ParcelParked = "parcel.parked",
        /// Somebody noted what is seen of a parcel: damage, a phone's tail, photos.
        ParcelNoted = "parcel.noted",
        /// Somebody said who looks after a parcel, and when.
        ParcelFollowUpSet = "parcel.follow_up_set",
        /// A parcel was weighed.
        ParcelWeighed = "parcel.weighed",
        /// Somebody said that nothing more is to be done about something that stood still or did not fit.
        ExceptionSettled = "exception.settled",
        /// A scan found something that a person must look at.
        ScanConflict = "scan.conflict",
        /// Goods were counted.
        GoodsCounted = "goods.counted",
        /// Every line of the case is received or waived.
        GoodsReceived = "goods.received",
        /// Missing goods were waived.
        GoodsWaived = "goods.waived",
        /// A unit group was inspected.
        GoodsInspected = "goods.inspected",
        /// A unit group was disposed of.
        GoodsDispositioned = "goods.dispositioned",
        /// A disposition was corrected.
        DispositionCorrected = "goods.corrected",
        /// A miscount was taken back.
        CountCorrected = "goods.recounted",
        /// A line was turned into another kind.
        LineConverted = "line.converted",
        /// Somebody outside owes for damaged goods.
        LiabilityBooked = "liability.booked",
        /// What a customer owes in goods or money changed.
        ReceivableChanged = "receivable.changed",
        /// A settlement was keyed.
        SettlementProposed = "settlement.proposed",
        /// A settlement was approved.
        SettlementApproved = "settlement.approved",
        /// A settlement was taken back.
        SettlementCancelled = "settlement.cancelled",
        /// A settlement was paid.
        SettlementSettled = "settlement.settled",
        /// A payout was sent.
        PayoutSent = "payout.sent",
        /// A payout was refused.
        PayoutFailed = "payout.failed",
        /// A payout's answer was lost.
        PayoutUnknown = "payout.unknown",
        /// A payout's outcome is known and good.
        PayoutDone = "payout.done",
        /// A settlement, or a part of it, was paid by hand.
        PaidByHand = "payout.paid_by_hand",
        /// Finance said that nothing more is paid on a line.
        MoneyMarkedDone = "money.done",
        /// An invoice must be reversed.
        InvoiceOpened = "invoice.opened",
        /// An invoice was reversed.
        InvoiceDone = "invoice.done",
        /// A channel's statement was taken in.
        StatementImported = "statement.imported",
        /// A person matched a line of a statement with a payout.
        StatementLineMatched = "statement.line_matched",
        /// A person took a line of a statement and a payout apart.
        StatementLineParted = "statement.line_parted",
        /// A person wrote what is behind a line of a statement.
        StatementLineNoted = "statement.line_noted",
        /// An outbound order was made.
        OutboundOpened = "outbound.opened",
        /// An outbound order left.
        OutboundShipped = "outbound.shipped",
        /// An outbound order arrived.
        OutboundDelivered = "outbound.delivered",
        /// An outbound order was waived.
        OutboundWaived = "outbound.waived",
        /// Another article goes out than the one that came back.
        OutboundSubstituted = "outbound.substituted",
        /// A task's deadline is near.
        DeadlineNear = "deadline.near",
        /// A task passed its deadline.
        DeadlinePassed = "deadline.passed",
        /// The mean of a stage passed its line.
        MeanCrossed = "mean.crossed",
        /// The mean of a stage fell below its line again.
        MeanCleared = "mean.cleared",
        /// An order was put.
        OrderPut = "order.put",
        /// What another system says of an order contradicts agreed claims.
        OrderConflict = "order.conflict",
        /// A file was imported.
        ImportFinished = "import.finished",
        /// An external case was put.
        ExternalCasePut = "external_case.put",
        /// An external case arrived with a conflict.
        ExternalCaseConflict = "external_case.conflict",
        /// A record of an admin's own form was created.
        RecordCreated = "record.created",
        /// A record of an admin's own form changed.
        RecordChanged = "record.changed",
        /// A template was applied.
        TemplateApplied = "template.applied",
        /// Master data changed.
        MasterChanged = "master.changed",
        /// A person, role or token changed.
        PersonChanged = "person.changed",
        /// A person signed in.
        SignedIn = "session.opened",
        /// A masked value was shown.
        ContactRevealed = "contact.revealed",
        /// A rule's effect was cut or failed.
        RuleFailed = "rule.failed",
        /// A file was exported.
        ExportMade = "export.made",
    }
}
