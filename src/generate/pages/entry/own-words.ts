/** Determines whether a definition has a description that says more than its name or what every definition has. */

import type { Component, DocDetails, DocField } from '#generate/model.ts'
import { distinctWords } from '#generate/pages/distinct-words.ts'
import { wordsOf } from '#generate/pages/module/describe-definition.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { oneLine } from '#markdown/build.ts'

/** Kinds whose signature says everything, so that a row is enough. */
export const SMALL = new Set<Component['kind']>(['constant', 'field', 'macro', 'namespace', 'type'])

/** A comment of at least this many characters says something beyond its first sentences. */
const MIN_LONG = 240
/** Equality, order and hashes, which work the same in every type: `equals`, `__hash__`, `<=>`. */
const TRIVIAL =
  /^(?:compareTo|equals|Equals|GetHashCode|GetType|getClass|hash|hashCode|eql\?|==|!=|<|>|<=|>=|<=>|===|operator ?(?:==|!=|<|>|<=|>=|<=>)|__(?:eq|ne|lt|le|gt|ge|hash)__)$/

export const isTrivial = ({ kind, name }: Component): boolean =>
  (kind === 'method' || kind === 'function') && TRIVIAL.test(name)

/** Whether the comment, or one of its parts, says more than the name. */
export function isDescribed(repo: RepoIndex, component: Component): boolean {
  const { doc, details } = component
  if (hasDetails(details)) return true
  if (doc === null) return false
  return FENCE.test(doc) || oneLine(doc).length >= MIN_LONG || wordsOf(repo, component) !== null
}

/** Whether a comment adds nothing to the signature: it has no words other than those of a name. */
export const isTautology = (doc: string, title: string): boolean => distinctWords(doc, title).length === 0

/** The part of a constructor's comment that adds to the comment and the signature of its type, from its first such paragraph on. */
export function constructorWords(type: Component, { doc, signature }: Component, title: string): string {
  const said = (type.doc ?? '').toLowerCase()
  const isNew = (paragraph: string): boolean =>
    FENCE.test(paragraph) ||
    distinctWords(paragraph.replace(MAKES, ''), `${title} ${signature}`).some((word) => !said.includes(word))
  const paragraphs = (doc ?? '').split('\n\n')
  const first = paragraphs.findIndex(isNew)
  return first < 0 ? '' : paragraphs.slice(first).join('\n\n')
}

/** What every constructor does. */
const MAKES = /\b(?:builds?|construct(?:s|or)?|creates?|initiali[sz]e[rs]?|instantiates?|makes?)\b/gi

/** The start of a code block, such as an example of use. */
const FENCE = /^ {0,3}(?:```|~~~)|\n\n {4}\S/m

function hasDetails(details: DocDetails | undefined): boolean {
  if (details === undefined) return false
  const { deprecated, examples, parameters, fields, returns, yields, raises } = details
  const lists: readonly (readonly DocField[] | undefined)[] = [parameters, fields, returns, yields, raises]
  return (
    deprecated !== undefined ||
    (examples ?? []).length > 0 ||
    lists.some((list) => (list ?? []).some(({ text }) => text !== ''))
  )
}

/** Whether anything inside a definition is described, at any depth. */
export function isDescribedInside(repo: RepoIndex, { id }: Component): boolean {
  const inside = [...(repo.members.get(id) ?? [])]
  for (const one of inside) {
    if (!isTrivial(one) && isDescribed(repo, one)) return true
    for (const next of repo.members.get(one.id) ?? []) inside.push(next)
  }
  return false
}

/** The words before a name: `export const `. */
const KEYWORDS = /^(?:[a-z]{1,20} ){1,6}/

/** Whether a signature says no more than the name: `stop()`. */
export function isBare({ name, signature, parent }: Component): boolean {
  const said = signature.replace(KEYWORDS, '')
  return said === name || (said === `${name}()` && parent === null)
}
