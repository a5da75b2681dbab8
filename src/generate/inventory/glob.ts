/** Patterns of paths as gitattributes(5) and gitignore(5) define them, without character classes; no pattern is slow. */

/** A pattern without a `/` matches the name in any folder; `dir/` and `dir/**` match all that lies below. */
export function segmentsOf(glob: string): string[] {
  const anchored = glob.slice(0, -1).includes('/')
  const segments = glob.split('/').filter((segment) => segment !== '')
  if (glob.endsWith('/')) segments.push('**')
  return anchored ? segments : ['**', ...segments]
}

/** Iterative glob over segments: going back to the last `**` alone is enough. */
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

/** The classic wildcard match in O(pattern × text), without recursion. */
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
