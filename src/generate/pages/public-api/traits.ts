/** What tells definitions apart that lead from those that follow: errors, constants, what is deprecated, only declared, or made elsewhere. */

import type { Component } from '#generate/model.ts'
import { sendsElsewhere } from '#generate/pages/cautions.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

const AMBIENT = /\.d\.[cm]?ts$/
const ERROR_WORDS =
  /^\s*(?:(?:an?|the|base|this)\s+){0,2}(?:\w+ )?(?:error|exception)\b(?!\s+(?:handl|pag|report|log|messag|cod|track|bound))|^\s*(?:raised|thrown) /i
const ERROR = /(?:Error|Exception|Warning|Failure)(?:Interface)?$/
/** Of what comes from something else. */
export const MADE_ELSEWHERE = 0.4
/** Where a paragraph begins, other than a version note: further on, a parameter or an earlier name may be meant. */
const DEPRECATED =
  /(?:^|\n[ \t]*\n)(?![ \t]*[-*+] |\*Deprecated since version )[^\w\n]{0,20}deprecated\b|\*\*deprecated|^[^\n]{0,200}\bdeprecated since\b/i
const DEPRECATED_LINE = /^(?![ \t]*[-*+] )[^\w\n*]{0,20}(?:Deprecated|DEPRECATED)(?:[:.!,]| (?:as of|in|since)\b)/m

/** By its name, by that of what it extends, or by its own words. */
export function isError(repo: RepoIndex, { id, name, kind, doc }: Component): boolean {
  if (kind === 'function' || kind === 'method' || kind === 'constant') return false
  return (
    ERROR.test(name) ||
    ERROR_WORDS.test(doc ?? '') ||
    (repo.bases.get(id) ?? []).some((base) => ERROR.test(repo.components.get(base)?.name ?? ''))
  )
}

/** What only comes from something else: its constructors are not for users, and nothing of it can be called without one. */
export function isMadeElsewhere(repo: RepoIndex, { id, name, kind }: Component): boolean {
  if (kind !== 'class' && kind !== 'struct') return false
  const members = repo.members.get(id) ?? []
  const constructors = members.filter((one) => one.name === name || one.name === 'constructor')
  return (
    constructors.length > 0 &&
    !constructors.some(({ exported }) => exported) &&
    !members.some(({ exported, signature }) => exported && /\bstatic\b/.test(signature))
  )
}

/** Only declared here, for a checker of types. */
export function isAmbient({ file }: Component): boolean {
  return AMBIENT.test(file)
}

/** Macros, constants and names of one letter, such as type variables, say little of what a file is for. */
export function minor(component: Component): number {
  const { kind, name } = component
  return kind === 'macro' || [...name].length === 1 ? 2 : kind === 'constant' || kind === 'field' ? 1 : 0
}

/** An enum that only lists values. */
export function isList(repo: RepoIndex, { id, kind }: Component): boolean {
  return kind === 'enum' && (repo.members.get(id) ?? []).every((member) => member.kind !== 'method')
}

/** What is only given to something else, by its name: that comes first. */
export function isOptionsType({ kind, name }: Component): boolean {
  return (
    (kind === 'interface' || kind === 'type' || kind === 'struct' || kind === 'class') &&
    /[a-z](?:Args|Arguments|Config|Configuration|Opts|Options|Params|Parameters|Props|Settings)$/.test(name)
  )
}

/** Folders of what those who work on a project run, at the top. */
const TOOLS =
  /^(?:\.\w+|bench(?:marks?|marking)?|ci|contrib|dev|docs?|extras?|fuzz(?:ing)?|hack|perf|profiling|scripts?|tools?)\/|(?:^|\/)xtask\//i

/** Benchmarks, release scripts and the like, wherever the repository counts them to its code. */
export function isToolFile(path: string): boolean {
  return TOOLS.test(path)
}

/** A method of Ruby that another object answers, or that only reads a variable. */
export function isDelegation({ kind, signature, file, name, doc, details }: Component): boolean {
  const isCalled = kind === 'method' || kind === 'function'
  const isRuby = isCalled && file.endsWith('.rb')
  // One that is known has the parameters of the method behind it, and refers to that.
  const behind = `#${name.replace(/=$/, '')}`
  if (isRuby && doc === null && details?.see?.some((one) => one.replace(/=?`$/, '').endsWith(behind)) === true)
    return true
  return isRuby && /^(?:(?:class << self; )?(?:def_(?:instance_)?delegators?|delegate)|attr_\w+)\b/.test(signature)
}

/** A build of sbt or Gradle: its values are its own. */
const BUILD = /\.sbt$|(?:^|\/)(?:build|settings)\.gradle(?:\.kts)?$/

/** A variable of a build, or of a shell script that no other file names: the script's own, whatever the shell allows. */
export function isScriptVariable({ files, users, components }: RepoIndex, { id, kind, file }: Component): boolean {
  if (BUILD.test(file)) return kind === 'constant' || kind === 'field'
  if (kind !== 'constant' || files.get(file)?.language !== 'bash') return false
  return ![...(users.get(id)?.keys() ?? [])].some((end) => (components.get(end)?.file ?? end) !== file)
}

/** Methods that Ruby calls by itself. */
const HOOK =
  /^(?:included|inherited|extended|prepended|method_added|method_missing|const_missing|respond_to_missing\?)$/

/** What the language calls and no user does. */
export function isHook({ name, kind, file }: Component): boolean {
  return (kind === 'function' || kind === 'method') && file.endsWith('.rb') && HOOK.test(name)
}

/** Its doc comment sends users elsewhere: nothing begins with it, and it stands for nothing. */
export function isDiscouraged({ doc }: Component): boolean {
  return sendsElsewhere(doc)
}

const UNSETTLED = /^(?:unstable|experimental|internal|legacy|deprecated|UNSAFE)_/i

/** By its name it may change, or is not for users. */
export function isUnsettled({ name }: Pick<Component, 'name'>): boolean {
  return UNSETTLED.test(name)
}

const isSaid = (doc: string): boolean => DEPRECATED.test(doc) || DEPRECATED_LINE.test(doc)

/** Said by its doc comment, or by an annotation that its signature shows. */
export function isDeprecated({ doc, details, signature }: Component): boolean {
  if (details?.deprecated !== undefined) return true
  return isSaid(doc?.slice(0, 4_000) ?? '') || /@deprecated|\[Obsolete/i.test(signature)
}

/** An interface of one method: what something else is given. */
export function isCallback(repo: RepoIndex, { id, kind }: Component): boolean {
  const isShape = kind === 'interface' || kind === 'trait'
  return isShape && (repo.members.get(id) ?? []).filter((member) => member.kind === 'method').length <= 1
}
