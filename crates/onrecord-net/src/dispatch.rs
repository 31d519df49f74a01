//! Loops that are compiled once for each instruction set.

/// Defines functions that run another one, which must be inlined, on the instructions that an
/// [`Isa`](crate::kernel::Isa) names: the same operations in the same order, so the same bits,
/// on wider registers.
///
/// The instructions must be those of this processor: what [`Isa::detect`](crate::kernel::Isa::detect)
/// gave, or one of [`Isa::available`](crate::kernel::Isa::available).
#[macro_export]
macro_rules! on_best {
    ($($(#[$doc:meta])* $vis:vis fn $name:ident($($arg:ident: $type:ty),*) $(-> $result:ty)?
        => $inner:path, on $isa:expr;)*) => {
        $($(#[$doc])*
        #[allow(unsafe_code)]
        $vis fn $name($($arg: $type),*) $(-> $result)? {
            #[cfg(target_arch = "x86_64")]
            {
                /// # Safety
                /// The processor has the features named.
                #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,fma")]
                unsafe fn wide($($arg: $type),*) $(-> $result)? {
                    $inner($($arg),*)
                }
                /// # Safety
                /// The processor has the features named.
                #[target_feature(enable = "avx2,fma")]
                unsafe fn narrow($($arg: $type),*) $(-> $result)? {
                    $inner($($arg),*)
                }
                use $crate::kernel::Isa;
                match $isa {
                    // SAFETY: `Isa::detect` found the features on this processor.
                    Isa::Avx512Vnni => return unsafe { wide($($arg),*) },
                    // SAFETY: as above.
                    Isa::AvxVnni | Isa::Avx2 => return unsafe { narrow($($arg),*) },
                    Isa::Portable => {}
                }
            }
            $inner($($arg),*)
        })*
    };
}
