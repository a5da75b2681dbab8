/** The base classes of classes in Python's standard library, keyed by unqualified name. */

/** The direct bases. */
const BASES: Readonly<Record<string, string>> = {
  ABCMeta: 'type',
  EnumMeta: 'type',
  EnumType: 'type',
  Counter: 'dict',
  OrderedDict: 'dict',
  defaultdict: 'dict',
  IntEnum: 'int Enum',
  IntFlag: 'int Flag',
  StrEnum: 'str Enum',
  Flag: 'Enum',
  ...classesOf('BaseException', 'Exception GeneratorExit KeyboardInterrupt SystemExit'),
  ...classesOf(
    'Exception',
    'ArithmeticError AssertionError AttributeError BufferError EOFError ImportError LookupError MemoryError NameError OSError ReferenceError RuntimeError StopAsyncIteration StopIteration SyntaxError SystemError TypeError ValueError Warning',
  ),
  ...classesOf('ArithmeticError', 'FloatingPointError OverflowError ZeroDivisionError'),
  ...classesOf('ImportError', 'ModuleNotFoundError'),
  ...classesOf('LookupError', 'IndexError KeyError'),
  ...classesOf('NameError', 'UnboundLocalError'),
  ...classesOf(
    'OSError',
    'BlockingIOError ChildProcessError ConnectionError FileExistsError FileNotFoundError InterruptedError IsADirectoryError NotADirectoryError PermissionError ProcessLookupError TimeoutError',
  ),
  ...classesOf('ConnectionError', 'BrokenPipeError ConnectionAbortedError ConnectionRefusedError ConnectionResetError'),
  ...classesOf('RuntimeError', 'NotImplementedError RecursionError'),
  ...classesOf('SyntaxError', 'IndentationError'),
  ...classesOf('IndentationError', 'TabError'),
  ...classesOf('ValueError', 'UnicodeError'),
  ...classesOf('UnicodeError', 'UnicodeDecodeError UnicodeEncodeError UnicodeTranslateError'),
  ...classesOf(
    'Warning',
    'BytesWarning DeprecationWarning EncodingWarning FutureWarning ImportWarning PendingDeprecationWarning ResourceWarning RuntimeWarning SyntaxWarning UnicodeWarning UserWarning',
  ),
  ...classesOf('ValueError', 'JSONDecodeError'),
  // Names of the same class.
  OSError: 'Exception EnvironmentError IOError',
  EnvironmentError: 'OSError',
  IOError: 'OSError',
}

function classesOf(base: string, names: string): Record<string, string> {
  return Object.fromEntries(names.split(' ').map((name) => [name, base]))
}

/** @returns All bases, direct ones first; an empty list for classes that are not in the table. */
export function standardBasesOf(name: string): string[] {
  const found = new Set<string>()
  for (let level = [name]; level.length > 0; ) {
    level = level
      .flatMap((one) => (Object.hasOwn(BASES, one) ? (BASES[one] ?? '').split(' ') : []))
      .filter((one) => one !== name && !found.has(one))
    for (const one of level) found.add(one)
  }
  return [...found]
}
