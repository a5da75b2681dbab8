/**
 * `.gitattributes`, as far as it tells what is generated, vendored or documentation. Patterns as gitattributes(5)
 * defines them, except that character classes match nothing.
 */

/** What the attributes say of one path; `undefined` where they say nothing. */
export interface LinguistAttributes {
  generated?: boolean
  vendored?: boolean
  documentation?: boolean
}

export interface AttributeRule {
  /** Folder of the `.gitattributes` file with a trailing `/`, '' for the root. */
  folder: string
  /** Segments of the pattern; `**` stands for any number of folders. */
  pattern: readonly string[]
  set: LinguistAttributes
}

/** More rules than any repository needs; a hostile file may hold millions. */
const MAX_RULES = 500

const NAMES = new Map<string, keyof LinguistAttributes>([
  ['linguist-generated', 'generated'],
  ['linguist-vendored', 'vendored'],
  ['linguist-documentation', 'documentation'],
])

/**
 * The rules of one `.gitattributes` that set an attribute we know.
 *
 * @param path - Where the file lies.
 */
export function parseAttributes(path: string, text: string): AttributeRule[] {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const rules: AttributeRule[] = []
  for (const line of text.split('\n')) {
    if (rules.length === MAX_RULES) break
    const [glob, ...words] = line.trim().split(/\s+/)
    if (glob === undefined || glob === '' || glob.startsWith('#') || glob.length > 500) continue
    const set = attributesOf(words)
    if (Object.keys(set).length > 0) rules.push({ folder, pattern: segmentsOf(glob), set })
  }
  return rules
}

/** What the rules say of a path; later rules win. Rules must come in order of their files, the root's first. */
export function attributesOfPath(path: string, rules: readonly AttributeRule[]): LinguistAttributes {
  const result: LinguistAttributes = {}
  for (const rule of rules) {
    if (!path.startsWith(rule.folder)) continue
    if (matchesSegments(rule.pattern, path.slice(rule.folder.length).split('/'))) Object.assign(result, rule.set)
  }
  return result
}

function attributesOf(words: readonly string[]): LinguistAttributes {
  const set: LinguistAttributes = {}
  for (const word of words) {
    const negative = word.startsWith('-') || word.startsWith('!')
    const [name = '', value] = (negative ? word.slice(1) : word).split('=', 2)
    const key = NAMES.get(name)
    if (key !== undefined) set[key] = !negative && value !== 'false'
  }
  return set
}

/** A pattern without a `/` matches the name in any folder; `dir/` and `dir/**` match all that lies below. */
function segmentsOf(glob: string): string[] {
  const anchored = glob.slice(0, -1).includes('/')
  const segments = glob.split('/').filter((segment) => segment !== '')
  if (glob.endsWith('/')) segments.push('**')
  return anchored ? segments : ['**', ...segments]
}

/** Iterative glob over segments: going back to the last `**` alone is enough. */
function matchesSegments(pattern: readonly string[], path: readonly string[]): boolean {
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
