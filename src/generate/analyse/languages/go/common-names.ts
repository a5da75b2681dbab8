/** Method names of Go's standard library: calling such a method on an unknown value proves nothing. */
export const commonNames: ReadonlySet<string> = new Set(
  `Abs Accept Add Addr After Alloc And Append Back Base Before Begin BlockSize Bool Bytes Call Cancel Cap Clear Clone Close Closed
  CloseRead CloseWrite Code Columns Commit Compare Complete Context Cookie Copy Count Data Deadline Debug Decode Del Delete Dial Dir
  Discard Do Done Elem Empty Encode End Equal Err Error Errorf Errors Exec Exists Exit Fail Fatal Fatalf Fd Field Fields File Filter
  Find Finish First Flush Format Free Front Get Group Handle HandleFunc Has Hash Header Headers Helper Host ID In Index Info Init
  Insert Int Int64 Interface Intn Is IsDir IsNil IsZero Iter Items Join Key Keys Kind Kill Last Len Less Line Lines List Listen Load
  LocalAddr Lock Log Logf Lookup Map Mark Marshal MarshalJSON Match MatchString Max Message Method Min Mode ModTime Move Name New Next
  Now Num NumField Offset Open Or Out Output Parse Pass Path Peek Ping Pop Port Pos Position Print Printf Println Push Put Query
  QueryRow Range Read ReadAll ReadByte ReadFrom Ready Recv Register Release Remove Replace Reset Result Rollback Root Run Save Scan
  Search Seek Send Serve ServeHTTP Set Setenv Signal Size Skip Sleep Sort Split Start Stat State Status Stop Store String Sub Sum Swap
  Sync Tag Test Text Time Token Top Truncate Type Unlock Unmarshal UnmarshalJSON Unwrap Update URL Valid Value Values Wait Walk Warn
  With Write WriteByte WriteHeader WriteRune WriteString WriteTo`.split(/\s+/),
)

/** Functions that are always in scope. */
export const builtins: ReadonlySet<string> = new Set(
  `append cap clear close complex copy delete imag len make max min new panic print println real recover
  bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint uint8 uint16 uint32
  uint64 uintptr any true false iota nil`.split(/\s+/),
)
