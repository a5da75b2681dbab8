/**
 * Finds an example of a public name in the documents: the first short code block that calls it
 * and is not yet shown in `MAX_SHOWN` other entries.
 */

import type { Code } from 'mdast'
import { memoized } from '#base/memoize.ts'
import type { Component } from '#generate/model.ts'
import { isConstructor } from '#generate/pages/calls/calls.ts'
import { codeOfDocuments } from '#generate/pages/readme/readme-calls.ts'
import { isMain, type RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { receiverOf } from '#generate/signature-parameters.ts'
import { isCall, offsetsOf } from './is-call.ts'

/** Limit on the lines of a block. */
const MAX_LINES = 12
const MIN_LINES = 3
/** A single line must pass literals or keep the result: `plan(a, b)` says no more than the signature. */
const TELLS = /["'`\d=]/
/** Limit on the entries that show the same block. */
const MAX_SHOWN = 2
/** In the first rounds, a block is shown only for the name it is mainly about. */
const LEADING_ROUNDS = 2
/** Kotlin functions may differ in their receivers only. */
const KOTLIN = /\.kts?$/
const CALLABLE_KINDS = new Set<Component['kind']>(['class', 'function', 'macro', 'method', 'struct'])

export interface DocumentExample {
  readonly path: string
  readonly code: Code
}

/** Keyed by the id of the called component; longer blocks are preferred. */
export const documentExamples = memoized(
  (writing: Writing): ReadonlyMap<string, DocumentExample> => findExamples(writing),
)

function findExamples(writing: Writing): Map<string, DocumentExample> {
  const linesOf = ({ code }: DocumentExample): number => code.value.split('\n').length
  const short = codeOfDocuments(writing).filter(
    (block) => linesOf(block) <= MAX_LINES && (linesOf(block) > 1 || TELLS.test(block.code.value)),
  )
  const { repo } = writing
  const isAmbiguous = ambiguousNames(repo)
  const shown = new Map<Code, number>()
  const found = new Map<string, DocumentExample>()
  const long = short.filter((block) => linesOf(block) >= MIN_LINES)
  for (const [round, { path, code, called, sure }] of [long, short, long, short].flatMap((all, at) =>
    all.map((block) => [at, block] as const),
  ))
    for (const id of round < LEADING_ROUNDS ? firstOf(repo, code.value, called) : called) {
      const component = repo.components.get(id)
      const language = repo.files.get(component?.file ?? '')?.language ?? null
      const times = shown.get(code) ?? 0
      if (component === undefined || found.has(id) || times >= MAX_SHOWN) continue
      if (!sure.has(id) && isAmbiguous(component)) continue
      // Ruby classes are used by naming them: `use Rack::Cors do`.
      const isNamed = language === 'ruby' && component.kind === 'class' && namesWhole(code.value, component.name)
      if (!isNamed && !isCall(code.value, component.name, language)) continue
      found.set(id, { path, code })
      shown.set(code, times + 1)
    }
  return found
}

/** The called component that the code names first: the block is about it. */
function firstOf({ components }: RepoIndex, code: string, called: Iterable<string>): string[] {
  const offsets = [...called].flatMap((id) => {
    const [at] = offsetsOf(code, components.get(id)?.name ?? id)
    return at === undefined ? [] : [{ id, at }]
  })
  return offsets
    .sort((a, b) => a.at - b.at)
    .slice(0, 1)
    .map(({ id }) => id)
}

/** Whether code names a class itself, not only one inside it: `Plan.new`, but not `Plan::Error`. */
const namesWhole = (code: string, name: string): boolean =>
  [...offsetsOf(code, name)].some((at) => !/^::[A-Z]/.test(code.slice(at + name.length, at + name.length + 3)))

/** Returns whether a call by the name alone is ambiguous: `awaitItem()` of two types, or for two receivers. */
function ambiguousNames(repo: RepoIndex): (component: Component) => boolean {
  const byName = new Map<string, Set<string>>()
  for (const one of repo.components.values()) {
    if (!CALLABLE_KINDS.has(one.kind) || one.visibility === 'private' || !isMain(one.file, repo)) continue
    if (repo.inTests.has(one.id) || isConstructor(repo, one)) continue
    const receiver = KOTLIN.test(one.file) ? (receiverOf(one.signature, one.name) ?? '').replace(/[<?].*$/s, '') : ''
    byName.set(one.name, (byName.get(one.name) ?? new Set<string>()).add(`${receiver} ${one.qualifiedName}`))
  }
  return ({ name }) => (byName.get(name)?.size ?? 0) > 1
}
