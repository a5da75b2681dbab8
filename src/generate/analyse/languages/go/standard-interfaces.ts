/** Interfaces of Go's standard library that others embed, with their methods. */

/** Aliases of types in the standard library, keyed by alias. */
export const standardAliases: ReadonlyMap<string, string> = new Map([
  ['os.FileInfo', 'io/fs.FileInfo'],
  ['os.FileMode', 'io/fs.FileMode'],
  ['os.DirEntry', 'io/fs.DirEntry'],
  ['os.PathError', 'io/fs.PathError'],
  ['golang.org/x/net/context.Context', 'context.Context'],
])

const METHODS: Readonly<Record<string, string>> = {
  error: 'Error() string',
  'io.Reader': 'Read(p []byte) (n int, err error)',
  'io.Writer': 'Write(p []byte) (n int, err error)',
  'io.Closer': 'Close() error',
  'io.Seeker': 'Seek(offset int64, whence int) (int64, error)',
  'io.ReaderAt': 'ReadAt(p []byte, off int64) (n int, err error)',
  'io.WriterAt': 'WriteAt(p []byte, off int64) (n int, err error)',
  'io.ReaderFrom': 'ReadFrom(r io.Reader) (n int64, err error)',
  'io.WriterTo': 'WriteTo(w io.Writer) (n int64, err error)',
  'io.ByteReader': 'ReadByte() (byte, error)',
  'io.ByteWriter': 'WriteByte(c byte) error',
  'io.RuneReader': 'ReadRune() (r rune, size int, err error)',
  'io.StringWriter': 'WriteString(s string) (n int, err error)',
  'fmt.Stringer': 'String() string',
  'fmt.GoStringer': 'GoString() string',
  'fmt.Formatter': 'Format(f fmt.State, verb rune)',
  'flag.Value': 'String() string; Set(text string) error',
  'sort.Interface': 'Len() int; Less(i, j int) bool; Swap(i, j int)',
  'container/heap.Interface': 'Len() int; Less(i, j int) bool; Swap(i, j int); Push(x any); Pop() any',
  'sync.Locker': 'Lock(); Unlock()',
  'context.Context':
    'Deadline() (deadline time.Time, ok bool); Done() <-chan struct{}; Err() error; Value(key any) any',
  'io/fs.FS': 'Open(name string) (fs.File, error)',
  'io/fs.File': 'Stat() (fs.FileInfo, error); Read(p []byte) (int, error); Close() error',
  'io/fs.FileInfo': 'Name() string; Size() int64; Mode() fs.FileMode; ModTime() time.Time; IsDir() bool; Sys() any',
  'io/fs.DirEntry': 'Name() string; IsDir() bool; Type() fs.FileMode; Info() (fs.FileInfo, error)',
  'net.Conn':
    'Read(b []byte) (n int, err error); Write(b []byte) (n int, err error); Close() error; LocalAddr() net.Addr; RemoteAddr() net.Addr; SetDeadline(t time.Time) error; SetReadDeadline(t time.Time) error; SetWriteDeadline(t time.Time) error',
  'net.Listener': 'Accept() (net.Conn, error); Close() error; Addr() net.Addr',
  'net.Addr': 'Network() string; String() string',
  'net.Error': 'Error() string; Timeout() bool; Temporary() bool',
  'net/http.Handler': 'ServeHTTP(w http.ResponseWriter, r *http.Request)',
  'net/http.ResponseWriter': 'Header() http.Header; Write(b []byte) (int, error); WriteHeader(statusCode int)',
  'net/http.Flusher': 'Flush()',
  'net/http.RoundTripper': 'RoundTrip(r *http.Request) (*http.Response, error)',
  'net/http.File':
    'Close() error; Read(p []byte) (n int, err error); Seek(offset int64, whence int) (int64, error); Readdir(count int) ([]fs.FileInfo, error); Stat() (fs.FileInfo, error)',
  'net/http.FileSystem': 'Open(name string) (http.File, error)',
  'database/sql.Scanner': 'Scan(src any) error',
  'database/sql/driver.Valuer': 'Value() (driver.Value, error)',
  'encoding.TextMarshaler': 'MarshalText() (text []byte, err error)',
  'encoding.TextUnmarshaler': 'UnmarshalText(text []byte) error',
  'encoding.BinaryMarshaler': 'MarshalBinary() (data []byte, err error)',
  'encoding.BinaryUnmarshaler': 'UnmarshalBinary(data []byte) error',
  'encoding/json.Marshaler': 'MarshalJSON() ([]byte, error)',
  'encoding/json.Unmarshaler': 'UnmarshalJSON(data []byte) error',
}

const JOINED: Readonly<Record<string, string>> = {
  'io.ReadWriter': 'Reader Writer',
  'io.ReadCloser': 'Reader Closer',
  'io.WriteCloser': 'Writer Closer',
  'io.ReadWriteCloser': 'Reader Writer Closer',
  'io.ReadSeeker': 'Reader Seeker',
  'io.ReadSeekCloser': 'Reader Seeker Closer',
  'io.WriteSeeker': 'Writer Seeker',
  'io.ReadWriteSeeker': 'Reader Writer Seeker',
}

/** The signatures of an interface's methods, by its path and name: `io/fs.File`. */
export const standardInterfaces: ReadonlyMap<string, readonly string[]> = new Map([
  ...Object.entries(METHODS).map(([name, methods]) => [name, methods.split('; ')] as const),
  ...Object.entries(JOINED).map(
    ([name, parts]) => [name, parts.split(' ').map((part) => METHODS[`io.${part}`] ?? '')] as const,
  ),
])
