//! The outlines of countries: what `data/world.bin` holds (its form is told in
//! `data/make_world.py`).

const BYTES: &[u8] = include_bytes!("../../data/world.bin");

/// The outlines of one country.
#[derive(Clone, Debug, Default)]
pub(crate) struct Country {
    pub name: String,
    /// Rings of points, degrees east and north; each polygon's outer ring is first.
    pub polygons: Vec<Vec<Vec<[f64; 2]>>>,
}

/// All countries, by name; none if the data are damaged, which a test excludes.
pub(crate) fn countries() -> Vec<Country> {
    Reader(BYTES).countries().unwrap_or_default()
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn unsigned(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let (first, rest) = self.0.split_first()?;
            self.0 = rest;
            value |= u64::from(first & 127) << shift;
            if *first < 128 {
                return Some(value);
            }
        }
        None
    }

    fn number(&mut self) -> Option<usize> {
        // Nothing there is more numerous than the bytes it is written in.
        let number = usize::try_from(self.unsigned()?).ok()?;
        (number <= BYTES.len()).then_some(number)
    }

    fn signed(&mut self) -> Option<i64> {
        let value = self.unsigned()?;
        let half = i64::try_from(value >> 1).ok()?;
        Some(if value & 1 == 0 { half } else { -half - 1 })
    }

    fn countries(&mut self) -> Option<Vec<Country>> {
        let mut borders = Vec::new();
        for _ in 0..self.number()? {
            let (mut x, mut y) = (0, 0);
            let mut points = Vec::new();
            for _ in 0..self.number()? {
                x += self.signed()?;
                y += self.signed()?;
                points.push([x as f64 / 100.0, y as f64 / 100.0]);
            }
            borders.push(points);
        }
        let mut all = Vec::new();
        for _ in 0..self.number()? {
            let length = self.number()?;
            let (name, rest) = self.0.split_at_checked(length)?;
            self.0 = rest;
            let mut country = Country {
                name: String::from_utf8(name.to_vec()).ok()?,
                polygons: Vec::new(),
            };
            for _ in 0..self.number()? {
                let mut rings = Vec::new();
                for _ in 0..self.number()? {
                    rings.push(unrolled(self.ring(&borders)?));
                }
                country.polygons.push(rings);
            }
            all.push(country);
        }
        self.0.is_empty().then_some(all)
    }

    fn ring(&mut self, borders: &[Vec<[f64; 2]>]) -> Option<Vec<[f64; 2]>> {
        let mut ring: Vec<[f64; 2]> = Vec::new();
        for _ in 0..self.number()? {
            let n = self.signed()?;
            let backwards = n < 0;
            let border = borders.get(usize::try_from(if backwards { -1 - n } else { n }).ok()?)?;
            // The first point of a border is the last of the one before.
            let skip = usize::from(!ring.is_empty());
            if backwards {
                ring.extend(border.iter().rev().skip(skip));
            } else {
                ring.extend(border.iter().skip(skip));
            }
        }
        Some(ring)
    }
}

/// A ring that crosses the line of the date, with degrees beyond 180 in place of a jump; one
/// around a pole goes over it.
fn unrolled(mut ring: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
    let mut turn = 0.0;
    let mut before = ring.first().map_or(0.0, |point| point[0]);
    for point in &mut ring {
        let east = point[0] - before;
        before = point[0];
        if east > 180.0 {
            turn -= 360.0;
        } else if east < -180.0 {
            turn += 360.0;
        }
        point[0] += turn;
    }
    let (first, last) = (ring.first().copied(), ring.last().copied());
    if let (Some(first), Some(last)) = (first, last)
        && (first[0] - last[0]).abs() > 180.0
    {
        let pole = if first[1] < 0.0 { -90.0 } else { 90.0 };
        ring.extend([[last[0], pole], [first[0], pole], first]);
    }
    ring
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_is_read() {
        let all = countries();
        assert!(all.len() > 200, "{}", all.len());
        assert!(all.iter().any(|country| country.name == "Iceland"));
        for country in &all {
            for ring in country.polygons.iter().flatten() {
                assert!(ring.len() >= 3, "{}", country.name);
                assert_eq!(ring.first(), ring.last(), "{}: closed", country.name);
                for pair in ring.windows(2) {
                    let step = (pair[0][0] - pair[1][0]).abs();
                    assert!(
                        step < 180.0 || pair[0][1].abs() == 90.0,
                        "{}: a jump",
                        country.name
                    );
                }
                for [lon, lat] in ring {
                    assert!((-540.0..=540.0).contains(lon) && (-90.1..=90.1).contains(lat));
                }
            }
        }
    }

    #[test]
    fn damaged_data_end_reading() {
        for cut in [0, 1, 1000, BYTES.len() - 1] {
            assert!(Reader(&BYTES[..cut]).countries().is_none(), "{cut}");
        }
    }
}
