/** Names available without an import, and names of methods of built-in and common library types. */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Names in `builtins`, and names that Python sets in every module. */
export const BUILTIN_NAMES = words(`
  ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError
  BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError
  ConnectionResetError DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception
  ExceptionGroup False FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError
  ImportError ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError
  KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError None NotADirectoryError NotImplemented
  NotImplementedError OSError OverflowError PendingDeprecationWarning PermissionError ProcessLookupError
  RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration
  SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError True TypeError UnboundLocalError
  UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError
  Warning ZeroDivisionError __build_class__ __debug__ __import__ abs aiter all anext any ascii bin bool
  breakpoint bytearray bytes callable chr classmethod compile complex copyright credits delattr dict dir divmod
  enumerate eval exec exit filter float format frozenset getattr globals hasattr hash help hex id input int
  isinstance issubclass iter len license list locals map max memoryview min next object oct open ord pow print
  property quit range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars
  zip __name__ __file__ __doc__ __package__ __spec__ __path__ __loader__ __builtins__ __annotations__ __class__
  reveal_type WindowsError
`)

/**
 * Methods of built-in types, files, threads, sockets and the like: calling one reveals nothing about its receiver.
 */
export const COMMON_METHOD_NAMES = words(`
  DataError DatabaseError Error IntegrityError InterfaceError InternalError NotSupportedError OperationalError
  ProgrammingError Warning absolute accept acquire acquire_lock add addClassCleanup addCleanup addFilter
  addHandler addTypeEqualityFunc add_argument add_argument_group add_done_callback add_mutually_exclusive_group
  add_note add_reader add_signal_handler add_subparsers add_writer adjusted anchor append appendleft args
  arraysize as_integer_ratio as_posix as_tuple as_uri assertAlmostEqual assertAlmostEquals assertCountEqual
  assertDictContainsSubset assertDictEqual assertEqual assertEquals assertFalse assertGreater assertGreaterEqual
  assertIn assertIs assertIsInstance assertIsNone assertIsNot assertIsNotNone assertLess assertLessEqual
  assertListEqual assertLogs assertMultiLineEqual assertNoLogs assertNotAlmostEqual assertNotAlmostEquals
  assertNotEqual assertNotEquals assertNotIn assertNotIsInstance assertNotRegex assertNotRegexpMatches
  assertRaises assertRaisesRegex assertRaisesRegexp assertRegex assertRegexpMatches assertSequenceEqual
  assertSetEqual assertTrue assertTupleEqual assertWarns assertWarnsRegex assert_ astimezone at_eof backup bind
  bit_count bit_length blobopen buffer c_contiguous callHandlers call_at call_exception_handler call_later
  call_soon call_soon_threadsafe callback can_write_eof cancel cancelled canonical capitalize casefold cast
  center chmod clear close closed combine commit communicate compare compare_signal compare_total
  compare_total_mag conjugate connect connect_accepted_socket connect_ex connect_read_pipe connect_write_pipe
  connection contiguous convert_arg_line_to_args copy copy_abs copy_negate copy_sign count countTestCases
  cr_await cr_code cr_frame cr_origin cr_running cr_suspended createLock create_aggregate create_collation
  create_connection create_datagram_endpoint create_function create_future create_server create_task
  create_unix_connection create_unix_server create_window_function critical ctime cursor cwd daemon date day
  days debug decode defaultTestResult default_exception_handler delete deleter denominator description
  deserialize detach difference difference_update discard doClassCleanups doCleanups done drain drive dst dup
  elements emit empty encode encoding end endpos endswith enterClassContext enterContext enter_context error
  errors exception execute executemany executescript exists exit exp expand expandtabs expanduser extend
  extendleft f_contiguous fail failIf failIfAlmostEqual failIfEqual failUnless failUnlessAlmostEqual
  failUnlessEqual failUnlessRaises failureException family fatal fdel feed_data feed_eof fetchall fetchmany
  fetchone fget fileno filter find findCaller findall finditer fit flags flush fma fold format format_help
  format_map format_usage from_bytes from_float fromhex fromisocalendar fromisoformat fromkeys fromordinal
  fromtimestamp fset full fullmatch get getChild getEffectiveLevel getName get_debug get_default
  get_exception_handler get_extra_info get_inheritable get_loop get_name get_nowait get_task_factory getaddrinfo
  getblocking getlimit getnameinfo getpeername getsockname getsockopt getter gettimeout getvalue gi_code
  gi_frame gi_running gi_suspended gi_yieldfrom glob group groupdict groupindex groups handle handleError
  hardlink_to hasHandlers head hex home hour id ident imag in_transaction index indices info insert interrupt
  intersection intersection_update isDaemon isEnabledFor isSet is_absolute is_alive is_block_device is_canonical
  is_char_device is_closed is_closing is_dir is_fifo is_file is_finite is_infinite is_integer is_mount is_nan
  is_normal is_qnan is_relative_to is_reserved is_running is_set is_signed is_snan is_socket is_subnormal
  is_symlink is_zero isalnum isalpha isascii isatty isdecimal isdigit isdisjoint isidentifier islower isnumeric
  isocalendar isoformat isolation_level isoweekday isprintable isspace issubset issuperset istitle isupper items
  itemsize iterdir iterdump join joinpath keys kill lastgroup lastindex lastrowid lchmod line_buffering link_to
  listen ljust ln locked locked_lock log log10 logb logical_and logical_invert logical_or logical_xor
  longMessage lower lstat lstrip makeRecord makefile maketrans manager map match max maxDiff max_mag maxlen
  maxsize microsecond microseconds min min_mag minute mkdir mode month most_common move_to_end mro name
  native_id nbytes ndim newlines next_minus next_plus next_toward normalize notify notifyAll notify_all now
  number_class numerator obj open options owner parent parents parse_args parse_intermixed_args parse_known_args
  parse_known_intermixed_args partition parts patch pattern peek poll pop pop_all popitem popleft pos post
  print_help print_usage proto push put put_nowait qsize quantize radix raw re read read1 read_bytes read_text
  readable readexactly readinto readinto1 readline readlines readlink readonly readuntil real reconfigure recv
  recv_into recvfrom recvfrom_into recvmsg recvmsg_into register regs relative_to release release_lock
  remainder_near remove removeFilter removeHandler remove_done_callback remove_reader remove_signal_handler
  remove_writer removeprefix removesuffix rename replace resolution resolve result reverse rfind rglob rindex
  rjust rmdir rollback root rotate row_factory rowcount rpartition rsplit rstrip run run_forever run_in_executor
  run_until_complete same_quantum samefile scaleb scanner search second seconds seek seekable send send_signal
  sendall sendfile sendmsg sendmsg_afalg sendto serialize set setDaemon setFormatter setLevel setName setUp
  setUpClass set_authorizer set_debug set_default_executor set_defaults set_exception set_exception_handler
  set_inheritable set_name set_progress_handler set_result set_task_factory set_trace_callback set_transport
  setblocking setdefault setinputsizes setlimit setoutputsize setsockopt setter settimeout shape shift
  shortDescription shutdown shutdown_asyncgens shutdown_default_executor skipTest sock_accept sock_connect
  sock_recv sock_recv_into sock_recvfrom sock_recvfrom_into sock_sendall sock_sendfile sock_sendto sort span
  split splitlines sqrt start start_tls startswith stat stem step stop strftime strides string strip strptime
  sub subTest submit subn suboffsets subprocess_exec subprocess_shell subtract suffix suffixes swapcase
  symlink_to symmetric_difference symmetric_difference_update task_done tearDown tearDownClass tell terminate
  text_factory throw time timeout timestamp timetuple timetz title to_bytes to_eng_string to_integral
  to_integral_exact to_integral_value tobytes today tolist toordinal toreadonly total total_changes
  total_seconds touch translate transport truncate type tzinfo tzname union universal_newlines unlink update
  upper utcfromtimestamp utcnow utcoffset utctimetuple values wait wait_closed wait_for warn warning weekday
  with_name with_stem with_suffix with_traceback writable write write_bytes write_eof write_text write_through
  writelines year zfill
`)
