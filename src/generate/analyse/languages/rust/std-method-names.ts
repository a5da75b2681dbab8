/** Method names that say nothing about their target: an unknown value may come from Rust's standard library. */

/**
 * Stable methods with a receiver of all public types and traits of `std` for Linux, from the documentation of Rust 1.95.
 */
const STD = `abs abs_diff abs_sub accept access_mode accessed acos acosh add add_assign add_extension addr align align_offset
  align_to align_to_mut all alternate ancestors and and_modify and_then any append arg arg0 args array_windows
  as_abstract_name as_array as_array_of_cells as_bytes as_bytes_mut as_bytes_with_nul as_c_str as_chunks
  as_chunks_mut as_chunks_unchecked as_chunks_unchecked_mut as_deref as_deref_mut as_encoded_bytes as_fd
  as_flattened as_flattened_mut as_handle as_micros as_millis as_mut as_mut_array as_mut_os_str as_mut_os_string
  as_mut_ptr as_mut_ptr_range as_mut_slice as_mut_slices as_mut_str as_mut_unchecked as_mut_vec as_nanos as_os_str
  as_path as_pathname as_pin_mut as_pin_ref as_pthread_t as_ptr as_ptr_range as_raw_fd as_raw_handle as_raw_socket
  as_raw_stat as_rchunks as_rchunks_mut as_ref as_ref_unchecked as_secs as_secs_f32 as_secs_f64 as_slice
  as_slice_of_cells as_slices as_socket as_str asin asinh assume_init assume_init_drop assume_init_mut
  assume_init_read assume_init_ref atan atan2 atanh atime atime_nsec attributes back back_mut before_exec
  binary_search binary_search_by binary_search_by_key bitand bitand_assign bitor bitor_assign bitxor bitxor_assign
  blksize blocks borrow borrow_mut borrowing_sub break_value broadcast buffer build_hasher by_ref byte_add
  byte_offset byte_offset_from byte_offset_from_unsigned byte_sub bytes call_once_force canonicalize capacity
  carrying_add carrying_mul carrying_mul_add cast cast_const cast_mut cast_signed cast_unsigned cause cbrt ceil
  ceil_char_boundary chain char_indices chars checked_abs checked_add checked_add_signed checked_add_unsigned
  checked_div checked_div_euclid checked_duration_since checked_ilog checked_ilog10 checked_ilog2 checked_isqrt
  checked_mul checked_neg checked_next_multiple_of checked_next_power_of_two checked_pow checked_rem
  checked_rem_euclid checked_shl checked_shr checked_signed_diff checked_sub checked_sub_signed checked_sub_unsigned
  chunk_by chunk_by_mut chunks chunks_exact chunks_exact_mut chunks_mut clamp classify clear clear_poison clone
  clone_from clone_from_slice clone_into cloned cmp code collect compare_and_swap compare_exchange
  compare_exchange_weak components concat connect connect_addr consume contains contains_key continued copied
  copy_from copy_from_nonoverlapping copy_from_slice copy_to copy_to_nonoverlapping copy_within copysign core_dumped
  cos cosh count count_bytes count_ones count_zeros create create_new created creation_flags ctime ctime_nsec
  current_dir custom_flags cycle data debug_list debug_map debug_set debug_struct debug_tuple dedup dedup_by
  dedup_by_key deref deref_mut description dev difference display div div_assign div_ceil div_duration_f32
  div_duration_f64 div_euclid div_f32 div_f64 downcast downcast_mut downcast_ref drain drop drop_in_place duration
  duration_since each_mut each_ref elapsed element_offset encode_utf16 encode_utf8 encode_wide end end_bound
  ends_with entries entry enumerate env env_clear env_remove envs eq eq_ignore_ascii_case err error error_len
  escape_ascii escape_debug escape_default escape_unicode exec exists exp exp2 exp_m1 expect expect_err
  expose_provenance extend extend_from_slice extend_from_within extension extract_if fetch_add fetch_and
  fetch_byte_add fetch_byte_sub fetch_max fetch_min fetch_nand fetch_not fetch_or fetch_ptr_add fetch_ptr_sub
  fetch_sub fetch_update fetch_xor field file_attributes file_name file_prefix file_size file_stem file_type fill
  fill_buf fill_with filter filter_map find find_map finish finish_non_exhaustive first first_chunk first_chunk_mut
  first_entry first_key_value first_mut flags flat_map flatten floor floor_char_boundary flowinfo flush fmt fold
  for_each fract front front_mut fuse ge get get_args get_current_dir get_disjoint_mut get_disjoint_unchecked_mut
  get_envs get_key_value get_mut get_or_init get_or_insert get_or_insert_default get_or_insert_with get_program
  get_ref get_unchecked get_unchecked_mut gid gt has_root hash hash_one hasher hypot id ilog ilog10 ilog2 incoming
  index index_mut ino insert insert_entry insert_mut insert_str inspect inspect_err intersection into
  into_boxed_bytes into_boxed_c_str into_boxed_os_str into_boxed_path into_boxed_slice into_boxed_str into_bytes
  into_bytes_with_nul into_c_string into_cstring into_encoded_bytes into_error into_flattened into_future into_inner
  into_iter into_key into_keys into_mut into_os_string into_owned into_parts into_path_buf into_raw into_raw_fd
  into_raw_handle into_raw_parts into_raw_socket into_ref into_remainder into_slice into_sorted_vec into_string
  into_values into_vec ip is is_absolute is_aligned is_alphabetic is_alphanumeric is_ascii is_ascii_alphabetic
  is_ascii_alphanumeric is_ascii_control is_ascii_digit is_ascii_graphic is_ascii_hexdigit is_ascii_lowercase
  is_ascii_punctuation is_ascii_uppercase is_ascii_whitespace is_block_device is_break is_broadcast is_char_boundary
  is_char_device is_completed is_continue is_control is_digit is_dir is_disjoint is_documentation is_empty is_eq
  is_err is_err_and is_fifo is_file is_finished is_finite is_ge is_gt is_infinite is_ipv4 is_ipv6 is_le is_leader
  is_link_local is_loopback is_lowercase is_lt is_multicast is_multiple_of is_nan is_ne is_negative is_none
  is_none_or is_normal is_null is_numeric is_ok is_ok_and is_pending is_poisoned is_positive is_power_of_two
  is_private is_ready is_relative is_sign_negative is_sign_positive is_socket is_some is_some_and is_sorted
  is_sorted_by is_sorted_by_key is_subnormal is_subset is_superset is_symlink is_symlink_dir is_terminal
  is_unicast_link_local is_unique_local is_unnamed is_unspecified is_uppercase is_verbatim is_whitespace is_zero
  isqrt iter iter_mut join join_multicast_v4 join_multicast_v6 key keys kill kind last last_access_time last_chunk
  last_chunk_mut last_entry last_key_value last_mut le leading_ones leading_zeros leak leave_multicast_v4 len
  len_utf16 len_utf8 limit lines lines_any ln ln_1p load local_addr lock lock_shared log log10 log2 lt
  make_ascii_lowercase make_ascii_uppercase make_contiguous map map_addr map_break map_continue map_err map_ok
  map_or map_or_else map_unchecked map_unchecked_mut map_while match_indices matches max max_by max_by_key metadata
  midpoint min min_by min_by_key mode modified mtime mtime_nsec mul mul_add mul_assign mul_f32 mul_f64
  multicast_loop_v4 multicast_loop_v6 multicast_ttl_v4 name ne neg next next_back next_down next_if next_if_eq
  next_if_map next_if_map_mut next_multiple_of next_power_of_two next_up nlink nodelay not notify_all notify_one nth
  nth_back nul_position octets offset offset_from offset_from_unsigned ok ok_or ok_or_else open or or_default
  or_else or_insert or_insert_with or_insert_with_key output overflowing_abs overflowing_add overflowing_add_signed
  overflowing_add_unsigned overflowing_div overflowing_div_euclid overflowing_mul overflowing_neg overflowing_pow
  overflowing_rem overflowing_rem_euclid overflowing_shl overflowing_shr overflowing_sub overflowing_sub_signed
  overflowing_sub_unsigned pad pad_integral parent parse partial_cmp partition partition_point path peek peek_from
  peek_mut peekable peer_addr permissions poll pop pop_back pop_back_if pop_first pop_front pop_front_if pop_if
  pop_last port position pow powf powi pre_exec precision product ptr_eq push push_back push_back_mut push_front
  push_front_mut push_mut push_str quickack range range_mut raw_arg raw_os_error rchunks rchunks_exact
  rchunks_exact_mut rchunks_mut rdev read read_at read_dir read_exact read_exact_at read_line read_link read_timeout
  read_to_end read_to_string read_unaligned read_until read_vectored readonly recip recursive recv recv_from
  recv_timeout reduce rem rem_assign rem_euclid remainder remove remove_entry repeat replace replace_range
  replace_with replacen report reserve reserve_exact resize resize_with retain retain_mut rev reverse reverse_bits
  rewind rfind rfold rmatch_indices rmatches rotate_left rotate_right round round_ties_even rposition rsplit
  rsplit_mut rsplit_once rsplit_terminator rsplitn rsplitn_mut saturating_abs saturating_add saturating_add_signed
  saturating_add_unsigned saturating_div saturating_duration_since saturating_mul saturating_neg saturating_pow
  saturating_sub saturating_sub_signed saturating_sub_unsigned scan scope_id security_qos_flags seek seek_read
  seek_relative seek_write segments select_nth_unstable select_nth_unstable_by select_nth_unstable_by_key send
  send_to send_to_addr set set_broadcast set_created set_extension set_file_name set_flowinfo set_ip set_len
  set_limit set_modified set_multicast_loop_v4 set_multicast_loop_v6 set_multicast_ttl_v4 set_nodelay
  set_nonblocking set_only_v6 set_permissions set_port set_position set_quickack set_read_timeout set_readonly
  set_scope_id set_times set_ttl set_write_timeout share_mode shl shl_assign shr shr_assign shrink_to shrink_to_fit
  shutdown sign_aware_zero_pad sign_minus sign_plus signal signum sin sin_cos sinh size size_hint skip skip_until
  skip_while slice_mut_unchecked slice_unchecked sort sort_by sort_by_cached_key sort_by_key sort_unstable
  sort_unstable_by sort_unstable_by_key source spare_capacity_mut spawn spawn_scoped spawn_unchecked splice split
  split_ascii_whitespace split_at split_at_checked split_at_mut split_at_mut_checked split_at_mut_unchecked
  split_at_unchecked split_first split_first_chunk split_first_chunk_mut split_first_mut split_inclusive
  split_inclusive_mut split_last split_last_chunk split_last_chunk_mut split_last_mut split_mut split_off
  split_off_first split_off_first_mut split_off_last split_off_last_mut split_off_mut split_once split_terminator
  split_whitespace splitn splitn_mut sqrt st_atime st_atime_nsec st_birthtime st_blksize st_blocks st_ctime
  st_ctime_nsec st_dev st_flags st_gid st_ino st_mode st_mtime st_mtime_nsec st_nlink st_rdev st_size st_uid
  stack_size start start_bound starts_with status stderr stdin stdout step_by stopped_signal store stream_position
  strict_abs strict_add strict_add_signed strict_add_unsigned strict_div strict_div_euclid strict_mul strict_neg
  strict_pow strict_rem strict_rem_euclid strict_shl strict_shr strict_sub strict_sub_signed strict_sub_unsigned
  strip_prefix strip_suffix strong_count sub sub_assign subsec_micros subsec_millis subsec_nanos success sum swap
  swap_bytes swap_remove swap_remove_back swap_remove_front swap_with_slice symlink_metadata symmetric_difference
  sync_all sync_data take take_error take_if take_while tan tanh then then_some then_with thread timed_out
  to_ascii_lowercase to_ascii_uppercase to_be to_be_bytes to_bits to_bytes to_bytes_with_nul to_canonical to_degrees
  to_digit to_int_unchecked to_ipv4 to_ipv4_mapped to_ipv6_compatible to_ipv6_mapped to_le to_le_bytes to_lowercase
  to_mut to_ne_bytes to_os_string to_owned to_path_buf to_radians to_socket_addrs to_str to_string to_string_lossy
  to_uppercase to_vec total_cmp trailing_ones trailing_zeros transpose trim trim_ascii trim_ascii_end
  trim_ascii_start trim_end trim_end_matches trim_left trim_left_matches trim_matches trim_right trim_right_matches
  trim_start trim_start_matches trunc truncate try_borrow try_borrow_mut try_borrow_unguarded try_clone
  try_clone_to_owned try_exists try_fold try_for_each try_into try_iter try_lock try_lock_shared try_read try_recv
  try_reserve try_reserve_exact try_rfold try_send try_update try_wait try_with try_write ttl type_id uid
  unbounded_shl unbounded_shr unchecked_add unchecked_mul unchecked_neg unchecked_shl unchecked_shr unchecked_sub
  union unlock unpaired_surrogate unpark unsigned_abs unwrap unwrap_err unwrap_err_unchecked unwrap_or
  unwrap_or_default unwrap_or_else unwrap_unchecked unzip update upgrade utf8_chunks utf8_error valid valid_up_to
  value values values_mut wait wait_force wait_timeout wait_timeout_ms wait_timeout_while wait_while
  wait_with_output wake wake_by_ref width will_wake windows with with_added_extension with_addr with_borrow
  with_borrow_mut with_extension with_file_name wrapping_abs wrapping_add wrapping_add_signed wrapping_add_unsigned
  wrapping_byte_add wrapping_byte_offset wrapping_byte_sub wrapping_div wrapping_div_euclid wrapping_mul
  wrapping_neg wrapping_offset wrapping_pow wrapping_rem wrapping_rem_euclid wrapping_shl wrapping_shr wrapping_sub
  wrapping_sub_signed wrapping_sub_unsigned write write_all write_all_at write_at write_bytes write_char
  write_clone_of_slice write_copy_of_slice write_fmt write_i128 write_i16 write_i32 write_i64 write_i8 write_isize
  write_str write_timeout write_u128 write_u16 write_u32 write_u64 write_u8 write_unaligned write_usize
  write_vectored write_volatile xor zip`

/** Functions of std without a receiver, and methods of crates that are used everywhere, such as `anyhow`. */
const MORE = 'build context default exit from line message new run text try_from with_capacity with_context'

export const stdMethodNames: ReadonlySet<string> = new Set(`${STD} ${MORE}`.split(/\s+/))
