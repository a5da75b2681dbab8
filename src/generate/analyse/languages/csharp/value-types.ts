/** The most common .NET types whose values are never null. */

export const VALUES: ReadonlySet<string> = new Set(
  'byte sbyte short ushort int uint long ulong float double decimal bool char Guid DateTime DateTimeOffset TimeSpan'.split(
    ' ',
  ),
)
