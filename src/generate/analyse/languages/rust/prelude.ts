/** Names in the prelude, primitive types, and the standard crates (`alloc` needs `extern crate`). */
export const prelude: ReadonlySet<string> = new Set(
  `Some None Ok Err Option Result Box String Vec ToString ToOwned Clone Copy Send Sync Sized Drop Fn FnMut FnOnce Iterator IntoIterator
  Extend DoubleEndedIterator ExactSizeIterator Default AsRef AsMut Into From TryFrom TryInto FromIterator PartialEq PartialOrd Eq Ord
  Debug Hash drop std core alloc str char bool u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64`.split(
    /\s+/,
  ),
)
