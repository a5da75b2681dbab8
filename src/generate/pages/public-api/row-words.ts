/** What the row of a public name says of it. */

import type { Component, Package } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { isUnsettled, purposeOfName, saidOf } from '#generate/pages/module/said-of.ts'
import { isOnlyDerived, mainMethods, memberWords } from '#generate/pages/module/type-words.ts'
import { TYPES } from '#generate/pages/tops.ts'
import { docSentence, toEntry, type Writing } from '#generate/pages/writing.ts'
import { code, type Inline, join, oneLine, refLink } from '#markdown/build.ts'
import type { PublicName } from './public-names.ts'
import { describeReExport } from './re-exports.ts'

const MAX_LINE = 100
const MIN_WORDS = 4
/** Matches a signature that says more than the kind: parameters, a value, or bases. */
const SAYS_MORE = /[(:=]|\b(?:extends|implements)\b/

/** A description, otherwise the declaration; empty if neither says more than the name. */
export function rowWords(writing: Writing, about: Package | undefined, one: PublicName): Inline[] {
  const { texts } = writing
  const { component, maker, name } = one
  if (component === null) return describeReExport(writing, about, name)
  const said = maker === undefined ? saidOf(writing, component) : madeBy(writing, maker, component)
  const words = said.map((word) => underName(word, component, name))
  const isDerived = isOnlyDerived(writing, component) && purposeOfName(writing, component).length === 0
  if (words.length > 0 && !isDerived) return words
  if (TYPES.has(component.kind)) {
    const members = words.length > 0 ? words : memberWords(writing, component)
    // Of very many members, a few say more than an empty cell or a base alone.
    const main = members.length > words.length ? [] : mainMethods(writing, component)
    const has = main.length === 0 ? [] : texts.entry.has(texts.andOthers(join(main.map(linkTo), texts.comma)))
    const parts = [members, has].filter((part) => part.length > 0)
    return parts.length > 0 ? join(parts, ' · ') : ownComment(component)
  }
  const head = oneLine(component.signature)
  return isSaying(component, head) ? [{ ...code(head), data: { isQuoted: true } }] : ownComment(component)
}

/** A comment that repeats the words of the name says more than the name alone, if it is a sentence. */
function ownComment({ doc }: Component): Inline[] {
  return (doc ?? '').trim().split(/\s+/, MIN_WORDS).length < MIN_WORDS ? [] : (docSentence(doc) ?? [])
}

/** `on(event)` for the head `addListener(event)` of a function that is exported under both names. */
function underName(word: Inline, component: Component, name: string): Inline {
  const isHead = typeof word !== 'string' && word.type === 'inlineCode' && word.value.startsWith(`${component.name}(`)
  if (!isHead || name === component.name || !/^[\w$]+$/.test(name)) return word
  return { ...word, value: `${name}${word.value.slice(component.name.length)}` }
}

const linkTo = ({ id, name }: Component): Inline[] => [refLink(refTo.component(id), code(name))]

/** For a name that cannot be imported, the function that returns it comes first. */
function madeBy(writing: Writing, maker: Component, component: Component): Inline[] {
  const said = purposeOfName(writing, component)
  const made = writing.texts.publicApi.returnedBy(toEntry(maker))
  return said.length === 0 ? made : [...made, writing.texts.colon, ...said]
}

/** Whether a declaration says more than the name; `class Railtie < ::Rails::Railtie` does not. */
function isSaying(component: Component, head: string): boolean {
  return (
    head.length <= MAX_LINE &&
    !isUnsettled(component) &&
    SAYS_MORE.test(head) &&
    !/[{(,=]$/.test(head) &&
    head.match(/\w+/g)?.at(-1) !== component.name
  )
}
