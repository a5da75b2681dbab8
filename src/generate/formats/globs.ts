/**
 * Matches file name patterns: `*` and `?` within a path segment, `**` for any number of segments, also none. Names that
 * begin with a dot match only patterns that begin with one. Linear space, no regular expressions.
 */

const MAX_PATTERN = 300

/** Whether a path matches a pattern. A pattern with brackets, braces or `!`, or of more than 300 characters, matches nothing. */
export function matchesGlob(path: string, pattern: string): boolean {
  if (pattern.length > MAX_PATTERN || /[[\]{}!]/.test(pattern)) return false
  return matchesParts(path.split('/'), pattern.split('/'), '**', matchesName, (part) => !part.startsWith('.'))
}

function matchesName(name: string, pattern: string): boolean {
  if (name.startsWith('.') && !pattern.startsWith('.')) return false
  const isEqual = (character: string, wanted: string): boolean => wanted === '?' || wanted === character
  return matchesParts(name, pattern, '*', isEqual, () => true)
}

/**
 * Wildcard matching of segments or characters with backtracking to the last star.
 *
 * @param mayCover - Whether a star matches this part.
 */
function matchesParts(
  parts: ArrayLike<string>,
  patterns: ArrayLike<string>,
  wildcard: string,
  fits: (part: string, pattern: string) => boolean,
  mayCover: (part: string) => boolean,
): boolean {
  let part = 0
  let next = 0
  let star = -1
  let mark = 0
  while (part < parts.length) {
    const pattern = patterns[next]
    if (pattern === wildcard) {
      star = next++
      mark = part
    } else if (pattern !== undefined && fits(parts[part] ?? '', pattern)) {
      part++
      next++
    } else if (star >= 0 && mayCover(parts[mark] ?? '')) {
      next = star + 1
      part = ++mark
    } else return false
  }
  while (patterns[next] === wildcard) next++
  return next === patterns.length
}
