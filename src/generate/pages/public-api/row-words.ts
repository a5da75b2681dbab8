/** What the row of a public name says of it. */

import type { Component, Package } from '#generate/model.ts'
import { isUnsettled, purposeOfName, saidOf } from '#generate/pages/module/said-of.ts'
import { memberWords } from '#generate/pages/module/type-words.ts'
import { TYPES } from '#generate/pages/tops.ts'
import { toEntry, type Writing } from '#generate/pages/writing.ts'
import { code, type Inline, oneLine } from '#markdown/build.ts'
import type { PublicName } from './public-names.ts'
import { describeReExport } from './re-exports.ts'

const MAX_LINE = 100
/** Matches a signature that says more than the kind: parameters, a value, or bases. */
const SAYS_MORE = /[(:=]|\b(?:extends|implements)\b/

/** A description, otherwise the declaration; empty if neither says more than the name. */
export function rowWords(writing: Writing, about: Package | undefined, one: PublicName): Inline[] {
  const { component, maker, name } = one
  if (component === null) return describeReExport(writing, about, name)
  const words = maker === undefined ? saidOf(writing, component) : madeBy(writing, maker, component)
  if (words.length > 0) return words
  if (TYPES.has(component.kind)) return memberWords(writing, component)
  const head = oneLine(component.signature)
  return isSaying(component, head) ? [{ ...code(head), data: { isQuoted: true } }] : []
}

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
