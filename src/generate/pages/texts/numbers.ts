/**
 * Numbers as a language writes them. By rules of its own: the data of `Intl` differs from one build of Node to the next, and
 * the same set has the same bytes everywhere.
 */

/** Stays where a line ends nowhere: between a number and its unit, before `:` in French. Survives `text` of `build.ts`. */
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
