/**
 * Finds the calls of a body whose targets are unknown: of parameters, of values with an unknown type, and in macros. Includes
 * only parameters and names of the repository's own functions, because calls of other packages are never followed.
 */

import { PHP, RUBY } from '#generate/formats/lexical-rules.ts'
import { MaskedCode } from '#generate/formats/masked-code.ts'
import { type Component, TYPE_KINDS } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import { isCode, type RepoIndex } from '#generate/pages/repo-index.ts'
import { readParameters } from '#generate/signature-parameters.ts'
import { bodyOf, isCallUse } from './calls.ts'
import { LEXICAL_RULES } from './code-languages.ts'

const MAX_LINES = 1_000
/** Matches a name before a parenthesis, or Ruby's `yield`. */
const CALL = /(?<![\p{L}\p{N}_$])[\p{L}_$][\p{L}\p{N}_$]*(?=\??\()|(?<![\p{L}\p{N}_$])yield\b/gu
/** Matches the code before the name of a definition. */
const DEFINES = /\b(?:def|fn|fun|func|function|get|set)\s+$/
const RECEIVER = /(?<![\p{L}\p{N}_$])([\p{L}_$][\p{L}\p{N}_$]*)\??(?:\.|->|::)$/u
const IS_SELF = /^(?:self|this|Self|\$this|static)$/
/** Matches methods that call a function value. */
const INVOKES = /^(?:call|invoke|Invoke|apply)$/

/** Matches methods that every value has, and functions that languages have. */
const OF_ALL =
  /^(?:checkNotNull|compareTo|equals|Equals|getClass|GetHashCode|hashCode|inspect|require|requireNotNull|to_s|toString|ToString)$/
/**
 * Methods of strings, lists, maps and similar types in most languages, in lower case without underscores. They say nothing
 * about a value of unknown type.
 */
const COMMON = new Set(
  (
    'add all any append apply asmut asptr asref asstr bind call clear clone close concat contains copy count decode default encode end ' +
    'entries equals exists extend filter find first flush foreach format get getname group has hasnext hash hashcode index indexof info ' +
    'insert into isempty isnone isok issome items iter join keys last len length lock lower map match max merge min name new next on ' +
    'open parse peek pop print push put read remove replace reset reverse run search select send set size slice sort split start ' +
    'stop strip sub sum then toowned tostring trim unwrap update upper value values wait where with write'
  ).split(' '),
)

/** A call with an unknown target. */
interface Unfollowed {
  /** The name as written: `program`, `cache.read`. */
  name: string
  /** Line of the first call, from 1; so is the column. */
  line: number
  column: number
}

/** In the order of the code; empty for a language without lexical rules. */
export function unfollowedCalls(repo: RepoIndex, component: Component): Unfollowed[] {
  const body = bodyOf(repo, component)
  const language = repo.files.get(body.file)?.language ?? ''
  const lexicalRules = LEXICAL_RULES[language]
  if (lexicalRules === undefined || body.endLine - body.startLine >= MAX_LINES) return []
  if (body.kind !== 'function' && body.kind !== 'method') return []
  const text = codeLines(repo, body.file, body.startLine, body.endLine).join('\n')
  const masked = MaskedCode.of(lexicalRules === PHP ? `<?${text}` : text, lexicalRules)
  if (masked === undefined) return []
  const known = new Set(
    repo.occurrences.usesIn(body.id).flatMap((use) => {
      // Uncertain calls are not in the index.
      const isCertain = use.kind === 'references' || repo.callees.get(body.id)?.has(use.to) === true
      const to = isCertain && isCallUse(repo, use) ? repo.components.get(use.to) : undefined
      // A constructor is called with the name of its type.
      const type = to === undefined ? undefined : repo.components.get(to.parent ?? '')
      return [to, type].flatMap((one) => (one === undefined ? [] : [`${use.line} ${one.name}`]))
    }),
  )
  // A call in a multi-line chain or in a macro is most likely one that is resolved elsewhere in the body.
  const told = new Set([...known].map((one) => one.slice(one.indexOf(' ') + 1)))
  // Receivers on a line that the repository defines: `cache` of `cache.read`.
  const values = new Set(
    repo.occurrences.usesIn(body.id).flatMap((use) => {
      const to = repo.components.get(use.to)
      return to === undefined || TYPE_KINDS.has(to.kind) ? [] : [`${use.line} ${to.name}`]
    }),
  )
  const given = new Set(
    readParameters(body.signature, body.name, language)?.map(({ name }) => name.replace(/^\W+/, '')),
  )
  const outside = new Set(repo.occurrences.bindingsOf(body.file).flatMap(({ name, to }) => (to === null ? [name] : [])))
  const own = namesIn(repo)
  const found = new Map<string, Unfollowed>()
  for (const { 0: name, index: at } of masked.code.matchAll(CALL)) {
    const line = body.startLine + masked.lineAt(at) - 1
    // Its own name is the definition or a recursive call.
    if (known.has(`${line} ${name}`) || name === body.name) continue
    const before = masked.code.slice(Math.max(0, at - 100), at)
    if (DEFINES.test(before) || OF_ALL.test(name)) continue
    const isFree = !/[.:>]$/.test(before)
    const receiver = isFree ? undefined : RECEIVER.exec(before)?.[1]
    const column = at - masked.startOfLine(masked.lineAt(at)) + 1
    const add = (called: string): void => {
      if (!found.has(called)) found.set(called, { name: called, line, column })
    }
    if (name === 'yield' ? lexicalRules === RUBY : isFree && given.has(name)) add(name)
    else if (receiver !== undefined && given.has(receiver) && INVOKES.test(name)) add(receiver)
    else if (told.has(name)) continue
    else if (isFree || IS_SELF.test(receiver ?? '')) {
      if (!outside.has(name) && own.has(name)) add(name)
    } else if (receiver !== undefined && values.has(`${line} ${receiver}`) && own.has(name)) add(`${receiver}.${name}`)
    else if (receiver !== undefined && !outside.has(receiver) && own.has(name)) {
      // Types of other packages have methods of their own, as strings and lists do.
      if (!COMMON.has(name.toLowerCase().replaceAll('_', '')) && !/^[A-Z]/.test(receiver)) add(name)
    }
  }
  return [...found.values()]
}

const names = new WeakMap<RepoIndex, ReadonlyMap<string, Component>>()

/** Of the repository's functions with this name, after the last point, the longest. */
export const longestNamed = (repo: RepoIndex, name: string): Component | undefined =>
  namesIn(repo).get(name.slice(name.lastIndexOf('.') + 1))

function namesIn(repo: RepoIndex): ReadonlyMap<string, Component> {
  const found = names.get(repo)
  if (found !== undefined) return found
  const own = new Map<string, Component>()
  for (const one of repo.components.values()) {
    if ((one.kind !== 'function' && one.kind !== 'method') || !isCode(repo.files.get(one.file))) continue
    const other = own.get(one.name)
    if (other === undefined || one.endLine - one.startLine > other.endLine - other.startLine) own.set(one.name, one)
  }
  names.set(repo, own)
  return own
}
