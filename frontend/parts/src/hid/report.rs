//! Reports of a gun in HID-POS mode put together to what it read. Guns of several makers send the same form with small
//! differences: where the code's own mark stands, whether the report's number is sent with it, what stands behind the data.

/// Bytes of a code in one report.
const DATA_BYTES: usize = 56;
/// Reports of one scan at most: no code is longer.
const MAX_REPORTS: usize = 64;
/// The next report of a scan comes at once; what stays away for so long does not come any more, in ms.
const CHAIN_MS: f64 = 2_000.0;
/// Begins the mark of what kind of code it was, as in `]C1`.
const MARK: u8 = b']';
/// A bit of the last byte: the scan goes on in the next report.
const MORE: u8 = 1;

/// A whole scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// What was read, separators of GS1 codes kept.
    pub text: String,
    /// The mark of its kind, such as `]C1` for GS1-128; `None` when the gun sent none.
    pub mark: Option<String>,
}

impl Read {
    /// Whether it is a GS1 code, whose parts have a meaning of their own.
    #[must_use]
    pub fn is_gs1(&self) -> bool {
        matches!(self.mark.as_deref(), Some("]C1" | "]e0" | "]e1" | "]e2" | "]d2" | "]Q3" | "]J1"))
    }
}

/// Why a report could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It is shorter than it says.
    Short,
    /// It claims more than fits into a report.
    Long,
    /// The scan does not end.
    Endless,
}

/// Where the parts of a report stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Form {
    /// Where the length stands; the mark and the data follow it.
    length: usize,
}

impl Form {
    const PLAIN: Self = Self { length: 0 };
    /// The report's number was sent with it.
    const NUMBERED: Self = Self { length: 1 };

    const fn mark(self) -> usize {
        self.length + 1
    }
    const fn data(self) -> usize {
        self.length + 4
    }
    /// Behind the data stand two bytes that makers use for themselves, some in between, then the flag.
    const fn flag(self) -> usize {
        self.length + 62
    }

    // By where the mark stands; a report without one has the form of the one before it.
    fn of(bytes: &[u8], before: Option<Self>) -> Self {
        let marked = |form: Self| bytes.get(form.mark()) == Some(&MARK);
        if marked(Self::PLAIN) {
            Self::PLAIN
        } else if marked(Self::NUMBERED) {
            Self::NUMBERED
        } else {
            before.unwrap_or(Self::PLAIN)
        }
    }
}

/// The reports of a scan so far.
#[derive(Debug)]
struct Chain {
    form: Form,
    mark: Option<String>,
    bytes: Vec<u8>,
    reports: usize,
    last_ms: f64,
}

/// Puts the reports of one gun together.
#[derive(Debug, Default)]
pub struct Reader {
    chain: Option<Chain>,
}

impl Reader {
    /// A report came, at `at_ms` on any clock that does not stand still: the scan that it ends, if it ends one.
    ///
    /// # Errors
    /// What is wrong with it; the scan it was part of is forgotten.
    pub fn take(&mut self, report: &[u8], at_ms: f64) -> Result<Option<Read>, Trouble> {
        let before = self.chain.take().filter(|chain| at_ms - chain.last_ms <= CHAIN_MS);
        let form = Form::of(report, before.as_ref().map(|chain| chain.form));
        let length = usize::from(*report.get(form.length).ok_or(Trouble::Short)?);
        if length > DATA_BYTES {
            return Err(Trouble::Long);
        }
        let data = report.get(form.data()..form.data() + length).ok_or(Trouble::Short)?;
        let mark = report.get(form.mark()..form.data()).and_then(mark);
        let mut chain = before.unwrap_or(Chain { form, mark, bytes: Vec::new(), reports: 0, last_ms: at_ms });
        chain.bytes.extend_from_slice(data);
        chain.reports += 1;
        chain.last_ms = at_ms;
        // A gun that leaves the flag out sends each scan in one report.
        if report.get(form.flag()).is_some_and(|flag| flag & MORE != 0) {
            if chain.reports >= MAX_REPORTS {
                return Err(Trouble::Endless);
            }
            self.chain = Some(chain);
            return Ok(None);
        }
        let text = text(&chain.bytes);
        Ok((!text.is_empty()).then_some(Read { text, mark: chain.mark }))
    }

    /// Forgets what came: the gun was unplugged.
    pub fn forget(&mut self) {
        self.chain = None;
    }
}

fn mark(bytes: &[u8]) -> Option<String> {
    let is_mark = bytes.first() == Some(&MARK) && bytes.iter().all(u8::is_ascii_graphic);
    is_mark.then(|| bytes.iter().copied().map(char::from).collect())
}

/// As UTF-8, else byte by byte; without control characters and spaces at the ends, as the server reads a scan.
fn text(bytes: &[u8]) -> String {
    let whole = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    };
    whole.trim_matches(|letter: char| letter.is_control() || letter.is_whitespace()).to_owned()
}
