/** Writes the collapsed list of the functions that a function calls, in order, with conditions and lines. */

import type { RootContent } from 'mdast'
import type { Component } from '#generate/model.ts'
import { isFunction } from '#generate/pages/entry/member-line.ts'
import { isCode, type RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { list } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { workOf } from './call-chances.ts'
import { lineOf } from './call-section.ts'
import { calleesOf, isConstructor, linesOf, makes } from './calls.ts'
import { type Call, callsIn } from './find-steps.ts'
import { missesMost } from './missed-calls.ts'
import { isAside, isUtility } from './telling-calls.ts'

/** Limit on the calls of an entry; those that reach the most code are shown. */
const MAX_CALLS = 12
/** A function of fewer lines is read faster than its calls. */
const MIN_LINES = 6
/** Limit on the lines of a function that says nothing about its caller if it calls nothing. */
const MAX_LEAF = 3

/**
 * Empty for functions that are short, only of tests, or call only utilities, small leaves or one function that says little of them, and
 * for lists that miss most calls.
 */
export function callsOfEntry(writing: Writing, component: Component): RootContent[] {
  const { repo, texts } = writing
  const { file, startLine, endLine } = component
  if (!isFunction(component) || endLine - startLine + 1 < MIN_LINES) return []
  if (repo.inTests.has(component.id) || !isCode(repo.files.get(file))) return []
  // The work of an assertion may be done by other assertions.
  const isOfAsides = isAside(component)
  const found = callsIn(repo, component, new Map(), (callee) => isOfAsides || !isAside(callee))
  // `new Loader().load(x)` is one call.
  const ofMembers = new Set(
    found.flatMap(({ callee, site }) => site.places.map(({ line }) => `${line} ${callee.parent}`)),
  )
  const isMadeFor = ({ callee, site }: Call): boolean =>
    site.places.every(({ line }) => ofMembers.has(`${line} ${callee.id}`))
  const all = found.filter((call) => !isMadeFor(call))
  const [only] = all.length === 1 ? all : []
  if (only !== undefined && isBesideThePoint(repo, component, only)) return []
  if (all.every((call) => isUtility(repo, call.callee) || isSmallLeaf(repo, call))) return []
  if (missesMost(repo, component, all)) return []
  const heaviest =
    all.length <= MAX_CALLS
      ? all
      : all.toSorted((a, b) => workOf(repo, b.callee) - workOf(repo, a.callee)).slice(0, MAX_CALLS)
  const shown = all.filter((one) => heaviest.includes(one))
  return fold(texts.entry.someCalls, [list(shown.map((call) => lineOf(writing, component, call)))], 'usage')
}

/** Whether a call says little alone: it makes the result that the signature names, or is one case of several. */
function isBesideThePoint(repo: RepoIndex, { signature }: Component, { callee, groups }: Call): boolean {
  const type = isConstructor(repo, callee) ? repo.components.get(callee.parent ?? '') : callee
  if (type !== undefined && makes(repo, callee) && groups.some(({ conditions }) => conditions.length === 0))
    return signature.split(NO_NAME).includes(type.name)
  return groups.every(({ conditions }) => conditions.some(({ kind }) => kind === 'inside' || kind === 'unclear'))
}

/** Whether a call runs a few lines that call nothing of the repository, such as a getter. */
function isSmallLeaf(repo: RepoIndex, { callee, dispatch }: Call): boolean {
  if (!isFunction(callee) || makes(repo, callee) || dispatch.isOpen || dispatch.overriders.length > 0) return false
  return linesOf(repo, callee) <= MAX_LEAF && calleesOf(repo, callee).length === 0
}

const NO_NAME = /[^\p{L}\p{N}_$]+/u
