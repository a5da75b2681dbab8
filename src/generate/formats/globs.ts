/** Patterns of file names: `*` and `?` within one part of a path, `**` for any parts. In linear space, without expressions. */

const MAX_PATTERN = 300

/** Whether a path fits a pattern; a pattern with `[` or `{` fits nothing. */
export function fitsGlob(path: string, pattern: string): boolean {
  if (pattern.length > MAX_PATTERN || /[[\]{}!]/.test(pattern)) return false
  return fitsParts(path.split('/'), pattern.split('/'))
}

/** The classic match with one point to come back to, over parts; `**` is the star. */
function fitsParts(parts: readonly string[], patterns: readonly string[]): boolean {
  let part = 0
  let next = 0
  let star = -1
  let mark = 0
  while (part < parts.length) {
    const pattern = patterns[next]
    if (pattern === '**') {
      star = next++
      mark = part
    } else if (pattern !== undefined && fitsName(parts[part] ?? '', pattern)) {
      part++
      next++
    } else if (star >= 0) {
      next = star + 1
      part = ++mark
    } else return false
  }
  while (patterns[next] === '**') next++
  return next === patterns.length
}

function fitsName(name: string, pattern: string): boolean {
  if (name.startsWith('.') && !pattern.startsWith('.')) return false
  let at = 0
  let next = 0
  let star = -1
  let mark = 0
  while (at < name.length) {
    const character = pattern[next]
    if (character === '*') {
      star = next++
      mark = at
    } else if (character === '?' || (character !== undefined && character === name[at])) {
      at++
      next++
    } else if (star >= 0) {
      next = star + 1
      at = ++mark
    } else return false
  }
  while (pattern[next] === '*') next++
  return next === pattern.length
}
