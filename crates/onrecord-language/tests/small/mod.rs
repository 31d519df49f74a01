//! A weights file of a small network of whole words, its numbers drawn from a fixed seed: it
//! knows nothing, but goes the way that a trained one goes.

use std::fmt::Write;

const HIDDEN: usize = 64;
const INNER: usize = 128;
const ARC: usize = 64;
const REL: usize = 16;
const NAME: usize = 16;
const ENDINGS: usize = 32;
const SHAPES: usize = 12;
const PIECES: &str =
    "[UNK]\n[CLS]\n[MASK]\nthe\nto\nstrike\nharbour\n##s\n##ed\nun\n##ion\nof\n.\n,";

/// Draws numbers and lays tensors one after the other.
struct File {
    seed: u64,
    tensors: String,
    data: Vec<u8>,
}

impl File {
    fn draw(&mut self) -> u8 {
        self.seed = self
            .seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.seed >> 56) as u8
    }

    fn add(&mut self, name: &str, kind: &str, shape: &[usize], bytes: &[u8]) {
        self.data.resize(self.data.len().next_multiple_of(64), 0);
        let comma = if self.tensors.is_empty() { "" } else { "," };
        let at = self.data.len();
        write!(self.tensors, "{comma}[{name:?},{kind:?},{shape:?},{at}]").unwrap();
        self.data.extend_from_slice(bytes);
    }

    fn floats(&mut self, name: &str, n: usize, spread: f32) {
        let bytes: Vec<u8> = (0..n)
            .flat_map(|_| ((f32::from(self.draw()) / 128.0 - 1.0) * spread).to_le_bytes())
            .collect();
        self.add(name, "float32", &[n], &bytes);
    }

    fn rows(&mut self, name: &str, rows: usize, width: usize) {
        let bytes: Vec<u8> = (0..rows * width).map(|_| self.draw()).collect();
        self.add(&format!("{name}.weight"), "int8", &[rows, width], &bytes);
        self.floats(&format!("{name}.scale"), rows, 0.002);
    }

    fn linear(&mut self, name: &str, outputs: usize, inputs: usize) {
        self.rows(name, outputs, inputs);
        self.floats(&format!("{name}.bias"), outputs, 0.1);
    }

    fn norm(&mut self, name: &str) {
        self.floats(&format!("{name}.weight"), HIDDEN, 1.0);
        self.floats(&format!("{name}.bias"), HIDDEN, 0.1);
    }
}

/// The file.
pub fn weights() -> Vec<u8> {
    let mut file = File {
        seed: 5,
        tensors: String::new(),
        data: Vec::new(),
    };
    for (name, text) in [
        ("vocabulary", PIECES),
        ("lemma.rules", "NNS\ts\t1\t"),
        ("lemma.exceptions", "VBD\twent\tgo"),
    ] {
        file.add(name, "uint8", &[text.len()], text.as_bytes());
    }
    file.rows("pieces", PIECES.lines().count(), HIDDEN);
    file.rows("endings", ENDINGS, HIDDEN);
    file.floats("shapes.weight", SHAPES * HIDDEN, 0.3);
    file.norm("norm");
    file.linear("layers.0.near", HIDDEN, 3 * HIDDEN);
    file.norm("layers.0.norm");
    file.linear("layers.1.qkv", 3 * HIDDEN, HIDDEN);
    file.linear("layers.1.out", HIDDEN, HIDDEN);
    file.linear("layers.1.up", INNER, HIDDEN);
    file.linear("layers.1.down", HIDDEN, INNER);
    file.norm("layers.1.norm1");
    file.norm("layers.1.norm2");
    file.floats("mix", 2 * 3, 0.5);
    file.linear("tree", 2 * ARC + 4 * REL, HIDDEN);
    file.linear("tags", 2 * NAME + 3 + 3, HIDDEN);
    file.linear("arc", ARC, ARC);
    file.linear("rel", 4, 2 * REL);
    file.linear("spans", 2 * 3, 2 * NAME);
    let header = format!(
        "{{\"format\":2,\"net\":{{\"rows\":\"words\",\"hidden\":{HIDDEN},\"inner\":{INNER},\
         \"layers\":\"wa\",\"arc\":{ARC},\"rel\":{REL},\"name\":{NAME}}},\
         \"labels\":{{\"upos\":[\"NOUN\",\"VERB\",\"PUNCT\"],\"xpos\":[\"NN\",\"VBD\",\".\"],\
         \"deprel\":[\"root\",\"nsubj\",\"obj\",\"parataxis\"],\"bio\":[\"O\",\"B-PER\",\"I-PER\"]}},\
         \"tensors\":[{}]}}",
        file.tensors
    );
    let mut bytes = b"onrecord weights\n".to_vec();
    bytes.extend_from_slice(&u32::try_from(header.len()).unwrap().to_le_bytes());
    bytes.extend_from_slice(header.as_bytes());
    bytes.resize(bytes.len().next_multiple_of(64), 0);
    bytes.extend_from_slice(&file.data);
    bytes
}
