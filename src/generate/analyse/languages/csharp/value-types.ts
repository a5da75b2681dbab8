/** .NET types whose values are never null. */

export const NUMBERS = 'byte sbyte short ushort int uint long ulong float double decimal'

export const VALUES: ReadonlySet<string> = new Set(
  `${NUMBERS} bool char Guid DateTime DateTimeOffset TimeSpan`.split(' '),
)
