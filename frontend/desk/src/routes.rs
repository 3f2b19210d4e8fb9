//! Every address of the desk, once: the router is made of this table, and so is the browser test that opens each page
//! in every look. A page joins by a line here; `cargo xtask tidy` refuses an address anywhere else.

/// Hands the table to the macro `$take`: addresses with a page of their own, then those whose page stands in the frame.
macro_rules! desk_routes {
    ($take:ident) => {
        $take! {
            alone {
                "sign-in" => SignInPage;
                "setup" => SetupPage;
                "station" => { Lazy::<StationPage>::new() };
            }
            framed {
                "" => InboxPage;
                "rmas" => { Lazy::<CasesPage>::new() };
                "rmas/:id" => CasePage;
                "tasks/:id" => TaskPage;
                "file" => { Lazy::<FormsPage>::new() };
                "receiving" => { Lazy::<WorkPage>::new() };
                "receiving/:id" => { Lazy::<WorkPage>::new() };
                "receiving/cases/:id" => { Lazy::<WorkPage>::new() };
                "inspecting" => { Lazy::<WorkPage>::new() };
                "inspecting/:id" => { Lazy::<WorkPage>::new() };
                "exceptions" => { Lazy::<WorkPage>::new() };
                "shelf" => { Lazy::<WorkPage>::new() };
                "hand-overs" => { Lazy::<WorkPage>::new() };
                "hand-overs/:id" => { Lazy::<WorkPage>::new() };
                "settling" => { Lazy::<WorkPage>::new() };
                "settling/:id" => { Lazy::<WorkPage>::new() };
                "books" => { Lazy::<WorkPage>::new() };
                "outbound" => { Lazy::<WorkPage>::new() };
                "outbound/:id" => { Lazy::<WorkPage>::new() };
                "outbound/cases/:id" => { Lazy::<WorkPage>::new() };
                "refunds" => { Lazy::<WorkPage>::new() };
                "statements" => { Lazy::<WorkPage>::new() };
                "statements/:id" => { Lazy::<WorkPage>::new() };
                "daily-files" => { Lazy::<WorkPage>::new() };
                "records/:form?/:id?" => { Lazy::<FormsPage>::new() };
                "boards" => { Lazy::<BoardsPage>::new() };
                "boards/:id" => { Lazy::<BoardPage>::new() };
                "boards/:id/:component" => { Lazy::<BehindPage>::new() };
                "orders" => { Lazy::<TradePage>::new() };
                "orders/:id" => { Lazy::<TradePage>::new() };
                "platform-cases" => { Lazy::<TradePage>::new() };
                "imports" => { Lazy::<SettingsPage>::new() };
                "imports/:id" => { Lazy::<SettingsPage>::new() };
                "template" => { Lazy::<SettingsPage>::new() };
                "persons" => { Lazy::<SettingsPage>::new() };
                "messages" => { Lazy::<SettingsPage>::new() };
                "backups" => { Lazy::<SettingsPage>::new() };
                "tokens" => { Lazy::<SettingsPage>::new() };
                "customers" => { Lazy::<TradePage>::new() };
                "customers/:id" => { Lazy::<TradePage>::new() };
                "master" => { Lazy::<SettingsPage>::new() };
                "master/portals/:shop" => { Lazy::<SettingsPage>::new() };
                "master/:list" => { Lazy::<SettingsPage>::new() };
                "gallery" => { Lazy::<GalleryPage>::new() };
            }
        }
    };
}

pub(crate) use desk_routes;
