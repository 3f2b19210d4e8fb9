//! From the start of the process to its first answer, on a million cases.

use std::time::Instant;

use anyhow::{Result, ensure};

use crate::million;
use crate::print::{Aim, figure, surroundings};
use crate::program::serve;
use support::load::{once, request};

const STARTS: usize = 9;

pub(crate) fn run() -> Result<()> {
    let dir = million::folder_of_a_million()?;
    surroundings(&dir, &million::holds(&dir)?)?;
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let began = Instant::now();
        let served = serve(&dir)?;
        let answer = once(served.address, &request("GET", "/api/health", "", ""))?;
        times.push(began.elapsed().as_secs_f64() * 1_000.0);
        ensure!(answer.status == 200, "the first answer was {}", answer.status);
        served.stop()?;
    }
    times.sort_by(f64::total_cmp);
    let more =
        format!("of {STARTS} starts, the slowest {:.0} ms; pages of the file may be in memory", times[STARTS - 1]);
    let aim = Aim::AtMost { unit: "ms", bar: 100.0, floor: Some(300.0) };
    figure("process start to first answer, median", times[STARTS / 2], aim, &more);
    Ok(())
}
