/**
 * Path patterns of gitattributes(5) and gitignore(5), without character classes. Linear in the pattern and the path.
 */

/** A pattern without `/` matches the name in any folder; `dir/` and `dir/**` match everything below. */
export function segmentsOf(glob: string): string[] {
  const anchored = glob.slice(0, -1).includes('/')
  const segments = glob.split('/').filter((segment) => segment !== '')
  if (glob.endsWith('/')) segments.push('**')
  return anchored ? segments : ['**', ...segments]
}

/** Matches a path, segment by segment. */
export function matchesSegments(pattern: readonly string[], path: readonly string[]): boolean {
  return matchWithStars(
    pattern.length,
    path.length,
    (p) => pattern[p] === '**',
    (p, s) => matchesName(pattern[p] ?? '', path[s] ?? ''),
  )
}

function matchesName(pattern: string, name: string): boolean {
  if (pattern === '*') return true
  return matchWithStars(
    pattern.length,
    name.length,
    (p) => pattern[p] === '*',
    (p, s) => pattern[p] === '?' || pattern[p] === name[s],
  )
}

/** Iterative wildcard match, O(pattern × text): backtracking to the last star is enough. */
function matchWithStars(
  patternLength: number,
  length: number,
  isStar: (p: number) => boolean,
  isEqual: (p: number, s: number) => boolean,
): boolean {
  let p = 0
  let s = 0
  let star = -1
  let resume = 0
  while (s < length) {
    if (p < patternLength && isStar(p)) {
      star = p++
      resume = s
    } else if (p < patternLength && isEqual(p, s)) {
      p++
      s++
    } else if (star >= 0) {
      p = star + 1
      s = ++resume
    } else return false
  }
  while (p < patternLength && isStar(p)) p++
  return p === patternLength
}
