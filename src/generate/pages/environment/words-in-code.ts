/**
 * Finds descriptions of environment variables in code: a comment that begins with the variable, or that of the setting that it
 * fills.
 */

import type { PhrasingContent } from 'mdast'
import type { Component, Read } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import { isGroupHeading } from '#generate/pages/entry/field-words.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { tellingSentence } from '#generate/pages/telling.ts'
import { requiredBy } from './fallbacks.ts'

const MAX_ABOVE = 8
const MAX_LINE = 300
/** Limit on the lines of a setting; longer definitions have several. */
const MAX_LINES = 3
/** Limit on the lines between an attribute and its definition. */
const MAX_BELOW = 4
const MAX_PLACES = 8
const COMMENT = /^\s{0,80}(?:\/{2,3}!?|#(?!\[)|\*|--|;)\s?(.{0,300})$/
const ATTRIBUTE = /^\s{0,80}(?:#\[|@)/
/** Kinds of definitions that hold a value. */
const SETTINGS = new Set<Component['kind']>(['constant', 'field'])
const HELP = /\bhelp\s{0,3}[=:]\s{0,3}(?:"([^"]{8,200})"|'([^']{8,200})')/

/** The first description and the file that it is from, or `null`. */
export function wordsInCode(
  repo: RepoIndex,
  name: string,
  places: readonly Read[],
): { sentence: PhrasingContent[]; file: string } | null {
  for (const place of places.slice(0, MAX_PLACES))
    for (const text of [
      messageOf(repo, name, place),
      commentOf(repo, name, place),
      helpOf(repo, place),
      docOfSetting(repo, place),
    ]) {
      const sentence = text === undefined ? null : tellingSentence(text, name)
      if (sentence !== null) return { sentence, file: place.file }
    }
  return null
}

/** A comment above the read that begins with the variable. */
function commentOf(repo: RepoIndex, name: string, { file, line }: Read): string | undefined {
  const above = codeLines(repo, file, Math.max(1, line - MAX_ABOVE), line - 1).map((one) => one.slice(0, MAX_LINE))
  const words: string[] = []
  for (const one of above.toReversed()) {
    const [, comment] = COMMENT.exec(one) ?? []
    if (comment === undefined && (words.length > 0 || !ATTRIBUTE.test(one))) break
    if (comment !== undefined) words.unshift(comment.trim())
  }
  const text = words.join('\n')
  // A comment that begins otherwise is on the code below, or on another variable.
  const [start = '', subject] = /^["'`]?(\w{1,100})["'`]?(?:\s?[:=–—-]\s)?/.exec(text) ?? []
  if (subject !== name) return undefined
  return /\s$/.test(start) ? text.slice(start.length) : text
}

/** The doc comment of the constant, variable or field that a read fills, or whose value names the variable. */
function docOfSetting(repo: RepoIndex, { file, line, written }: Read): string | undefined {
  const isAttribute = ATTRIBUTE.test(codeLines(repo, file, line, line)[0] ?? '')
  const own = (repo.tops.get(file) ?? []).flatMap((one) => [one, ...(repo.members.get(one.id) ?? [])])
  const found = own.find(
    ({ kind, startLine, endLine, name, doc }) =>
      SETTINGS.has(kind) &&
      doc !== null &&
      endLine - startLine < MAX_LINES &&
      ((startLine <= line && line <= endLine) ||
        name === written ||
        (isAttribute && line < startLine && startLine <= line + MAX_BELOW)),
  )
  if (found === undefined || isGroupHeading(repo, found)) return undefined
  // The comment above two settings may be about both, or about the first.
  const isOfSeveral = own.some(
    (one) =>
      one.kind === 'field' && one.parent === found.parent && one.doc === null && one.startLine === found.endLine + 1,
  )
  return isOfSeveral ? undefined : (found.doc ?? undefined)
}

const ONLY_REQUIRED =
  /^(?:is |must be |has to be |needs to be |was )?(?:not (?:set|defined|given)|unset|undefined|missing|required|set|needed|empty)[.!]?$/i
const BEHIND_NAME = /^\s?[:=–—-]\s/

/** The message with which a shell script exits if the variable is not set, unless it says nothing else. */
function messageOf(repo: RepoIndex, name: string, place: Read): string | undefined {
  const message = requiredBy(repo, place) ?? ''
  const rest = message.startsWith(name) ? message.slice(name.length) : message
  if (rest === '' || ONLY_REQUIRED.test(rest.trim())) return undefined
  return BEHIND_NAME.test(rest) ? rest.replace(BEHIND_NAME, '') : message
}

/** The help text of an option in the same line. */
function helpOf(repo: RepoIndex, { file, line }: Read): string | undefined {
  const [, double, single] = HELP.exec(codeLines(repo, file, line, line)[0]?.slice(0, MAX_LINE) ?? '') ?? []
  return double ?? single
}
