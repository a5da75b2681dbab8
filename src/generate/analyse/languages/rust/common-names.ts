/** Method names of Rust's standard library: calling such a method on an unknown value proves nothing. */
export const commonNames: ReadonlySet<string> = new Set(
  `abs all and and_then any append args as_bytes as_deref as_mut as_os_str as_path as_ref as_slice as_str borrow borrow_mut build by_ref
  bytes capacity chain chars clear clone cloned cmp collect concat contains contains_key copied count create current_dir default deref
  display drain drop dedup ends_with entry enumerate eq err exists exit expect extend extension file_name file_type filter filter_map
  find first flat_map flatten flush fmt fold for_each from get get_mut get_or_insert_with hash id insert into into_bytes into_inner
  into_iter is_dir is_empty is_err is_file is_none is_ok is_some iter iter_mut join keys kind last len line lines load lock map map_err
  matches max message metadata min name new next nth ok ok_or open or or_else parent parse partial_cmp path peek pop position push
  push_str read read_dir read_line read_to_end read_to_string recv remove replace reserve resize rev run send set size skip sort
  sort_by spawn split split_at start starts_with status step_by store strip_prefix sum swap take text then to_ascii_lowercase
  to_lowercase to_owned to_path_buf to_str to_string to_vec trim truncate try_from try_into unwrap unwrap_or unwrap_or_default
  unwrap_or_else value values wait with_capacity with_context context write write_all write_fmt write_str zip`.split(
    /\s+/,
  ),
)

/** Names that are in scope without an import. */
export const prelude: ReadonlySet<string> = new Set(
  `Some None Ok Err Option Result Box String Vec ToString ToOwned Clone Copy Send Sync Sized Drop Fn FnMut FnOnce Iterator IntoIterator
  Extend DoubleEndedIterator ExactSizeIterator Default AsRef AsMut Into From TryFrom TryInto FromIterator PartialEq PartialOrd Eq Ord
  Debug Hash drop std core alloc str char bool u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64`.split(
    /\s+/,
  ),
)
