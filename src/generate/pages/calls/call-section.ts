/** Writes the page of call trees, as nested lists; for a program, its first calls on the overview. */

import type { List, RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import type { Component } from '#generate/model.ts'
import { type Draft, newDraft, refTo } from '#generate/pages/draft.ts'
import { toNamesake } from '#generate/pages/names/namesakes.ts'
import { importedSurfaces } from '#generate/pages/public-api/imported-surfaces.ts'
import { ranByPackages } from '#generate/pages/public-api/leading.ts'
import { ownPackages } from '#generate/pages/public-api/own-packages.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import { distinctWords } from '#generate/pages/telling.ts'
import { toLine } from '#generate/pages/usage/usage.ts'
import { usesOf } from '#generate/pages/usage/use-lines.ts'
import { toEntry, toFile, type Writing } from '#generate/pages/writing.ts'
import { heading, type Inline, list, paragraph, plainText } from '#markdown/build.ts'
import type { Body, Call } from './call-tree.ts'
import { bodyOf } from './calls.ts'
import { shownTrees } from './choose-trees.ts'
import { purposeOf } from './telling-calls.ts'

/** Reserved, so no module gets this name. */
const PAGE = 'calls.md'
/** Limit on the lines of the tree on the overview. */
const MAX_FIRST = 10
/** Minimum number of words that the sentence of a root has and its name has not. */
const MIN_WORDS = 2
/** Limit on the lines shown per call; the others are counted. */
const MAX_LINES = 2

/** The page with the call trees; none if nothing calls enough. */
export function callPages(writing: Writing): Draft[] {
  const trees = shownTrees(writing)
  const [first] = trees
  if (first === undefined) return []
  const isAlone = trees.length === 1
  const title = isAlone ? titleFor(writing, first.entry) : [writing.texts.callTree.several]
  const draft = newDraft(PAGE, plainText(paragraph(...title)), null, 'project')
  draft.homes.set(refTo.page(PAGE), null)
  append(draft.blocks, [heading(1, ...title), paragraph(writing.texts.callTree.scope)])
  for (const { entry, body } of trees) {
    const purpose = purposeOf(writing.repo, entry)
    const own = distinctWords(plainText(paragraph(...(purpose ?? []))), entry.qualifiedName)
    const sentence = own.length < MIN_WORDS ? null : purpose
    if (!isAlone) draft.blocks.push(heading(2, ...titleFor(writing, entry)))
    append(draft.blocks, [...(sentence === null ? [] : [paragraph(...sentence)]), listOf(writing, body)])
  }
  return [draft]
}

/** The first calls of a program, for the overview; nothing for a library, whose users call many functions. */
export function callSection(writing: Writing): RootContent[] {
  const [shown] = importedSurfaces(writing).length > 0 ? [] : shownTrees(writing)
  if (shown === undefined || !isMainEntry(writing, shown.entry)) return []
  const first = shortened(shown.body)
  return first.calls.length === 0 ? [] : [heading(2, ...titleFor(writing, shown.entry)), listOf(writing, first)]
}

/** Whether a package runs it. Where no package runs anything, a program starts with its only main function. */
function isMainEntry(writing: Writing, { id, name, file }: Component): boolean {
  const programs = ownPackages(writing).flatMap((one) => one.programs)
  if (programs.length > 0)
    return ranByPackages(writing).has(id) || programs.some(({ runs }) => runs.replace(/^\.\//, '') === file)
  const mains = [...writing.repo.components.values()].filter(
    (one) => one.name === name && one.kind === 'function' && one.parent === null && isMain(one.file, writing.repo),
  )
  return name === 'main' && mains.length === 1
}

/** Two levels of the tree in at most `MAX_FIRST` lines; the calls that lead on to most others are opened first. */
function shortened(tree: Body): Body {
  const calls = tree.calls.slice(0, MAX_FIRST)
  let left = MAX_FIRST - calls.length
  const opened = new Map<Call, readonly Call[]>()
  const inner = ({ body }: Call): readonly Call[] => body?.calls ?? []
  for (const call of calls.toSorted((a, b) => inner(b).length - inner(a).length)) {
    opened.set(call, inner(call).slice(0, left))
    left -= opened.get(call)?.length ?? 0
  }
  const closed = (call: Call): Call => ({ ...call, body: null })
  const firstOf = (call: Call): Call[] => {
    const below = (opened.get(call) ?? []).filter(({ sentence }) => sentence !== null).map(closed)
    return call.sentence === null && below.length === 0
      ? []
      : [{ ...call, body: call.body && { ...call.body, calls: below } }]
  }
  return { ...tree, calls: calls.flatMap(firstOf) }
}

/** There may be many main functions with the same name. */
function titleFor({ texts }: Writing, entry: Component): Inline[] {
  const isMain = entry.name === 'main' && entry.parent === null
  return texts.callTree.title(toEntry(entry), isMain ? toFile(entry.file) : null)
}

function listOf(writing: Writing, { component, calls }: Body): List {
  return list(
    calls.map((call) => {
      const own = paragraph(...lineOf(writing, component, call))
      return call.body === null || call.body.calls.length === 0 ? [own] : [own, listOf(writing, call.body)]
    }),
  )
}

/** A link to the callee, the condition of the call, what implements it, the lines, and the purpose. */
function lineOf(writing: Writing, caller: Component, { callee, dispatch, site, sentence }: Call): Inline[] {
  const { texts, repo } = writing
  const words = texts.callTree
  const [only, ...others] = dispatch.isOpen ? dispatch.overriders : []
  return [
    ...toNamesake(writing, callee),
    site.when === null ? '' : ` (${words[site.when]})`,
    // The calls below are those of the implementation.
    ...(only === undefined || others.length > 0 ? [] : words.implementedBy(toEntry(only))),
    ...linesIn(writing, callee, bodyOf(repo, caller), site.lines),
    ...(sentence === null ? [] : [texts.colon, ...sentence]),
  ]
}

/** ` (lines 12, 40 and 3 more)`: the lines of a body that call a component. */
function linesIn(writing: Writing, used: Component, { id, file }: Component, called: readonly number[]): Inline[] {
  const own = usesOf(writing, used).lines(id)
  // A function that was passed in is called by the name of the parameter.
  const all = called.map((line) => own.find((one) => one.line === line) ?? { line, name: null })
  const shown = all.slice(0, MAX_LINES).map((line) => toLine(writing, file, line, String(line.line)))
  return writing.texts.atLines(shown, all.length - shown.length)
}
