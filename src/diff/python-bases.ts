/** The base classes of classes in Python's standard library, keyed by unqualified name. */

const BASES: Readonly<Record<string, string>> = {
  ABCMeta: 'type',
  EnumMeta: 'type',
  EnumType: 'type',
  Counter: 'dict',
  OrderedDict: 'dict',
  defaultdict: 'dict',
  IntEnum: 'int Enum',
  IntFlag: 'int Flag Enum',
  StrEnum: 'str Enum',
  Flag: 'Enum',
  Exception: 'BaseException',
  ...basesOf('ConnectionError FileExistsError FileNotFoundError PermissionError TimeoutError', 'OSError Exception'),
  ...basesOf('IndexError KeyError', 'LookupError Exception'),
  ...basesOf('NotImplementedError RecursionError', 'RuntimeError Exception'),
  ...basesOf('OverflowError ZeroDivisionError FloatingPointError', 'ArithmeticError Exception'),
  ...basesOf('UnicodeError JSONDecodeError', 'ValueError Exception'),
  ...basesOf('DeprecationWarning FutureWarning RuntimeWarning UserWarning', 'Warning Exception'),
  ...basesOf(
    'ArithmeticError AttributeError ImportError LookupError NameError OSError RuntimeError SyntaxError TypeError ValueError Warning',
    'Exception',
  ),
  ModuleNotFoundError: 'ImportError Exception',
}

function basesOf(names: string, bases: string): Record<string, string> {
  return Object.fromEntries(names.split(' ').map((name) => [name, bases]))
}

/** @returns An empty list for classes that are not in the table. */
export const standardBasesOf = (name: string): string[] =>
  Object.hasOwn(BASES, name) ? (BASES[name] ?? '').split(' ') : []
