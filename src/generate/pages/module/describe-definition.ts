/** Summarises the comments on a definition in a few sentences. */

import { memoized } from '#base/memoize.ts'
import { push } from '#base/multimap.ts'
import type { Component } from '#generate/model.ts'
import { cautions } from '#generate/pages/cautions.ts'
import { aliasOf } from '#generate/pages/entry/alias-of.ts'
import { afterFirstSentence } from '#generate/pages/first-sentence.ts'
import { isAmbient, isDelegation, isDeprecated } from '#generate/pages/public-api/traits.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { isTelling, pointsBack, tellingPart, tellingSentence, withoutName } from '#generate/pages/telling.ts'
import { TYPES } from '#generate/pages/tops.ts'
import { docSentence, type Writing } from '#generate/pages/writing.ts'
import { folderOf } from '#generate/paths.ts'
import { paragraph as build, type Inline, oneLine, plainText } from '#markdown/build.ts'
import { withDefinitions } from '#markdown/fragment.ts'
import { isOfAnother, isRemark } from './remarks.ts'

/** A first sentence with at most this many words is a title. */
const TITLE_WORDS = 4
/** Limit on the characters of multiple sentences. */
const MAX_TOGETHER = 240
/** Limits on the characters of a sentence and the one after it that restricts it, and of a title and the first sentence below. */
const MAX_LIMITED = 300
const MAX_BELOW_TITLE = 360
const MAX_SIGNATURE = 1_000
const MAX_REPEATED = 9
/** Limit on the characters of a sentence before an example. */
const MAX_LEADING = 500

/** Marks a description as deprecated, unless it says so itself. */
export function withDeprecation({ texts }: Writing, component: Component, words: Inline[]): Inline[] {
  const isSaid = /^deprecated\b/i.test(textOf(words))
  if (!isDeprecated(component) || isSaid) return words
  return words.length === 0 ? [texts.publicApi.deprecated.trimEnd()] : [texts.publicApi.deprecated, ...words]
}

/** The beginning of the doc comment, or of the comment on its declaration, if it says more than the name. */
export function wordsOf(repo: RepoIndex, component: Component): Inline[] | null {
  const words = known(repo)(component)
  return words === null ? null : structuredClone(words)
}

/** Cached, because pages request the same description repeatedly. */
const known = memoized((repo: RepoIndex) => memoized((component: Component) => findWords(repo, component)))

function findWords(repo: RepoIndex, component: Component): Inline[] | null {
  const describe = (one: Component | undefined): Inline[] | null => {
    if (one === undefined) return null
    const title = one.title ?? one.qualifiedName
    // A comment that only names the parameters and their types says no more than the signature.
    const isShort = !TYPES.has(one.kind) && oneLine(one.doc ?? '').split(' ', MAX_REPEATED + 1).length <= MAX_REPEATED
    const known = isShort ? `${one.signature.slice(0, MAX_SIGNATURE)} ${title}` : title
    const words = tellingWords(one.doc ?? '', one.name, known)
    return words === null ? null : withCautions(words, one.doc)
  }
  const own = isRemark(component) || isOfAnother(repo, component) ? null : describe(component)
  return (
    own ??
    describe(declarationOf(repo, component)) ??
    describe(expectedBy(repo, component)) ??
    describe(delegatedTo(repo, component)) ??
    describe(aliasOf(repo, component))
  )
}

/**
 * The first paragraph, up to a sentence that says nothing or exceeds the limit. A title is followed by the next paragraph.
 *
 * @param title - The name with that of its owner: a sentence without other words says nothing on its own.
 */
export function tellingWords(text: string, name: string, title = name): Inline[] | null {
  const whole = withoutName(text, name)
  // A sentence that introduces an example is shortened to the part before.
  const isLeading = /[:：]$/.test(textOf(docSentence(whole) ?? []))
  const before = isLeading ? beforeExample(whole) : ''
  if (isLeading && before === '') return tellingSentence(whole, title)
  const doc = isLeading ? before : (tellingPart(whole) ?? '')
  const first = docSentence(doc)
  if (first === null || !isTelling(first)) return null
  const isOwn = tellingSentence(doc, title) !== null
  const next = afterFirstSentence(doc)
  const isBoth = isTitle(first) || !isOwn || LIMITS.test(next) || NOTES.test(next)
  const [following = ''] = (isBoth ? next : afterFirstSentence(firstParagraph(doc))).split(/\n\s*\n/, 1)
  const after = withDefinitions(following, text)
  if (isOwn) {
    const words = withNext(first, after)
    const [, below = ''] = isBoth ? [] : doc.split(/\n\s*\n/, 2)
    return words !== null && LIMITS.test(below) ? (withNext(words, below) ?? words) : words
  }
  // About a part: `size is at most 9`.
  const second = /^[`\p{Ll}]/u.test(after) ? null : tellingSentence(after, title)
  if (second === null || POINTER.test(textOf(second)) || textOf(first) === textOf(second)) return null
  const isAlone = standsAlone(after)
  const both = isTitle(first) && isAlone ? null : withNext(first, after)
  if (both !== null && both.length > first.length) return both
  return isAlone || /^it\b/i.test(after) ? withNext(second, afterFirstSentence(after)) : null
}

/** Whether a text can be understood without the sentence before it. */
export const standsAlone = (text: string): boolean =>
  !pointsBack(text) && ![REASON, NO_SUBJECT, COMPARED, DEPENDENT].some((one) => one.test(text))

const firstParagraph = (doc: string): string => doc.split(/\n\s*\n/, 1)[0] ?? ''

/**
 * Appends the sentences of a paragraph to a preceding one, up to the first that says nothing, is too long, or would be misleading
 * without the next one.
 *
 * @returns `null` if the first of them restricts the preceding sentence and is too long.
 */
function withNext(first: Inline[], paragraph: string): Inline[] | null {
  let before: Inline[] | null = null
  let words = first
  const ofFirst = isTitle(first) ? MAX_BELOW_TITLE : MAX_TOGETHER
  let rest = paragraph
  while (rest !== '') {
    const isLimit = LIMITS.test(rest)
    const next = isLimit || NOTES.test(rest) ? docSentence(rest) : tellingSentence(rest)
    const text = next === null ? '…' : textOf(next)
    const max = isLimit ? MAX_LIMITED : words === first ? ofFirst : MAX_TOGETHER
    const isLong = textOf(words).length + text.length > max
    if (text === textOf(words)) return words
    if (next === null || isLong || /[…;,:：]$/.test(text) || POINTER.test(text))
      return isLimit && cautions(rest).length === 0 ? before : words
    before = words
    words = [...words, ' ', ...next]
    rest = afterFirstSentence(rest)
  }
  return words
}

/** Matches the start of a sentence without which the one before it is misleading. */
const LIMITS =
  /^\s*\**(?:but|deprecated|do not|don['’]t|however|instead|it['’]?s required|only|otherwise|then|this will|unfortunately|unless|warning)\b/i

/** Matches the start of a note on the sentence before it, except notes for developers of the code. */
const NOTES = /^\s*\**(?:important|note)\b(?![^.]{0,200}\bmust\b)/i

/** Begins a sentence on what the one before it is about: `Does not include the extension.` */
export const NO_SUBJECT = /^\s{0,9}(?:are|can|did|do|does|has|have|is|may|must|should|was|will)\b/i

/** Matches the start of a reason or a case, which needs a sentence before it: `To keep imports fast, it is loaded late.`, `On error …` */
const REASON = /^(?:because|for|if|in order to|on|so|to|when)\b/i

/** Begins a difference from something else, which does not say what the definition is. */
const COMPARED = /^(?:as opposed to|compared (?:to|with)|in contrast to|unlike)\b/i

/** Begins a sentence on something that the sentence before it mentions: `The resulting orbit …`, `The defaults can be …` */
const DEPENDENT = /^the (?:defaults?|result|resulting|returned)\b/i

/** `Parameters: See orbit.plan.`, `Yes, I wrote it by hand.` */
const POINTER = /^(?:(?:parameters?|arguments?|options?)\W{1,3})?(?:see|yes)\b/i

/** Matches the part of a sentence that introduces an example or a list. */
const LEADS_ON =
  /^([^:`]{20,200}?),? (?:as follows|e\.g\.|for (?:example|instance)|including|like(?: this)?|such as|where [^:]{1,100}|with the following[^:]{0,60}):(?=\s|$)/

/** `Splits a line` for `Splits a line, where each part is of one of these forms:`; '' if no part makes sense alone. */
function beforeExample(whole: string): string {
  const [, words] = LEADS_ON.exec(oneLine(whole.slice(0, MAX_LEADING).split(/\n\s*\n/, 1)[0] ?? '')) ?? []
  return words === undefined ? '' : `${words}.`
}

/** Adds the warnings of the doc comment, such as whom the definition is for. */
function withCautions(words: Inline[], doc: string | null): Inline[] {
  const describe = textOf(words)
  const more = cautions(doc).flatMap((one) => {
    const sentence = docSentence(one)
    return sentence === null || describe.includes(textOf(sentence)) ? [] : [' ', ...sentence]
  })
  return [...words, ...more]
}

const textOf = (sentence: readonly Inline[]): string => plainText(build(...sentence))

const isTitle = (sentence: readonly Inline[]): boolean => textOf(sentence).split(/\s+/).length <= TITLE_WORDS

/** The `expect` declaration of a Kotlin definition for one platform. */
export function expectedBy(repo: RepoIndex, component: Component): Component | undefined {
  const { kind, signature, file } = component
  if (!file.endsWith('.kt') || !(TYPES.has(kind) || ACTUAL.test(signature))) return undefined
  return expectations(repo).get(expectationKey(component))
}

const expectations = memoized((repo: RepoIndex): Map<string, Component> => {
  const found = new Map<string, Component>()
  for (const one of repo.components.values())
    if (one.file.endsWith('.kt') && (isCommon(one) || EXPECT.test(one.signature))) found.set(expectationKey(one), one)
  return found
})

/** Whether it is a type of the source set of all platforms. Signatures of classes have neither modifier. */
const isCommon = ({ kind, file }: Component): boolean =>
  TYPES.has(kind) && /(?:^|\/)common(?:\w{0,40}Main)?\//.test(file)

/** Types of the same name are the same type only if their files are in the same package. */
const expectationKey = ({ kind, qualifiedName, file }: Component): string =>
  `${kind} ${qualifiedName} ${TYPES.has(kind) ? (folderOf(file).split('/kotlin/').at(-1) ?? '') : ''}`

/** Matches the modifier `actual`. */
const ACTUAL = /^(?:[a-z]+ ){0,6}actual /
const EXPECT = /^(?:[a-z]+ ){0,6}expect /

/** The method that a Ruby delegation calls, if only one method of the name is documented. */
function delegatedTo(repo: RepoIndex, component: Component): Component | undefined {
  if (!isDelegation(component)) return undefined
  const found = documentedMethods(repo).get(component.name) ?? []
  return found.length === 1 ? found[0] : undefined
}

/** The documented methods of Ruby by name, without delegations. */
const documentedMethods = memoized((repo: RepoIndex): Map<string, Component[]> => {
  const found = new Map<string, Component[]>()
  for (const one of repo.components.values())
    if (one.file.endsWith('.rb') && one.kind === 'method' && one.doc !== null && !isDelegation(one))
      push(found, one.name, one)
  return found
})

/** The declaration of a JavaScript definition in a declaration file, if there is exactly one. */
export function declarationOf(repo: RepoIndex, { name, file, parent }: Component): Component | undefined {
  if (parent !== null || !/\.[cm]?jsx?$/.test(file)) return undefined
  return declaredOnce(repo).get(name)
}

/** The top-level definitions of declaration files whose name only one of them has. */
const declaredOnce = memoized((repo: RepoIndex): Map<string, Component> => {
  const found = new Map<string, Component>()
  const twice = new Set<string>()
  for (const one of repo.components.values()) {
    if (one.parent !== null || !isAmbient(one)) continue
    if (found.has(one.name)) twice.add(one.name)
    found.set(one.name, one)
  }
  for (const one of twice) found.delete(one)
  return found
})
