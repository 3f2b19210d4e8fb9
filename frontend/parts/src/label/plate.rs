//! A licence plate on paper: the code that a gun reads when the waybill is gone, for a small roll and as the printer's own
//! language.

use leptos::prelude::*;
use ui::{Button, Glyph, text};

use super::Barcode;

/// What stands on a plate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlateData {
    /// The code: `LP` and what follows.
    pub plate: String,
    /// What else the thing is known by, such as its waybill; empty when it has nothing else.
    pub waybill: String,
    /// Numbers of its cases.
    pub cases: Vec<String>,
}

impl PlateData {
    /// What stands below the code.
    fn line(&self) -> String {
        let waybill = (self.waybill != self.plate).then(|| self.waybill.clone()).filter(|text| !text.is_empty());
        waybill.into_iter().chain(self.cases.iter().cloned()).collect::<Vec<_>>().join("  ")
    }

    /// The label for Zebra printers and those that understand them, 100 × 50 mm at 203 dots an inch.
    pub fn zpl(&self) -> String {
        // What would begin a command cannot stand in a code.
        let plain = |text: &str| {
            let ok = |letter: &char| (letter.is_ascii_graphic() || *letter == ' ') && !"^~>".contains(*letter);
            text.chars().filter(ok).collect::<String>()
        };
        let (plate, line) = (plain(&self.plate), plain(&self.line()));
        let lines = [
            "^XA".to_owned(),
            "^CI28^PW800^LL400^LH0,0".to_owned(),
            format!("^FO40,32^BY3,3,190^BCN,190,N,N,N^FD>:{plate}^FS"),
            format!("^FO40,244^A0N,56,56^FD{plate}^FS"),
            format!("^FO40,320^A0N,34,34^FB720,2,0,L^FD{line}^FS"),
            "^XZ".to_owned(),
        ];
        lines.join("\n") + "\n"
    }

    /// Saves it for the printer.
    pub fn save(&self) {
        crate::files::save_text(&format!("{}.zpl", self.plate), &self.zpl());
    }
}

/// The plate as it is printed.
pub fn plate_paper(data: &PlateData) -> AnyView {
    view! {
        <article class="label label--plate" data-test="plate-label">
            <Barcode text=data.plate.clone()/>
            <p class="label__plate">{data.plate.clone()}</p>
            <p class="label__small">{data.line()}</p>
        </article>
    }
    .into_any()
}

/// The plate with the ways to a printer.
#[component]
pub fn PlateLabel(
    /// What stands on it.
    #[prop(into)]
    plate: Signal<PlateData>,
) -> impl IntoView {
    let print = move |()| {
        // A browser that refuses to print says so itself.
        let _ = window().print();
    };
    let save = move |()| plate.with_untracked(PlateData::save);
    view! {
        <div class="label-desk">
            <div class="label-desk__paper">{move || plate.with(plate_paper)}</div>
            <div class="label-desk__tools u-screen-only">
                <Button icon=Glyph::Printer on_click=print attr:data-test="plate-print">{text("打印", "Print")}</Button>
                <Button icon=Glyph::Download on_click=save attr:data-test="plate-zpl">{text("ZPL 文件", "ZPL file")}</Button>
            </div>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plate_is_a_command_for_the_printer_and_nothing_else() {
        let plate = PlateData {
            plate: "LPP1QKFGC80004E5".to_owned(),
            waybill: "SF1^XZ 店".to_owned(),
            cases: vec!["RT-1".to_owned()],
        };
        let zpl = plate.zpl();
        assert!(zpl.contains("^BCN,190,N,N,N^FD>:LPP1QKFGC80004E5^FS"), "{zpl}");
        assert!(zpl.contains("^FDSF1XZ   RT-1^FS"), "{zpl}");
        assert_eq!((zpl.matches("^XA").count(), zpl.matches("^XZ").count()), (1, 1), "{zpl}");
    }

    #[test]
    fn a_parcel_without_a_waybill_has_its_plate_once() {
        let plate = PlateData { plate: "LPP1".to_owned(), waybill: "LPP1".to_owned(), cases: Vec::new() };
        assert_eq!(plate.line(), "");
    }
}
