use super::*;

/// Numbers that look like nothing, always the same.
fn noise(n: usize, mut seed: u64) -> Vec<u8> {
    (0..n)
        .map(|_| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 56) as u8
        })
        .collect()
}

#[test]
fn every_path_gives_the_same_bits() {
    for (inputs, outputs) in [(384, 1152), (1536, 384), (256, 65), (4, 1)] {
        let weights: Vec<i8> = noise(inputs * outputs, 3)
            .iter()
            .map(|b| *b as i8)
            .collect();
        let scale: Vec<f32> = noise(outputs, 5)
            .iter()
            .map(|b| f32::from(*b) / 9e3)
            .collect();
        let bias: Vec<f32> = noise(outputs, 7)
            .iter()
            .map(|b| f32::from(*b) - 99.0)
            .collect();
        let matrix = Matrix::pack(&weights, &scale, &bias);
        for rows in [1, 2, 5, 6, 7, 13, 16, 31, 33, 70] {
            let from = Bytes {
                bytes: noise(rows * inputs, 11),
                scale: noise(rows, 13)
                    .iter()
                    .map(|b| f32::from(*b) / 777.0)
                    .collect(),
            };
            let results: Vec<Vec<u32>> = Isa::available()
                .into_iter()
                .map(|isa| {
                    let mut to = vec![0.0; rows * matrix.width()];
                    times(isa, &matrix, &from, &mut to);
                    to.iter().map(|x| x.to_bits()).collect()
                })
                .collect();
            for other in &results {
                assert!(*other == results[0], "{inputs} x {outputs}, {rows} rows");
            }
            let plain: i32 = (0..inputs)
                .map(|i| (i32::from(from.bytes[i]) - 128) * i32::from(weights[i]))
                .sum();
            let expected = plain as f32 * from.scale[0] * scale[0] + bias[0];
            assert_eq!(f32::from_bits(results[0][0]), expected);
        }
    }
}
