/**
 * Determines which calls may be steps of a flow, and describes their functions. Accessors, predicates,
 * one-line helpers, utilities that many files call, reports, errors and exits of the program are not steps.
 */

import type { PhrasingContent } from 'mdast'
import type { Component } from '#generate/model.ts'
import { distinctWords } from '#generate/pages/distinct-words.ts'
import { isDeprecated } from '#generate/pages/public-api/traits.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { tellingPart, tellingSentence, withoutName } from '#generate/pages/telling.ts'
import { paragraph, plainText } from '#markdown/build.ts'
import { workOf } from './call-chances.ts'
import { bodyOf, calleesOf, callersOf, isConstructor, linesOf } from './calls.ts'
import { type Dispatch, hasAnonymousOverriders, overridersOf } from './dispatch.ts'

/** Limits on the lines of helpers: in general, of those described as accessors, of those called by many files. */
const MAX_HELPER = 3
const MAX_ACCESSOR = 8
const MAX_UTILITY = 20
/** Minimum numbers of files that call a utility, and one that is as short as a helper. */
const MIN_FILES = 4
const MIN_FILES_OF_HELPER = 3
/** Limit on the lines of a function that only passes on its arguments. */
const MAX_DELEGATING = 12
const MAX_DELEGATIONS = 5
const REPORTS =
  /^_?(?:abort|assert|debug|die|err(?:or)?|exit|fail|fatal|info|log|panic|print(?:f|ln)?|trace|usage|warn|warning)$|and_?exit$/i
/** Matches operators, and Python methods that they call; the type of a value that is called is seldom known. */
const OPERATOR = /^__(?!init__)\w+__$|^[^\p{L}_]+$/u
/** Matches names of predicates. */
const PREDICATE = /^_{0,9}(?:[Aa]re|[Cc]an|[Ee]quals?|[Hh]as|[Ii]s|[Nn]eeds?|[Ss]hould|[Ww]as)(?![a-z])|\?$/
/** Matches names of errors, styles, delays, counters, locks and releases. */
const AUXILIARY =
  /^_{0,9}(?:[Ii]nvariant|[Aa]ssert|[Cc]lone|[Dd]ecrement|[Ii]ncrement|[Rr]aise|[Tt]hrow|(?:[Uu]n)?[Ll]ock|[Ff]ree|[Rr]elease|[Dd]ispose)(?![a-z])|(?:[Ee]rrors?|[Ee]xceptions?|[Ee]rror_?[Mm]essage)$|^(?:max|min)$|[Ss]leep|[Ww]arn|^_{0,9}(?:un)?style$/
/** Matches names of getters, conversions, and factories of auxiliary values. */
export const GETS =
  /^_*(?:(?:[Gg]et|as|to)(?![a-z])|[Aa]lloc|make_?[Cc]hild$|(?:create|get|new)_?\w{0,40}(?:[Bb]uffer|[Cc]ontext|[Rr]eference)$)/
const GIVES = /^(?:Gets?|Returns?|Sets?|\S{1,60} (?:gets|returns|sets)) /i
const ASKS =
  /^(?:(?:\S{1,60} )?(?:checks?|determines?|reports?|returns?|tells?|tests?) (?:(?:false|true) )?(?:if(?:f|\b)|whether|when|true|false)\b|(?:throws?|raises?|true if|whether)\b)/i
/** Says only that it constructs. */
const MAKES = /^(?:Constructors?|Constructs?|Creates?|Initiali[sz]es?|Makes?)\b/

/**
 * Matches text that is not a complete sentence, says what any constructor does, who uses it or what it overrides, or is an
 * implementation note.
 */
const EMPTY =
  /^(?:returns?:|(?:only |mainly )?(?:called|used) (?:by|from|in|internally|only|when)\b|internal(?:ly)?\b|(?:an? )?(?:common |internal )?helper (?:function |method )?for\b|overrid(?:den|es?)\b|(?:for|to) [^,]{1,80}, )|\bwe\b|(?:\.\.\.|…)$|\bfollowing\b[^.]{0,60}\.?$|^(?:Constructs?|Creates?) (?:an?|the) (?:new )?(?:builder|instance|object)\.$/iu
/** Matches deprecated functions, and text that is not about the function itself, such as preconditions. */
const NOT_OF_IT =
  /^(?:DEPRECATED|Deprecated|REQUIRES|Requires|Assumptions?|Private use|[Cc]ondition)\b|\b[Pp](?:ony|oly)fill\b/
/** Minimum number of words of a sentence that are not in the name: `Initialize system.` says no more than `init_system`. */
const MIN_WORDS = 2
const HAS_WORD = /\p{Ll}{3}|\p{Lo}/u

/** The first sentence of a doc comment that says more than the name; for a constructor, that of its type. */
export function purposeOf(repo: RepoIndex, component: Component): PhrasingContent[] | null {
  const { name, qualifiedName, doc, parent } = component
  const own = withoutName(doc ?? '', name)
  const whole = tellingSentence(tellingPart(own), name)
  const text = whole === null ? '' : plainText(paragraph(...whole))
  const isOwn = distinctWords(text, qualifiedName).length >= MIN_WORDS
  const sentence = isOwn && !EMPTY.test(text) && !NOT_OF_IT.test(text) && HAS_WORD.test(text) ? whole : null
  if (!isConstructor(repo, component)) {
    const [base, ...others] = sentence === null ? (repo.overridden.get(component.id) ?? []) : []
    const overridden = others.length === 0 ? repo.components.get(base ?? '') : undefined
    return overridden === undefined ? sentence : purposeOf(repo, overridden)
  }
  if (sentence !== null && !MAKES.test(plainText(paragraph(...sentence)))) return sentence
  const type = repo.components.get(parent ?? '')
  return type === undefined ? null : tellingSentence(tellingPart(type.doc ?? ''), type.name)
}

/** Whether a function is an operator, or has a name that says that it logs, checks or cleans up. */
export const isAside = ({ name, kind }: Component): boolean =>
  (kind === 'function' || kind === 'method') && [OPERATOR, REPORTS, PREDICATE, AUXILIARY].some((one) => one.test(name))

/** Whether a function has a name that says that it answers yes or no. */
export const isPredicate = ({ name }: Component): boolean => PREDICATE.test(name)

/** Whether a call may be a step below a root. */
export function isStep(repo: RepoIndex, root: Component, callee: Component, { overriders }: Dispatch): boolean {
  if (overriders.length === 0) return isWork(repo, root, callee)
  const purpose = plainText(paragraph(...(purposeOf(repo, callee) ?? [])))
  return (
    ![REPORTS, PREDICATE, AUXILIARY].some((one) => one.test(callee.name)) &&
    ![GIVES, ASKS].some((one) => one.test(purpose))
  )
}

/** Whether a function is more than a helper, a utility or a report. */
function isWork(repo: RepoIndex, root: Component, callee: Component): boolean {
  const { name } = callee
  if (isDeprecated(callee)) return false
  if (
    OPERATOR.test(name) ||
    PREDICATE.test(name) ||
    AUXILIARY.test(name) ||
    (REPORTS.test(name) && !REPORTS.test(root.name))
  )
    return false
  const runs = bodyOf(repo, callee)
  const isLeaf = calleesOf(repo, runs).length === 0
  const purpose = plainText(paragraph(...(purposeOf(repo, callee) ?? [])))
  if (ASKS.test(purpose)) return false
  const lines = linesOf(repo, runs)
  if (lines <= (GIVES.test(purpose) ? (isLeaf ? MAX_UTILITY : MAX_ACCESSOR) : isLeaf ? MAX_HELPER : 0)) return false
  return !isUtility(repo, callee)
}

/** Whether many files call a function that does little. */
export function isUtility(repo: RepoIndex, callee: Component): boolean {
  const runs = bodyOf(repo, callee)
  const files = new Set(callersOf(repo, callee).map(({ file }) => file)).size
  return (
    files >= (linesOf(repo, runs) <= MAX_HELPER ? MIN_FILES_OF_HELPER : MIN_FILES) &&
    (calleesOf(repo, runs).length === 0 || workOf(repo, runs) <= MAX_UTILITY)
  )
}

/** Resolves a short function that only passes its arguments on to one of the same name, such as another overload. */
export function throughDelegates(repo: RepoIndex, callee: Component): Component {
  let target = callee
  for (let left = MAX_DELEGATIONS; left > 0; left--) {
    const { name, kind, startLine, endLine } = target
    const [next, ...others] = kind === 'function' || kind === 'method' ? calleesOf(repo, target) : []
    if (next === undefined || others.length > 0 || next.name !== name || next.kind === 'class') break
    if (endLine - startLine >= MAX_DELEGATING) break
    target = next
  }
  const [only, ...others] = repo.callees.has(target.id) ? [] : overridersOf(repo, target)
  return only !== undefined && others.length === 0 && !hasAnonymousOverriders(repo, target) ? only : target
}
