/** Blanks parts of a text, keeping lines and offsets. */

/** @param blanks - Ranges in any order; they may overlap. */
export function blanked(text: string, blanks: readonly (readonly [start: number, end: number])[]): string {
  let out = ''
  let at = 0
  for (const [start, end] of [...blanks].sort((a, b) => a[0] - b[0])) {
    if (end <= at) continue
    const from = Math.max(start, at)
    out += text.slice(at, from) + text.slice(from, end).replace(/[^\r\n]/g, ' ')
    at = end
  }
  return out + text.slice(at)
}
