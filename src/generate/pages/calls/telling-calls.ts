/**
 * Tells which calls a tree shows: those with a sentence on what they do, or that lead to much code. Accessors, logging, assertions and
 * error handling are no steps.
 */

import type { PhrasingContent } from 'mdast'
import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { tellingPart } from '#generate/pages/telling.ts'
import { docSentence } from '#generate/pages/writing.ts'
import { paragraph, plainText } from '#markdown/build.ts'
import type { Call } from './call-tree.ts'
import { bodyOf, calleesOf } from './calls.ts'

/** Minimum number of lines that an undocumented callee leads to. */
const MIN_LINES = 30
/** Limit on the lines of an accessor. */
const MAX_ACCESSOR = 8
/** Matches errors and what is derived from one of the language. */
const ERROR = /^\w{0,80}(?:Error|Exception) |\b(?:Base|Runtime|Standard)?(?:Error|Exception)\b/
const REPORTS = /^_?(?:assert|debug|error|fatal|info|log|print|trace|warn|warning)$/i
const GIVES = /^(?:Gets?|Returns?|Sets?|Checks? (?:if|that|whether)|Whether) /

/** The first sentence of a doc comment that says something by itself. */
export const purposeIn = (doc: string | null): PhrasingContent[] | null => docSentence(tellingPart(doc ?? ''))

export function isTelling(repo: RepoIndex, { callee, site, dispatch }: Omit<Call, 'body'>): boolean {
  if (site.when === 'afterError' || REPORTS.test(callee.name) || isErrorOrItsMethod(repo, callee)) return false
  const runs = bodyOf(repo, callee)
  const leading = [runs, ...dispatch.overriders].filter((one) => calleesOf(repo, one).length > 0)
  const sentence = purposeIn(callee.doc)
  if (sentence === null) return leading.some((one) => reachedLines(repo, one) >= MIN_LINES)
  const isShort = runs.endLine - runs.startLine < MAX_ACCESSOR
  return leading.length > 0 || !isShort || !GIVES.test(plainText(paragraph(...sentence)))
}

function isErrorOrItsMethod({ components }: RepoIndex, callee: Component): boolean {
  const owner = callee.parent === null ? undefined : components.get(callee.parent)
  return [callee, owner].some((one) => one?.kind === 'class' && ERROR.test(`${one.name} ${one.signature}`))
}

const works = new WeakMap<RepoIndex, Map<string, number>>()
const MAX_REACHED = 100

/** Number of lines that a call reaches. */
export function reachedLines(repo: RepoIndex, callee: Component): number {
  const known = works.get(repo) ?? new Map<string, number>()
  works.set(repo, known)
  const found = known.get(callee.id)
  if (found !== undefined) return found
  const reached = new Set([bodyOf(repo, callee)])
  let lines = 0
  for (const next of reached) {
    lines += next.endLine - next.startLine + 1
    for (const one of calleesOf(repo, next)) if (reached.size < MAX_REACHED) reached.add(bodyOf(repo, one))
  }
  known.set(callee.id, lines)
  return lines
}
