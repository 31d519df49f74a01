//! AMX: one instruction adds the products of sixteen rows and sixteen columns, sixty-four inputs
//! deep. Stable Rust has no functions for it, so the eight instructions stand here as assembly.
//!
//! The instructions: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 1,
//! chapter 18; asking Linux for the tiles: `Documentation/arch/x86/xstate.rst` of the kernel.

use std::arch::asm;
use std::arch::x86_64::*;

use super::{BLOCK, Matrix, avx512};

/// Rows and columns of a tile of sums.
const SIDE: usize = 16;
/// Inputs that a tile is deep.
const DEEP: usize = 64;
/// Columns that are summed together.
const COLUMNS: usize = 2 * SIDE;
/// Rows that are summed together.
const ROWS: usize = 2 * SIDE;

/// Whether the processor has tiles of whole numbers and the system lets this process use them.
pub fn granted() -> bool {
    has_tiles() && ask()
}

fn has_tiles() -> bool {
    const TILE: u32 = 1 << 24;
    const INT8: u32 = 1 << 25;
    __cpuid(0).eax >= 7 && __cpuid_count(7, 0).edx & (TILE | INT8) == TILE | INT8
}

/// Asks the kernel for the state of the tiles; threads begun later have it too.
fn ask() -> bool {
    const ARCH_PRCTL: i64 = 158;
    const ARCH_REQ_XCOMP_PERM: u64 = 0x1023;
    const TILE_DATA: u64 = 18;
    let answer: i64;
    // SAFETY: this call takes two numbers and touches no memory; older kernels answer with an
    // error.
    unsafe {
        asm!("syscall", inlateout("rax") ARCH_PRCTL => answer, in("rdi") ARCH_REQ_XCOMP_PERM,
            in("rsi") TILE_DATA, out("rcx") _, out("r11") _, options(nostack));
    }
    answer == 0
}

/// What `ldtilecfg` reads.
#[repr(C, align(64))]
struct Config([u8; 64]);

/// Sums of two tiles by two.
#[repr(C, align(64))]
struct Sums([i32; ROWS * COLUMNS]);

/// # Safety
/// [`granted`] said yes, the processor has the features named; `a` holds `row_scale.len()` rows
/// of `m.inputs` bytes, `to` as many rows of `m.width()` floats.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
pub unsafe fn times(m: &Matrix, a: &[u8], row_scale: &[f32], to: &mut [f32]) {
    let rows = row_scale.len();
    if rows < SIDE / 2 || !m.inputs.is_multiple_of(DEEP) {
        // SAFETY: as the caller says.
        return unsafe { avx512::times(m, a, row_scale, to) };
    }
    let whole = rows / ROWS * ROWS;
    // The last rows, with zeros behind them.
    let mut last = Vec::new();
    if whole < rows {
        let high = (rows - whole).next_multiple_of(SIDE);
        last.resize(high * m.inputs, 0);
        let rest = &a[whole * m.inputs..rows * m.inputs];
        last[..rest.len()].copy_from_slice(rest);
    }
    let mut config = Config([0; 64]);
    config.0[0] = 1;
    for tile in 0..8 {
        config.0[16 + 2 * tile] = DEEP as u8;
        config.0[48 + tile] = SIDE as u8;
    }
    let mut sums = Sums([0; ROWS * COLUMNS]);
    // SAFETY: tiles were granted; `config` is one of eight full tiles. Every tile that is read
    // lies in `a`, `last` or the packed weights: `add` reads `ROWS` or `SIDE` rows of `a` from
    // whole multiples on, and 32 columns of one block.
    unsafe {
        asm!("ldtilecfg [{}]", in(reg) &raw const config, options(nostack, readonly));
        for first in (0..m.width()).step_by(COLUMNS) {
            for r in (0..whole).step_by(ROWS) {
                add_two(m, first, a.as_ptr().add(r * m.inputs), &mut sums);
                write(m, first, r, ROWS, row_scale, &sums, to);
            }
            if last.len() > SIDE * m.inputs {
                add_two(m, first, last.as_ptr(), &mut sums);
                write(m, first, whole, rows - whole, row_scale, &sums, to);
            } else if !last.is_empty() {
                add_one(m, first, last.as_ptr(), &mut sums);
                write(m, first, whole, rows - whole, row_scale, &sums, to);
            }
        }
        asm!("tilerelease", options(nostack, nomem));
    }
}

/// Where the weights of the columns from `first` on begin, and how many bytes lie between four
/// inputs and the next.
#[inline(always)]
unsafe fn weights(m: &Matrix, first: usize) -> (*const i8, usize) {
    let (block, within) = (first / BLOCK, first % BLOCK);
    // SAFETY: the caller gives a column of the matrix.
    let at = unsafe { m.packed.as_ptr().add(block * BLOCK * m.inputs + within * 4) };
    (at, BLOCK * 4)
}

/// Sums of 32 rows and 32 columns.
#[inline(always)]
unsafe fn add_two(m: &Matrix, first: usize, a: *const u8, sums: &mut Sums) {
    // SAFETY: the caller vouches for 32 rows at `a` and 32 columns from `first` on; the tiles
    // are configured; `sums` holds four tiles.
    unsafe {
        let (mut weights, stride) = weights(m, first);
        let mut a = a;
        asm!("tilezero tmm0", "tilezero tmm1", "tilezero tmm2", "tilezero tmm3",
            out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _, options(nostack, nomem));
        for _ in 0..m.inputs / DEEP {
            asm!(
                "tileloadd tmm4, [{a} + {width}*1]",
                "tileloadd tmm6, [{w} + {stride}*1]",
                "tileloadd tmm5, [{b} + {width}*1]",
                "tileloadd tmm7, [{v} + {stride}*1]",
                "tdpbusd tmm0, tmm4, tmm6",
                "tdpbusd tmm1, tmm4, tmm7",
                "tdpbusd tmm2, tmm5, tmm6",
                "tdpbusd tmm3, tmm5, tmm7",
                a = in(reg) a, b = in(reg) a.add(SIDE * m.inputs), width = in(reg) m.inputs,
                w = in(reg) weights, v = in(reg) weights.add(SIDE * 4), stride = in(reg) stride,
                out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _,
                out("tmm4") _, out("tmm5") _, out("tmm6") _, out("tmm7") _,
                options(nostack, readonly)
            );
            a = a.add(DEEP);
            weights = weights.add(DEEP / 4 * stride);
        }
        let to = sums.0.as_mut_ptr();
        asm!(
            "tilestored [{p} + {row}*1], tmm0",
            "tilestored [{q} + {row}*1], tmm1",
            "tilestored [{r} + {row}*1], tmm2",
            "tilestored [{s} + {row}*1], tmm3",
            p = in(reg) to, q = in(reg) to.add(SIDE),
            r = in(reg) to.add(SIDE * COLUMNS), s = in(reg) to.add(SIDE * COLUMNS + SIDE),
            row = in(reg) COLUMNS * 4, options(nostack)
        );
    }
}

/// Sums of 16 rows and 32 columns.
#[inline(always)]
unsafe fn add_one(m: &Matrix, first: usize, a: *const u8, sums: &mut Sums) {
    // SAFETY: as in `add_two`, with 16 rows.
    unsafe {
        let (mut weights, stride) = weights(m, first);
        let mut a = a;
        asm!("tilezero tmm0", "tilezero tmm1", out("tmm0") _, out("tmm1") _,
            options(nostack, nomem));
        for _ in 0..m.inputs / DEEP {
            asm!(
                "tileloadd tmm4, [{a} + {width}*1]",
                "tileloadd tmm6, [{w} + {stride}*1]",
                "tileloadd tmm7, [{v} + {stride}*1]",
                "tdpbusd tmm0, tmm4, tmm6",
                "tdpbusd tmm1, tmm4, tmm7",
                a = in(reg) a, width = in(reg) m.inputs,
                w = in(reg) weights, v = in(reg) weights.add(SIDE * 4), stride = in(reg) stride,
                out("tmm0") _, out("tmm1") _, out("tmm4") _, out("tmm6") _, out("tmm7") _,
                options(nostack, readonly)
            );
            a = a.add(DEEP);
            weights = weights.add(DEEP / 4 * stride);
        }
        let to = sums.0.as_mut_ptr();
        asm!(
            "tilestored [{p} + {row}*1], tmm0",
            "tilestored [{q} + {row}*1], tmm1",
            p = in(reg) to, q = in(reg) to.add(SIDE), row = in(reg) COLUMNS * 4, options(nostack)
        );
    }
}

/// Sums to floats: `rows` rows from `r` on, 32 columns from `first` on.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
unsafe fn write(
    m: &Matrix,
    first: usize,
    r: usize,
    rows: usize,
    row_scale: &[f32],
    sums: &Sums,
    to: &mut [f32],
) {
    // SAFETY: `start`, `scale` and `bias` hold whole blocks of columns, and the caller vouches
    // for the rows.
    unsafe {
        for half in 0..2 {
            let column = first + half * SIDE;
            let start = _mm512_loadu_si512(m.start.as_ptr().add(column).cast());
            let scale = _mm512_loadu_ps(m.scale.as_ptr().add(column));
            let bias = _mm512_loadu_ps(m.bias.as_ptr().add(column));
            for row in 0..rows {
                let sum = sums.0.as_ptr().add(row * COLUMNS + half * SIDE);
                let sum = _mm512_add_epi32(_mm512_loadu_si512(sum.cast()), start);
                let by = _mm512_set1_ps(row_scale[r + row]);
                let x = _mm512_mul_ps(_mm512_cvtepi32_ps(sum), by);
                let x = _mm512_add_ps(_mm512_mul_ps(x, scale), bias);
                _mm512_storeu_ps(to.as_mut_ptr().add((r + row) * m.width() + column), x);
            }
        }
    }
}
