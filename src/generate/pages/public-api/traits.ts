/**
 * Properties that move definitions down in lists: errors, constants, deprecated ones, declarations for type
 * checkers, and types without a public constructor.
 */

import type { Component } from '#generate/model.ts'
import { sendsElsewhere } from '#generate/pages/cautions.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

const AMBIENT = /\.d\.[cm]?ts$/
const ERROR_WORDS =
  /^\s*(?:(?:an?|the|base|this)\s+){0,2}(?:\w+ )?(?:error|exception)\b(?!\s+(?:handl|pag|report|log|messag|cod|track|bound))|^\s*(?:raised|thrown) /i
const ERROR = /(?:Error|Exception|Warning|Failure)(?:Interface)?$/
/** Factor for types whose instances come from another definition. */
export const MADE_ELSEWHERE = 0.4
/** Matches at the beginning of a paragraph and not in a version note. Later text may be about a parameter or an earlier name. */
const DEPRECATED =
  /(?:^|\n[ \t]*\n)(?![ \t]*[-*+] |\*Deprecated since version )[^\w\n]{0,20}deprecated\b(?! [a-z]{1,40}s (?:are|will|can|may|have|were)\b)|\*\*deprecated|^(?![^\n]{0,200}\b(?:that|which) (?:are|is|were|was) deprecated)[^\n]{0,200}\bdeprecated since\b/i
const DEPRECATED_LINE = /^(?![ \t]*[-*+] )[^\w\n*]{0,20}(?:Deprecated|DEPRECATED)(?:[:.!,]| (?:as of|in|since)\b)/m

/** Matches a head with an error as a base: `class Abort(RuntimeError)`, `class Abort extends Error`. */
const ERROR_BASE =
  /\bclass [\w$]{1,80}(?:\(| extends | ?< ?| ?: ?)(?:[\w$.:\\]{1,80}, ?){0,3}[\w$.:\\]{0,80}(?:Error|Exception|Warning|Throwable)\b/
const MAX_HEAD = 300

/** Detects errors by their name, base or doc comment. */
export function isError(repo: RepoIndex, { id, name, kind, doc, signature }: Component): boolean {
  if (kind === 'function' || kind === 'method' || kind === 'constant') return false
  return (
    ERROR.test(name) ||
    ERROR_WORDS.test(doc ?? '') ||
    (kind === 'class' && ERROR_BASE.test(signature.slice(0, MAX_HEAD))) ||
    (repo.bases.get(id) ?? []).some((base) => ERROR.test(repo.components.get(base)?.name ?? ''))
  )
}

/** Whether instances only come from another definition: no public constructor and no static methods. */
export function isMadeElsewhere(repo: RepoIndex, { id, name, kind, file }: Component): boolean {
  if (kind !== 'class' && kind !== 'struct') return false
  const members = repo.members.get(id) ?? []
  const isSwift = file.endsWith('.swift')
  const constructors = members.filter((one) => one.name === (isSwift ? 'init' : name) || one.name === 'constructor')
  return (
    // Without a constructor, Swift creates an internal one.
    (constructors.length > 0 || (isSwift && kind === 'struct')) &&
    !constructors.some(({ exported }) => exported) &&
    !members.some(({ exported, signature }) => exported && /\bstatic\b/.test(signature))
  )
}

/** Whether a component is only a declaration for type checkers. */
export function isAmbient({ file }: Component): boolean {
  return AMBIENT.test(file)
}

/** Macros, constants, fields and one-letter names such as type variables say little about the purpose of a file. */
export function isMinor({ kind, name }: Component): boolean {
  return kind === 'macro' || kind === 'constant' || kind === 'field' || [...name].length === 1
}

/** Whether a component is an enum that only lists values. */
export function isList(repo: RepoIndex, { id, kind }: Component): boolean {
  return kind === 'enum' && (repo.members.get(id) ?? []).every((member) => member.kind !== 'method')
}

/** Whether a type only holds options for another definition, judging by its name. */
export function isOptionsType({ kind, name }: Component): boolean {
  return (
    (kind === 'interface' || kind === 'type' || kind === 'struct' || kind === 'class') &&
    /[a-z](?:Args|Arguments|Config|Configuration|Opts|Options|Params|Parameters|Props|Settings)$/.test(name)
  )
}

/** Matches top-level folders of developer tools, and `rootfs` folders, whose files are copied into container images. */
const TOOLS =
  /^(?:\.\w+|bench(?:marks?|marking)?|ci|contrib|dev|docs?|extras?|fuzz(?:ing)?|hack|misc|perf|profiling|scripts?|tools?)\/|(?:^|\/)(?:rootfs|xtask)\//i

/** Whether a path is that of a benchmark, release script or similar tool. */
export function isToolFile(path: string): boolean {
  return TOOLS.test(path)
}

/** Whether a Ruby method is delegated to another object, or is an `attr_*` accessor. */
export function isDelegation({ kind, signature, file, name, doc, details }: Component): boolean {
  const isCalled = kind === 'method' || kind === 'function'
  const isRuby = isCalled && file.endsWith('.rb')
  // A known delegation has the parameters of its target and refers to it.
  const suffix = `#${name.replace(/=$/, '')}`
  if (isRuby && doc === null && details?.see?.some((one) => one.replace(/=?`$/, '').endsWith(suffix)) === true)
    return true
  return isRuby && /^(?:(?:class << self; )?(?:def_(?:instance_)?delegators?|delegate)|attr_\w+)\b/.test(signature)
}

/** Matches build files of sbt and Gradle, whose values are internal. */
const BUILD = /\.sbt$|(?:^|\/)(?:build|settings)\.gradle(?:\.kts)?$/

/** Whether a variable belongs to a build file, or to a shell script and no other file uses it. */
export function isScriptVariable({ files, users, components }: RepoIndex, { id, kind, file }: Component): boolean {
  if (BUILD.test(file)) return kind === 'constant' || kind === 'field'
  if (kind !== 'constant' || files.get(file)?.language !== 'bash') return false
  return ![...(users.get(id)?.keys() ?? [])].some((end) => (components.get(end)?.file ?? end) !== file)
}

/** Matches methods that the Ruby runtime calls. */
const HOOK =
  /^(?:included|inherited|extended|prepended|method_added|method_missing|const_missing|respond_to_missing\?)$/

/** Whether only the language calls a method, not users. */
export function isHook({ name, kind, file }: Component): boolean {
  return (kind === 'function' || kind === 'method') && file.endsWith('.rb') && HOOK.test(name)
}

/** Matches `Do not call plan_free directly`, with the name. */
const NOT_DIRECTLY = /\b(?:do not|never) (?:call|use) (\w{1,80})(?:\(\))? directly\b/i

/** Matches a comment that begins with `Please don't use.` */
const NOT_TO_USE = /^\W{0,9}(?:please,? )?(?:do not|don['’]?t) use(?: (?:it|this(?: \w{1,20})?))?\s{0,9}[.!,;]/i

/** Whether the doc comment begins by forbidding the use. */
export const isForbidden = ({ doc }: Pick<Component, 'doc'>): boolean => NOT_TO_USE.test(doc ?? '')

/** Whether the doc comment recommends an alternative, or forbids the use. */
export function isDiscouraged(component: Component): boolean {
  const { doc, name } = component
  return isForbidden(component) || sendsElsewhere(doc) || NOT_DIRECTLY.exec(doc?.slice(0, 4_000) ?? '')?.[1] === name
}

const UNSETTLED = /^(?:unstable|experimental|internal|legacy|deprecated|UNSAFE)_/i

/** Whether the name says that it may change or is not for users. */
export function isUnsettled({ name }: Pick<Component, 'name'>): boolean {
  return UNSETTLED.test(name)
}

const saysDeprecated = (doc: string): boolean => DEPRECATED.test(doc) || DEPRECATED_LINE.test(doc)

/** Deprecated by its doc comment or by an annotation in its signature. */
export function isDeprecated({ name, doc, details, signature }: Component): boolean {
  if (details?.deprecated !== undefined) return true
  const mark = signature.search(/@deprecated|\[Obsolete/i)
  // An annotation after the name is on a parameter.
  return saysDeprecated(doc?.slice(0, 4_000) ?? '') || (mark >= 0 && mark <= Math.max(0, signature.indexOf(name)))
}

/** Whether a type is an interface with at most one method, such as a callback or plain data, or a class whose only method is abstract. */
export function hasAtMostOneMethod(repo: RepoIndex, { id, kind }: Component): boolean {
  const methods = (repo.members.get(id) ?? []).filter((member) => member.kind === 'method')
  const isShape = kind === 'interface' || kind === 'trait' || methods.some((one) => /\babstract\b/.test(one.signature))
  return isShape && methods.length <= 1
}
