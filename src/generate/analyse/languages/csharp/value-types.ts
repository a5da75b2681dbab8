/** Types of .NET that are no objects: a variable of theirs is never null. */

const NUMBERS = 'byte sbyte short ushort int uint long ulong float double decimal'.split(' ')

export const VALUES: ReadonlySet<string> = new Set([
  ...NUMBERS,
  'bool',
  'char',
  'Guid',
  'DateTime',
  'DateTimeOffset',
  'TimeSpan',
])
