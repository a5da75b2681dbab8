/**
 * Finds doc comments that do not describe their declaration, in order to omit them: its result or a new name contradicts them, or
 * they are about multiple definitions or about an alternative implementation.
 */

import { push } from '#base/multimap.ts'
import type { Component } from '#generate/model.ts'
import { foldersAbove, nameOf } from '#generate/paths.ts'
import { distinctWords } from './distinct-words.ts'
import { isProvenance, tellingPart } from './telling.ts'

const MAX_READ = 500
const MAX_SIGNATURE = 2_000
/** `orbit.immutable.Planner` */
const DOTTED = /(?<![\w.@/])[A-Za-z_]\w{0,60}(?:\.[A-Za-z_]\w{0,60}){2,5}(?![\w.(])/g
const PROMISES = /\breturns? `?(?:true|false|null|nil|none)\b/i
const IS_VOID = /^(?:[a-z]{1,20} ){0,4}void\s|\)\s?:\s?(?:void|Unit)\s?$|->\s?(?:None|\(\)|Void)\s?:?$/

/** `Routines used with the tree view`, `Longer aliases for compatibility`, above the first of several definitions. */
const OF_SEVERAL =
  /^\W{0,9}(?:(?!(?:for|in|of|on|to|with) )[\w+#./-]{1,30} ){0,3}(aliases|callbacks|declarations|definitions|functions|helpers|macros|methods|prototypes|routines|shortcuts|utilities|wrappers)\b(?=[.:]?\s*$|[.:]?\s*\n|\s(?:for|of|that|to|used|which|with)\b)/i
/** Whether a comment begins with a verb: `Registers callbacks`, but not `Aliases for users`. */
const isVerb = (doc: string, noun: string): boolean => /^[A-Z][a-z]{1,20}s /.test(doc) && !doc.startsWith(noun)
/** Kinds that are always single definitions; a constant may contain functions. */
const SINGLE = new Set<Component['kind']>(['function', 'interface', 'macro', 'method', 'type'])
/** Matches a reason against an alternative: `A separate type would result in longer names`. */
const OF_OTHER_WAYS =
  /^(?:an?|another) ([a-z' -]{1,80}) would (?:also |not )?(?:be|break|cause|have|lead|make|mean|need|require|result)\b/i
/** Matches the result according to a comment: `Returns a map of`. */
const GIVES =
  /^[\w\s]{0,80}?\b(?:builds|creates|gives|produces|returns?) (?:an? |the )(?:(?:new|sorted) )?(?:(map|dict|dictionary) (?:from|of|with)|(list|slice|array|vector)|(string)|(bool|boolean))\b/i
/** Matches the type after the parameters, the first one of multiple types: `) ([]Plan, error)`, `): string[]`, `-> dict[str, int]`. */
const RESULT = /\)(?:\s*:\s*|\s*->\s*|\s+)\(?([^(),:=>]{1,200})(?:,[^()]{0,200})?\)?\s*:?$/
/** In the order of `GIVES`. */
const RESULT_KINDS = [
  /^(?:map\[|(?:dict|Dict|Mapping|Map|HashMap|BTreeMap|Record)\b)/,
  /^(?:\[\]|(?:list|List|Sequence|Array|ReadonlyArray|Vec)\b)|^[\w.]+\[\]$/,
  /^&?(?:string|str|String)$/,
  /^(?:bool|boolean|Boolean)$/,
]

/** Matches several results: `Return (project, rw) tuple`, and the only one of a signature, which is no collection. */
const GIVES_SEVERAL =
  /\breturns? (?:an? )?(?:\([\w ]{1,40},[\w, ]{1,80}\) (?:tuple|pair)|(?:tuple|pair) (?:of )?\([\w ]{1,40},)/i
const ONE_RESULT = /->\s*(?!\w{0,60}(?:Tuple|Pair|Result)\b)(?:[\w.]{1,60}\.)?\p{Lu}\w{0,60}\s?:?$/u

/** Whether the result that a comment names is of another kind than that of the signature. */
function namesAnotherResult(first: string, signature: string): boolean {
  if (GIVES_SEVERAL.test(first) && ONE_RESULT.test(signature.slice(0, MAX_SIGNATURE))) return true
  const said =
    GIVES.exec(first)
      ?.slice(1)
      .findIndex((word) => word !== undefined) ?? -1
  const type = RESULT.exec(signature.slice(0, MAX_SIGNATURE))?.[1]?.trim() ?? ''
  const given = RESULT_KINDS.findIndex((kind) => kind.test(type))
  return said >= 0 && given >= 0 && said !== given
}

/** The components by their ids, without the comments that are stale. */
export function withoutStaleComments(components: readonly Component[]): Map<string, Component> {
  const known = new Set<string>()
  const leftOut = new Set([...repeatingNames(components), ...ofNeighbours(components)])
  for (const { name, file } of components) {
    known.add(name)
    for (const folder of foldersAbove(file)) known.add(nameOf(folder.replace(/\/$/, '')))
  }
  return new Map(
    components.map((one) => {
      const isLeftOut = leftOut.has(one) || isStale(one, known)
      return [one.id, isLeftOut ? { ...one, doc: null } : withoutNotice(one)]
    }),
  )
}

/** With more words, a comment says something. */
const MAX_REPEATING = 60
/** This many siblings whose comments differ only in their names say nothing. */
const MIN_REPEATING = 3

/** Definitions beside others whose short comments have the same words but for their names: `The Orbit-Plan header.` on `orbitPlan`. */
function repeatingNames(components: readonly Component[]): ReadonlySet<Component> {
  const found = new Map<string, Component[]>()
  for (const one of components) {
    const { doc, details, kind, name, parent, file } = one
    if (doc === null || doc.length > MAX_REPEATING || details !== undefined || SINGLE_WORDS.has(kind)) continue
    const words = distinctWords(doc, name)
    if (words.length <= 1) push(found, `${parent ?? file} ${kind} ${words.join(' ')}`, one)
  }
  return new Set([...found.values()].filter(({ length }) => length >= MIN_REPEATING).flat())
}

/** Limit on the siblings with the same comment that are compared. */
const MAX_SAME = 20
/** Minimum length of a comment to be compared. */
const MIN_SAME = 20

/**
 * Functions with the whole comment of a sibling of which it tells: `Logs at the Debug level` on `logTrace` beside `logDebug`. The
 * comment of another sibling must have the word in its place: `Logs at the Trace level`.
 */
function ofNeighbours(components: readonly Component[]): ReadonlySet<Component> {
  const groups = new Map<string, Component[]>()
  const said = new Set<string>()
  for (const one of components) {
    if (one.doc === null || one.doc.length < MIN_SAME || !SINGLE_WORDS.has(one.kind)) continue
    const place = one.parent ?? one.file
    push(groups, `${place} ${one.doc}`, one)
    const words = new Set(partsOf(firstOf(one.doc)))
    for (const part of partsOf(one.name)) if (words.has(part)) said.add(`${place} ${part}`)
  }
  const found = new Set<Component>()
  for (const [, group] of groups) {
    const named = group.slice(0, MAX_SAME)
    const words = named.length < 2 ? [] : partsOf(firstOf(named[0]?.doc ?? ''))
    const hasForm = (part: string): boolean => words.some((word) => word.startsWith(part))
    for (const one of named)
      for (const other of named) {
        const [own, others] = differingPart(one.name, other.name)
        if (own === undefined || others === undefined || hasForm(own) || !words.includes(others)) continue
        if (said.has(`${one.parent ?? one.file} ${own}`)) found.add(one)
      }
  }
  return found
}

/** The words of a text or a name, in lower case. */
const partsOf = (text: string): string[] =>
  text
    .replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)

/** The only word that differs in two names of several words, in each of them. */
function differingPart(one: string, other: string): readonly string[] {
  const [own, others] = [partsOf(one), partsOf(other)]
  if (own.length < 2 || own.length !== others.length) return []
  const at = own.flatMap((part, index) => (part === others[index] ? [] : index))
  const [first] = at
  return at.length === 1 && first !== undefined ? [own[first] ?? '', others[first] ?? ''] : []
}

/** Kinds whose comments are on what they do. */
const SINGLE_WORDS = new Set<Component['kind']>(['function', 'macro', 'method'])

/** Removes statements about the origin of the code and its licence from the comment. */
function withoutNotice(component: Component): Component {
  const doc = component.doc ?? ''
  return isProvenance(firstOf(doc)) ? { ...component, doc: tellingPart(doc) } : component
}

const firstOf = (doc: string): string => doc.slice(0, MAX_READ).split(/\.\s|\n\s*\n/, 1)[0] ?? ''

function isStale({ doc, name, kind, signature, file }: Component, known: ReadonlySet<string>): boolean {
  const first = firstOf(doc ?? '')
  const isCalled = kind === 'function' || kind === 'method'
  if (isCalled && PROMISES.test(first) && IS_VOID.test(signature.slice(0, MAX_SIGNATURE))) return true
  if (isCalled && namesAnotherResult(first, signature)) return true
  // A Python docstring always belongs to a single definition.
  const [, noun] = (SINGLE.has(kind) && !file.endsWith('.py') && OF_SEVERAL.exec(doc ?? '')) || []
  const isOfSeveral =
    noun !== undefined && !isVerb(first, noun) && !name.toLowerCase().includes(noun.slice(0, -2).toLowerCase())
  const [, other] = OF_OTHER_WAYS.exec(first) ?? []
  if (isOfSeveral || (other !== undefined && !/\b(?:that|which|who)\b/.test(other))) return true
  // Its own name, at a path that does not exist in this repository.
  return (first.match(DOTTED) ?? []).some((path) => {
    const [head = '', ...parts] = path.split('.')
    return parts.at(-1) === name && known.has(head) && !known.has(parts.at(-2) ?? '')
  })
}
