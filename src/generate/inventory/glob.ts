/**
 * Path patterns of gitattributes(5) and gitignore(5). A match takes at most the product of the lengths of pattern and name.
 */

/** A pattern without `/` matches the name in any folder; `dir/` and `dir/**` match everything below. */
export function segmentsOf(glob: string): string[] {
  const anchored = glob.slice(0, -1).includes('/')
  const segments = glob.split('/').filter((segment) => segment !== '')
  if (glob.endsWith('/')) segments.push('**')
  return anchored ? segments : ['**', ...segments]
}

/**
 * Matches paths against several patterns at once. Folders that a path shares with the one before are not matched again,
 * so that paths in order cost one step each, however deep they are.
 *
 * @returns A function that returns the numbers of the patterns that match, in ascending order.
 */
export function createMatcher(patterns: readonly (readonly string[])[]): (path: string) => number[] {
  /** All patterns in a row; the number of each follows its last segment. */
  const positions = patterns.flatMap((pattern, number) => [...pattern, number])
  /** The number of the step that reached a position last. */
  const reached = new Float64Array(positions.length)
  let steps = 0
  /** Adds a position and those that follow it when `**` matches nothing. */
  const add = (state: number[], first: number): void => {
    for (let at = first; reached[at] !== steps; at++) {
      reached[at] = steps
      state.push(at)
      if (positions[at] !== '**') return
    }
  }
  const step = (from: readonly number[], name: string): number[] => {
    const state: number[] = []
    steps++
    for (const at of from) {
      const segment = positions[at]
      if (segment === '**') add(state, at)
      else if (typeof segment === 'string' && matchesName(segment, name)) add(state, at + 1)
    }
    return state
  }
  const start: number[] = []
  steps++
  for (let at = 0, next = 0; next < patterns.length; at += (patterns[next++]?.length ?? 0) + 1) add(start, at)

  const levels: { name: string; state: readonly number[] }[] = []
  return (path) => {
    const names = path.split('/')
    const from = names.findIndex((name, at) => levels[at]?.name !== name)
    levels.length = from < 0 ? names.length : from
    for (const name of names.slice(levels.length))
      levels.push({ name, state: step(levels.at(-1)?.state ?? start, name) })
    return (levels.at(-1)?.state ?? []).flatMap((at) => {
      const number = positions[at]
      return typeof number === 'number' ? [number] : []
    })
  }
}

/** Backtracks to the last star, which is enough. */
function matchesName(pattern: string, name: string): boolean {
  if (pattern === '*') return true
  let p = 0
  let n = 0
  let star = -1
  let resume = 0
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p++
      resume = n
      continue
    }
    const next = endOfMatch(pattern, p, name[n] ?? '')
    if (next > 0) {
      p = next
      n++
    } else if (star >= 0) {
      p = star + 1
      n = ++resume
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}

/** The offset after the part of a pattern that matches a character; 0 if it does not match. */
function endOfMatch(pattern: string, at: number, character: string): number {
  if (pattern[at] !== '[') return pattern[at] === '?' || pattern[at] === character ? at + 1 : 0
  const [all, not = '', members = ''] = CLASS.exec(pattern.slice(at)) ?? []
  return all !== undefined && hasMember(members, character) === (not === '') ? at + all.length : 0
}

/** `[a-z]`, `[!a]`, `[]a]`, `[[:digit:]]` */
const CLASS = /^\[([!^]?)(\]?(?:\[:[a-z]+:\]|[^\]])*)\]/
const MEMBER = /\[:([a-z]+):\]|\\?([\s\S])(?:-([\s\S]))?/g
const NAMED: Readonly<Record<string, RegExp>> = {
  alnum: /[A-Za-z0-9]/,
  alpha: /[A-Za-z]/,
  digit: /\d/,
  lower: /[a-z]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /\s/,
  upper: /[A-Z]/,
  xdigit: /[\dA-Fa-f]/,
}

function hasMember(members: string, character: string): boolean {
  for (const [, named, first = '', last = first] of members.matchAll(MEMBER))
    if (named === undefined ? first <= character && character <= last : NAMED[named]?.test(character) === true)
      return true
  return false
}
