//! Who has which run: a table with a fixed number of places.

/// Articles kept for one run; of more the earliest gives way.
const MOST: usize = 16;

/// Runs that stand in several articles, found without keeping the others.
///
/// Two bits for four places a run: of the runs that stand once, about one in five looks as if
/// it came again; that costs a place in the table and no more.
pub(crate) struct Again {
    once: Vec<u64>,
    twice: Vec<u64>,
}

impl Again {
    pub fn new(runs: usize) -> Again {
        let places = runs.div_ceil(16) + 1;
        Again {
            once: vec![0; places],
            twice: vec![0; places],
        }
    }

    fn place(&self, run: u32) -> (usize, u64) {
        let bits = self.once.len() as u64 * 64;
        let at = (u64::from(run) * bits) >> 32;
        ((at / 64) as usize, 1 << (at % 64))
    }

    pub fn count(&mut self, run: u32) {
        let (at, bit) = self.place(run);
        self.twice[at] |= self.once[at] & bit;
        self.once[at] |= bit;
    }

    pub fn is_again(&self, run: u32) -> bool {
        let (at, bit) = self.place(run);
        self.twice[at] & bit != 0
    }

    pub fn bytes(&self) -> usize {
        16 * self.once.len()
    }
}

/// Articles by run: open addressing with linear probing. A place holds the run and the
/// article's number plus one; nought is empty.
pub(crate) struct Table {
    places: Vec<u64>,
}

impl Table {
    /// A table for so many entries.
    pub fn new(entries: usize) -> Table {
        Table {
            places: vec![0; entries + entries / 3 + 2],
        }
    }

    fn first(&self, run: u32) -> usize {
        // The run's bits also choose its place in `Again`: stirred, lest they fall together.
        let stirred = run.wrapping_mul(0x9e37_79b1) ^ (run >> 15);
        ((u64::from(stirred) * self.places.len() as u64) >> 32) as usize
    }

    /// Takes each article that has the run.
    pub fn each(&self, run: u32, mut take: impl FnMut(u32)) {
        let mut at = self.first(run);
        while self.places[at] != 0 {
            if (self.places[at] >> 32) as u32 == run {
                take(self.places[at] as u32 - 1);
            }
            at = (at + 1) % self.places.len();
        }
    }

    /// Adds an article. Never more entries than the table was made for.
    pub fn add(&mut self, run: u32, article: u32) {
        let entry = u64::from(run) << 32 | (u64::from(article) + 1);
        let mut at = self.first(run);
        let mut count = 0;
        let mut earliest = at;
        while self.places[at] != 0 {
            if (self.places[at] >> 32) as u32 == run {
                if self.places[at] == entry {
                    return;
                }
                if count == 0 || self.places[at] < self.places[earliest] {
                    earliest = at;
                }
                count += 1;
            }
            at = (at + 1) % self.places.len();
        }
        let at = if count < MOST { at } else { earliest };
        self.places[at] = entry;
    }

    pub fn bytes(&self) -> usize {
        8 * self.places.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_found_and_the_earliest_gives_way() {
        let runs: Vec<u32> = (0..500u32).map(|n| n.wrapping_mul(0x9e37_79b1)).collect();
        let mut table = Table::new(runs.len() + 40);
        for (n, run) in runs.iter().enumerate() {
            table.add(*run, n as u32);
        }
        for article in 1_000..1_040 {
            table.add(7, article);
        }
        for (n, run) in runs.iter().enumerate() {
            let mut found = Vec::new();
            table.each(*run, |a| found.push(a));
            assert!(found.contains(&(n as u32)), "{n}");
        }
        let mut found = Vec::new();
        table.each(7, |a| found.push(a));
        found.sort_unstable();
        assert_eq!(found, (1_024..1_040).collect::<Vec<_>>());
    }

    #[test]
    fn runs_that_come_again_are_known() {
        let mut again = Again::new(1_000);
        let run = |n: u32| n.wrapping_mul(2_654_435_761);
        (0..1_000).for_each(|n| again.count(run(n)));
        (0..100).for_each(|n| again.count(run(n)));
        assert!((0..100).all(|n| again.is_again(run(n))));
        let wrong = (100..1_000).filter(|n| again.is_again(run(*n))).count();
        assert!(wrong < 300, "{wrong}");
    }
}
