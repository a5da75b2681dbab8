/** The most common .NET value types, which are never null. */

export const VALUE_TYPES: ReadonlySet<string> = new Set(
  'byte sbyte short ushort int uint long ulong float double decimal bool char Guid DateTime DateTimeOffset TimeSpan'.split(
    ' ',
  ),
)
