/** Patterns for branch and tag names: a name with `*`, or `semver:` and a range of versions. Pure. */

import semver from 'semver'

const MAX_LENGTH = 100
const MAX_STARS = 8
const SEMVER = 'semver:'
/** A version as written in tags, such as `v1.2.3`, `1.2`, `3.0.0rc1` or `3.3a`, the patch release after 3.3. */
const VERSION = /^[vV]?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?![\d.])(.{0,100})$/s

/** Describes valid patterns in error messages. */
export const PATTERN_FORM =
  'a name in which * matches any text, such as release/*, or semver: and a range, such as semver:>=2 <4'

/** Whether a text is a valid pattern. */
export function isRefPattern(text: string): boolean {
  if (text.length === 0 || text.length > MAX_LENGTH) return false
  if (text.startsWith(SEMVER)) return semver.validRange(text.slice(SEMVER.length)) !== null
  return /^[A-Za-z0-9_.*/+@-]+$/.test(text) && text.split('*').length <= MAX_STARS + 1
}

/**
 * Create a predicate for names of branches and tags that match one of the patterns. `*` matches any text, including slashes.
 *
 * @param patterns - Each must be one that `isRefPattern` accepts. They are parsed once, for any number of names.
 */
export function createRefMatcher(patterns: readonly string[]): (name: string) => boolean {
  const globs = patterns.filter((pattern) => !pattern.startsWith(SEMVER)).map((pattern) => pattern.split('*'))
  const ranges = patterns
    .filter((pattern) => pattern.startsWith(SEMVER))
    .map((pattern) => new semver.Range(pattern.slice(SEMVER.length)))
  return (name) => {
    if (globs.some((parts) => containsInOrder(name, parts))) return true
    const version = ranges.length === 0 ? null : versionOf(name)
    return version !== null && ranges.some((range) => range.test(version))
  }
}

/**
 * Whether a name consists of the parts with any text between them. Unlike globs of paths (`#generate/formats/globs.ts`), in which
 * a star ends at a slash. Takes the leftmost match of each part, so each star costs time linear in the length of the name.
 */
function containsInOrder(name: string, [first = '', ...rest]: string[]): boolean {
  if (!name.startsWith(first)) return false
  const last = rest.pop()
  if (last === undefined) return name === first
  let at = first.length
  for (const part of rest) {
    const found = name.indexOf(part, at)
    if (found === -1) return false
    at = found + part.length
  }
  return name.length - last.length >= at && name.endsWith(last)
}

/**
 * The version in a name, with missing parts as 0; `null` for a name that is not a version.
 *
 * A version that is parsed loosely is parsed again, strictly, from its normal form: `semver` does that in every comparison of a
 * loose version, and throws for those that are valid only loosely, such as `1.0.0-00099999999999999999`.
 */
function versionOf(name: string): semver.SemVer | null {
  const [, major, minor = '0', patch = '0', rest = ''] = VERSION.exec(name) ?? []
  if (major === undefined) return null
  const suffix = /^[a-z]$/.test(rest) ? `+${rest}` : rest
  return semver.parse(semver.parse(`${major}.${minor}.${patch}${suffix}`, { loose: true })?.version)
}

const collator = new Intl.Collator('en', { numeric: true })

/** Sorts names: versions first, from the highest to the lowest, then other names in reverse alphabetical order. */
export function newestFirst(names: readonly string[]): string[] {
  const rows = names.map((name) => ({ name, version: versionOf(name) }))
  rows.sort((a, b) => {
    if (a.version !== null && b.version !== null) return semver.rcompare(a.version, b.version) || byName(b.name, a.name)
    if (a.version !== null || b.version !== null) return a.version === null ? 1 : -1
    return byName(b.name, a.name)
  })
  return rows.map(({ name }) => name)
}

const byName = (a: string, b: string): number => collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0)
