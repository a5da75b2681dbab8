/** Writes the page of call trees, collapsible, with the callers of each entry; for a program, its first calls on the overview. */

import type { RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import type { Component } from '#generate/model.ts'
import { type Draft, newDraft, refTo } from '#generate/pages/draft.ts'
import { toNamesake } from '#generate/pages/names/namesakes.ts'
import { importedSurfaces } from '#generate/pages/public-api/imported-surfaces.ts'
import { ranByPackages } from '#generate/pages/public-api/leading.ts'
import { ownPackages } from '#generate/pages/public-api/own-packages.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import { tellingPart } from '#generate/pages/telling.ts'
import { toLine } from '#generate/pages/usage/usage.ts'
import { usesOf } from '#generate/pages/usage/use-lines.ts'
import { few } from '#generate/pages/words.ts'
import { docSentence, titleOf, toEntry, toFile, type Writing } from '#generate/pages/writing.ts'
import { code, heading, type Inline, list, paragraph, plainText, refLink } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import type { Body, Call } from './call-tree.ts'
import { bodyOf, callersOf } from './calls.ts'
import { shownTrees } from './choose-trees.ts'
import { passedFunctions } from './passed-functions.ts'
import type { When } from './use-site.ts'

/** Reserved, so no module gets this name. */
const PAGE = 'calls.md'
/** Limit on the lines of the tree on the overview. */
const MAX_FIRST = 10
const MAX_CALLERS = 12
/** Limit on the lines shown per call; the others are counted. */
const MAX_LINES = 2
const MAX_NAMES = 5
const MAX_OVERRIDERS = 3
/** Limit on the setters shown for calls in a row. */
const MAX_IN_ROW = 3

/** The page with the call trees; none if nothing calls enough. */
export function callPages(writing: Writing): Draft[] {
  const trees = shownTrees(writing)
  const [first] = trees
  if (first === undefined) return []
  const isAlone = trees.length === 1
  const title = isAlone ? titleFor(writing, first.entry) : [writing.texts.callTree.several]
  const draft = newDraft(PAGE, plainText(paragraph(...title)), null, 'project')
  draft.homes.set(refTo.page(PAGE), null)
  if (!isAlone) draft.blocks.push(heading(1, ...title))
  for (const { entry, body } of trees) {
    const sentence = purposeIn(entry.doc)
    append(draft.blocks, [
      heading(isAlone ? 1 : 2, ...titleFor(writing, entry)),
      ...(sentence === null ? [] : [paragraph(...sentence)]),
      ...levelOf(writing, body),
      ...callersSection(writing, entry),
    ])
  }
  return [draft]
}

/** The first calls of a program, for the overview; nothing for a library, whose users call many functions. */
export function callSection(writing: Writing): RootContent[] {
  const [shown] = importedSurfaces(writing).length > 0 ? [] : shownTrees(writing)
  if (shown === undefined || !isMainEntry(writing, shown.entry)) return []
  const { entry, body } = shown
  const { texts } = writing
  return [
    heading(2, ...titleFor(writing, entry)),
    shortTree(writing, body),
    paragraph(...texts.callTree.whole([refLink(refTo.page(PAGE), ...titleFor(writing, entry).map(unlinked))])),
  ]
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
function shortTree(writing: Writing, tree: Body): RootContent {
  const calls = tree.calls.slice(0, MAX_FIRST)
  let left = MAX_FIRST - calls.length
  const opened = new Map<Call, readonly Call[]>()
  const inner = ({ body }: Call): readonly Call[] => body?.calls ?? []
  for (const call of calls.toSorted((a, b) => inner(b).length - inner(a).length)) {
    opened.set(call, inner(call).slice(0, left))
    left -= opened.get(call)?.length ?? 0
  }
  const line = (caller: Component, call: Call): Inline[] =>
    lineOf(writing, caller, { ...call, unopened: 0 }, whenOf(writing, call.site.when))
  return list(
    calls.map((call) => {
      const below = opened.get(call) ?? []
      const own = paragraph(...line(tree.component, call))
      const caller = call.body?.component
      return below.length === 0 || caller === undefined ? [own] : [own, list(below.map((one) => line(caller, one)))]
    }),
  )
}

/** There may be many main functions with the same name. */
function titleFor({ texts }: Writing, entry: Component): Inline[] {
  const isMain = entry.name === 'main' && entry.parent === null
  return texts.callTree.title(toEntry(entry), isMain ? toFile(entry.file) : null)
}

/** A link cannot be inside of another one. */
const unlinked = (part: Inline): Inline => (typeof part === 'string' ? part : plainText(part))

/** The first informative sentence of a doc comment. */
const purposeIn = (doc: string | null): Inline[] | null => docSentence(tellingPart(doc ?? ''))

/** Calls without calls of their own are in lists between the collapsible ones. */
function levelOf(writing: Writing, { component, calls, more, unfollowed }: Body): RootContent[] {
  const { texts } = writing
  const blocks: RootContent[] = []
  let plain: Inline[][] = []
  const flush = (): void => {
    if (plain.length > 0) blocks.push(list(plain))
    plain = []
  }
  for (const call of calls) {
    const { body, site, callee } = call
    if (body === null || body.calls.length === 0) {
      plain.push(lineOf(writing, component, call, whenOf(writing, site.when)))
      continue
    }
    flush()
    const title = `${titleOf(callee)}${whenOf(writing, site.when)}`
    append(blocks, fold(title, [paragraph(...lineOf(writing, component, call, '')), ...levelOf(writing, body)]))
  }
  if (more > 0) plain.push([texts.more(more)])
  if (unfollowed.length > 0)
    plain.push(
      texts.callTree.unfollowed(
        namesOf(
          writing,
          unfollowed.map(({ name }) => name),
        ),
      ),
    )
  const later = passedFunctions(writing.repo, component).map(({ name, lines }): Inline[] => [
    { ...code(name), data: { isQuoted: true } },
    ...linesOf(writing, bodyOf(writing.repo, component), lines),
  ])
  if (later.length > 0) plain.push(texts.callTree.handsOn(few(later, MAX_NAMES, texts)))
  flush()
  return blocks
}

/** A link to the callee, the condition of the call, other possible targets, the lines, and the purpose. */
function lineOf(writing: Writing, caller: Component, call: Call, when: string): Inline[] {
  const { texts, repo } = writing
  const { callee, dispatch, body, unopened, site } = call
  const words = texts.callTree
  const { isOpen, overriders, isOneOfSeveral, overloads } = dispatch
  // Only one overload takes this number of arguments.
  if (overloads.length > 1) {
    const name = [refLink(refTo.component(callee.id), code(callee.qualifiedName))]
    return [...words.oneOverload(overloads.length, name), when, ...linesOf(writing, bodyOf(repo, caller), site.lines)]
  }
  const others = few(
    overriders.map((one) => toEntry(one)),
    MAX_OVERRIDERS,
    texts,
  )
  if (call.others.length > 0) {
    const row = [callee, ...call.others].map((one) => toNamesake(writing, one))
    return [...few(row, MAX_IN_ROW, texts), when, ...linesIn(writing, callee, bodyOf(repo, caller), site.lines)]
  }
  const sentence = purposeIn(callee.doc)
  return [
    ...toNamesake(writing, callee),
    when,
    ...(overriders.length === 0 ? [] : isOpen ? words.implementedBy(others) : words.overriddenBy(others)),
    isOneOfSeveral ? words.oneDefinition : '',
    ...linesIn(writing, callee, bodyOf(repo, caller), site.lines),
    ...site.others.flatMap((one): Inline[] => [
      ` · ${words[one.when]}`,
      ...linesIn(writing, callee, bodyOf(repo, caller), one.lines),
    ]),
    unopened > 0 ? words.unopened(unopened) : '',
    ...(body?.calls.length === 0 && body.unfollowed.length > 0
      ? words.callsUnknown(
          namesOf(
            writing,
            body.unfollowed.map(({ name }) => name),
          ),
        )
      : []),
    ...(sentence === null ? [] : [texts.colon, ...sentence]),
  ]
}

/** Names from the code are marked as code. */
function namesOf({ texts }: Writing, names: readonly string[]): Inline[] {
  const all = names.map((name): Inline[] => [{ ...code(name), data: { isQuoted: true } }])
  return few(all, MAX_NAMES, texts)
}

/** ` (lines 12, 40 and 3 more)`: the lines of a body that use a component, or that call it. */
function linesIn(writing: Writing, used: Component, { id, file }: Component, called?: readonly number[]): Inline[] {
  const lines = usesOf(writing, used).lines(id)
  const own = called === undefined ? lines : lines.filter(({ line }) => called.includes(line))
  // A function that was passed in is called by the name of the parameter.
  if (own.length === 0 && called !== undefined && lines.length === 0) return linesOf(writing, { file }, called)
  if (own.length === 0) return []
  const shown = own.slice(0, MAX_LINES).map((line) => toLine(writing, file, line))
  return writing.texts.atLines(shown, own.length - shown.length)
}

/** The same for given lines. */
function linesOf(writing: Writing, { file }: Pick<Component, 'file'>, lines: readonly number[]): Inline[] {
  const shown = lines.slice(0, MAX_LINES).map((line) => toLine(writing, file, { line, name: null }))
  return writing.texts.atLines(shown, lines.length - shown.length)
}

function whenOf({ texts }: Writing, when: When | null): string {
  return when === null ? '' : ` (${texts.callTree[when]})`
}

/** The callers of the entry. */
function callersSection(writing: Writing, entry: Component): RootContent[] {
  const { texts, repo } = writing
  const callers = callersOf(repo, entry)
  if (callers.length === 0) return []
  const items = callers
    .slice(0, MAX_CALLERS)
    .map((caller): Inline[] => [...toNamesake(writing, caller), ...linesIn(writing, entry, caller)])
  const rest = callers.length - items.length
  return fold(texts.callTree.calledBy(callers.length), [list(rest > 0 ? [...items, [texts.more(rest)]] : items)])
}
