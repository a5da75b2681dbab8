/** Writes the page of call trees, as nested lists; that of a program is also on the overview. */

import type { List, RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import type { Component } from '#generate/model.ts'
import { type Draft, newDraft, refTo } from '#generate/pages/draft.ts'
import { toNamesake } from '#generate/pages/names/namesakes.ts'
import { importedSurfaces } from '#generate/pages/public-api/imported-surfaces.ts'
import { ranByPackages } from '#generate/pages/public-api/leading.ts'
import { ownPackages } from '#generate/pages/public-api/own-packages.ts'
import { quoted } from '#generate/pages/quoted.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import { toEntry, toFile, type Writing } from '#generate/pages/writing.ts'
import { heading, type Inline, join, list, paragraph, plainText } from '#markdown/build.ts'
import { isExample } from './call-tree.ts'
import { bodyOf } from './calls.ts'
import { shownTrees } from './choose-trees.ts'
import type { Condition, Place } from './conditions.ts'
import type { Body, Call } from './find-steps.ts'
import type { GivenCall } from './given-calls.ts'
import { isLeaf } from './shorten-tree.ts'
import { purposeOf } from './telling-calls.ts'

/** Reserved, so no module gets this name. */
const PAGE = 'calls.md'
/** Limit on the implementations of an interface that a call names. */
const MAX_IMPLEMENTATIONS = 4
/** Limit on the line numbers shown for a call; if there are more, none are shown. */
const MAX_LINES = 6

/** The page with the call trees; none if nothing calls enough, or if the only one is on the overview. */
export function callPages(writing: Writing): Draft[] {
  const trees = shownTrees(writing)
  const [first] = trees
  if (first === undefined || (trees.length === 1 && callSection(writing).length > 0)) return []
  const isAlone = trees.length === 1
  const title = isAlone ? titleFor(writing, first.entry) : [writing.texts.callTree.several]
  const draft = newDraft(PAGE, plainText(paragraph(...title)), null, 'project')
  draft.homes.set(refTo.page(PAGE), null)
  draft.blocks.push(heading(1, ...title))
  for (const { entry, body } of trees) {
    const sentence = purposeOf(writing.repo, entry)
    if (!isAlone) draft.blocks.push(heading(2, ...titleFor(writing, entry)))
    append(draft.blocks, [...(sentence === null ? [] : [paragraph(...sentence)]), listOf(writing, body)])
  }
  return [draft]
}

/** The calls of a program, for the overview; empty for a library, whose users call many functions. */
export function callSection(writing: Writing): RootContent[] {
  const [shown] = importedSurfaces(writing).length > 0 ? [] : shownTrees(writing)
  if (shown === undefined || !isMainEntry(writing, shown.entry)) return []
  return [heading(2, ...titleFor(writing, shown.entry)), listOf(writing, shown.body)]
}

/** Whether a package runs it. If no package runs anything, a program starts with its only main function. */
function isMainEntry(writing: Writing, { id, name, file }: Component): boolean {
  if (id === file) return true
  const programs = ownPackages(writing).flatMap((one) => one.programs)
  if (programs.length > 0)
    return ranByPackages(writing).has(id) || programs.some(({ runs }) => runs.replace(/^\.\//, '') === file)
  const mains = [...writing.repo.components.values()].filter(
    (one) => one.name === name && one.kind === 'function' && one.parent === null && isMain(one.file, writing.repo),
  )
  return name === 'main' && mains.length === 1
}

/** There may be many main functions with the same name. */
function titleFor({ texts }: Writing, entry: Component): Inline[] {
  if (entry.id === entry.file) return texts.callTree.title(toFile(entry.file), null)
  const isMain = entry.name === 'main' && entry.parent === null
  return texts.callTree.title(toEntry(entry), isMain ? toFile(entry.file) : null)
}

function listOf(writing: Writing, { component, calls, given }: Body): List {
  const steps = calls.map((call) => {
    const own = paragraph(...lineOf(writing, component, call))
    const blocks = call.body === null || isLeaf(call) ? [own] : [own, listOf(writing, call.body)]
    return { line: call.site.line, blocks }
  })
  for (const one of given) {
    const line = one.places[0]?.line ?? 0
    const at = steps.findIndex((step) => step.line > line)
    steps.splice(at < 0 ? steps.length : at, 0, {
      line,
      blocks: [paragraph(...givenIn(writing, component, one))],
    })
  }
  return list(steps.map(({ blocks }) => blocks))
}

/** The call of a value, with its conditions and its line. */
function givenIn(writing: Writing, caller: Component, { name, places, conditions }: GivenCall): Inline[] {
  return [
    ...writing.texts.callTree.given([quoted(name)]),
    ...inWords(writing, conditions),
    ...linesIn(writing, bodyOf(writing.repo, caller), places),
  ]
}

/** The intermediate calls, a link to the callee, the conditions of the call, its implementations, the lines, and the purpose. */
export function lineOf(writing: Writing, caller: Component, { via, ...call }: Call): Inline[] {
  const { texts, repo } = writing
  const callers = [caller, ...via.map(({ body, callee }) => body?.component ?? callee)]
  const path = [...via, { ...call, via: [] }].map(({ callee, dispatch, groups }, at): Inline[] => {
    const { isOpen, overriders, hasAnonymous, example } = dispatch
    const isNamed = isOpen && !hasAnonymous && overriders.length > 0 && overriders.length <= MAX_IMPLEMENTATIONS
    return [
      ...toNamesake(writing, callee),
      ...(isExample({ dispatch }) && example !== null
        ? texts.callTree.forExample(toEntry(example))
        : isNamed
          ? texts.callTree.implementedBy(join(overriders.map(toEntry), ', '))
          : []),
      ...callsOf(writing, bodyOf(repo, callers[at] ?? caller), groups),
    ]
  })
  return [...join(path, ' → '), ...(call.sentence === null ? [] : [texts.colon, ...call.sentence])]
}

/** ` (if `x`) (line 12), (in `for x in xs`) (line 40)`: the conditions and lines of the calls. */
const callsOf = (writing: Writing, body: Component, groups: Call['groups']): Inline[] =>
  join(
    groups.map(({ conditions, places }) => [
      ...inWords(writing, conditions, places.every(isDeferred(writing, body))),
      ...linesIn(writing, body, places),
    ]),
    ',',
  )

/** Languages with a statement that defers calls to the end of a function or block. */
const DEFERS = /\.(?:go|swift)$/

const isDeferred =
  ({ repo }: Writing, { file }: Component) =>
  ({ block }: Place): boolean =>
    DEFERS.test(file) && repo.occurrences.blocksAround({ file, block }).some(({ kind }) => kind === 'deferred')

function inWords({ texts }: Writing, conditions: readonly Condition[], isLast = false): Inline[] {
  const each = conditions.map(({ kind, code: text }): Inline[] =>
    kind === 'unclear' || kind === 'early'
      ? [texts.callTree[kind]]
      : kind === 'repeated' || kind === 'failed'
        ? [texts.callTree.repeated]
        : texts.callTree[kind === 'loop' || kind === 'whenCalled' ? 'inside' : kind]([quoted(text)]),
  )
  if (isLast) each.unshift([texts.callTree.deferred])
  return each.length === 0 ? [] : [' (', ...join(each, ', '), ')']
}

/** ` (lines 12 and 40)`: all lines of a body that call a component; empty if there are too many. */
function linesIn({ sources, texts }: Writing, { file }: Component, places: readonly Place[]): Inline[] {
  const called = [...new Set(places.map(({ line }) => line))].sort((a, b) => a - b)
  if (called.length > MAX_LINES) return []
  return texts.atLines(called.map((line) => sources.place(file, line, line, String(line))))
}
