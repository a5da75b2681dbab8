/**
 * Path patterns of gitattributes(5) and gitignore(5). Fixed text before the first and after the last star is compared
 * first. Text between stars may be tried at each character of a name, so names are limited in length, and so is the
 * total work per repository.
 */

/** Maximum length of a name matched against a pattern with text between stars; the limit of file systems. */
const MAX_NAME = 255
/** Limit on the steps and comparisons for all paths of a repository, a few seconds. */
const MAX_WORK = 500_000_000

/** Remaining matching budget of a repository. */
export class PatternWork {
  left: number
  /** The files whose patterns were left out for some of the paths. */
  readonly exceeded = new Set<string>()

  constructor(limit = MAX_WORK) {
    this.left = limit
  }
}

/** A pattern without `/` matches the name in any folder; `dir/` and `dir/**` match everything below, but no file of this name. */
export function segmentsOf(glob: string): string[] {
  const anchored = glob.slice(0, -1).includes('/')
  const segments = glob.split('/').filter((segment) => segment !== '')
  if (glob.endsWith('/')) segments.push('*', '**')
  else if (segments.length > 1 && segments.at(-1) === '**') segments.splice(-1, 0, '*')
  return anchored ? segments : ['**', ...segments]
}

/**
 * Matches paths against several patterns at once. Folders that a path shares with the one before are not matched again,
 * so sorted paths cost one step each, however deep they are. Once too much work is done, no pattern matches.
 *
 * @param file - The file with the patterns.
 * @returns A function that returns the numbers of the patterns that match, in ascending order.
 */
export function createMatcher(
  patterns: readonly (readonly string[])[],
  work = new PatternWork(),
  file = '',
): (path: string) => number[] {
  /** All patterns in a row; the number of each follows its last segment. */
  const positions = patterns.flatMap((pattern, number) => [
    ...pattern.map((segment) => (segment === '**' ? segment : partsOf(segment))),
    number,
  ])
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
      if (work.left <= 0) {
        work.exceeded.add(file)
        return []
      }
      work.left--
      const segment = positions[at]
      if (segment === '**') add(state, at)
      else if (typeof segment === 'object' && matchesName(segment, name, work)) add(state, at + 1)
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

/** Plain text, or a list of single-character matchers: a character, members of a class, `null` for any. */
type Part = string | readonly (string | Class | null)[]

interface Class {
  readonly isNegated: boolean
  readonly members: readonly Member[]
}

/** A range, or a named set. */
type Member = RegExp | { readonly first: string; readonly last: string }

interface Segment {
  /** The text before the first star; the whole of a segment without stars. */
  readonly head: Part
  /** The texts between stars, without empty ones. */
  readonly middle: readonly Part[]
  /** The text after the last star; `null` if there is no star. */
  readonly tail: Part | null
  /** The number of characters that are not stars, or `Infinity` for an unterminated class, which nothing matches. */
  readonly length: number
}

function partsOf(segment: string): Segment {
  const parts: (string | Class | null)[][] = [[]]
  for (let at = 0; at < segment.length; at++) {
    const character = segment[at] ?? ''
    if (character === '*') {
      parts.push([])
      continue
    }
    if (character !== '[') {
      if (character === '\\' && at + 1 < segment.length) parts.at(-1)?.push(segment[++at] ?? '')
      else parts.at(-1)?.push(character === '?' ? null : character)
      continue
    }
    const [all, not = '', members = ''] = CLASS.exec(segment.slice(at)) ?? []
    if (all === undefined) return { head: '', middle: [], tail: null, length: Infinity }
    parts.at(-1)?.push({ isNegated: not !== '', members: membersOf(members) })
    at += all.length - 1
  }
  const plain = parts.map((part): Part => (part.every((one) => typeof one === 'string') ? part.join('') : part))
  return {
    head: plain[0] ?? '',
    middle: plain.slice(1, -1).filter(({ length }) => length > 0),
    tail: plain.length > 1 ? (plain.at(-1) ?? '') : null,
    length: parts.reduce((sum, { length }) => sum + length, 0),
  }
}

function matchesName({ head, middle, tail, length }: Segment, name: string, work: PatternWork): boolean {
  if (name.length < length || (tail === null && name.length > length)) return false
  const end = name.length - (tail?.length ?? 0)
  if (!isAt(head, name, 0, work) || (tail !== null && !isAt(tail, name, end, work))) return false
  if (middle.length > 0 && name.length > MAX_NAME) return false
  // The leftmost match of each text is enough.
  let from = head.length
  for (const part of middle) {
    const at = placeOf(part, name, from, end - part.length, work)
    if (at === null) return false
    from = at + part.length
  }
  return true
}

function placeOf(part: Part, name: string, from: number, last: number, work: PatternWork): number | null {
  for (let at = from; at <= last; at++) {
    if (typeof part === 'string') at = name.indexOf(part.charAt(0), at)
    if (at < 0 || at > last) return null
    if (isAt(part, name, at, work)) return at
  }
  return null
}

function isAt(part: Part, name: string, at: number, work: PatternWork): boolean {
  if (typeof part === 'string') {
    // Compare the first character first.
    if (part !== '' && part[0] !== name[at]) return false
    work.left -= part.length
    return name.startsWith(part, at)
  }
  for (const [index, one] of part.entries()) {
    work.left--
    const character = name[at + index] ?? ''
    if (one === null || one === character) continue
    if (typeof one === 'string') return false
    work.left -= one.members.length
    if (hasMember(one, character) === one.isNegated) return false
  }
  return true
}

/** `[a-z]`, `[!a]`, `[]a]`, `[[:digit:]]` */
const CLASS = /^\[([!^]?)(\]?(?:\[:[a-z]+:\]|\\.|[^\]\\])*)\]/
const MEMBER = /\[:([a-z]+):\]|\\?([\s\S])(?:-([\s\S]))?/g
const NAMED: Readonly<Record<string, RegExp>> = {
  alnum: /[A-Za-z0-9]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  cntrl: /\p{Cc}/u,
  digit: /\d/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /\s/,
  upper: /[A-Z]/,
  xdigit: /[\dA-Fa-f]/,
}

function membersOf(members: string): Member[] {
  return [...members.matchAll(MEMBER)].flatMap(([, named, first = '', last = first]): Member[] =>
    named === undefined ? [{ first, last }] : [NAMED[named] ?? []].flat(),
  )
}

function hasMember({ members }: Class, character: string): boolean {
  for (const one of members)
    if (one instanceof RegExp ? one.test(character) : one.first <= character && character <= one.last) return true
  return false
}
