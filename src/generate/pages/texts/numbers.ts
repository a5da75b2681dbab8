/**
 * Formats numbers in the style of a language. Without `Intl`, whose data differs between builds of Node: the same set must have
 * the same bytes everywhere.
 */

/** A space without a line break: between a number and its unit, before `:` in French. `text` of `build.ts` keeps it. */
export const NARROW = '\u202f'

/**
 * Digits in groups of three: `1,234`.
 *
 * @param least - Numbers with fewer digits have no groups.
 */
export function grouped(value: number, separator: string, least = 4): string {
  const digits = String(Math.round(value))
  return digits.length < least ? digits : digits.replace(/\B(?=(?:\d{3})+$)/g, separator)
}

/** `812 B`, `4.1 KB`, `2.0 MB` */
export function sized(bytes: number, point: string, [byte, kilo, mega]: readonly [string, string, string]): string {
  if (bytes < 1_000) return `${bytes} ${byte}`
  const [value, unit] = bytes < 999_950 ? [bytes / 1_000, kilo] : [bytes / 1_000_000, mega]
  return `${value.toFixed(1).replace('.', point)} ${unit}`
}
