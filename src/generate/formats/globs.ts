/**
 * Matches file name patterns: `*` and `?` within a path segment, `**` for any segments. Linear space, no regular
 * expressions.
 */

const MAX_PATTERN = 300

/** Whether a path matches a pattern; a pattern with brackets, braces or `!` matches nothing. */
export function matchesGlob(path: string, pattern: string): boolean {
  if (pattern.length > MAX_PATTERN || /[[\]{}!]/.test(pattern)) return false
  return matchesSegments(path.split('/'), pattern.split('/'))
}

/** The usual match that backtracks to the last star, over segments; `**` is the star. */
function matchesSegments(parts: readonly string[], patterns: readonly string[]): boolean {
  let part = 0
  let next = 0
  let star = -1
  let mark = 0
  while (part < parts.length) {
    const pattern = patterns[next]
    if (pattern === '**') {
      star = next++
      mark = part
    } else if (pattern !== undefined && matchesName(parts[part] ?? '', pattern)) {
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

function matchesName(name: string, pattern: string): boolean {
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
