/** Says what files hold by their main definitions, each with what it is: `parse(text): Plan`, class `Planner`. */

import type { Component } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { kindWord } from '#generate/pages/entry/kind-word.ts'
import { calledAs, toUsersEntry } from '#generate/pages/public-api/called-as.ts'
import { importedSurfaces } from '#generate/pages/public-api/imported-surfaces.ts'
import { isAmbient, isDeprecated, isDiscouraged, isError, minor } from '#generate/pages/public-api/traits.ts'
import { isCode, isTest } from '#generate/pages/repo-index.ts'
import { declaredIn, isAdded, TYPES } from '#generate/pages/tops.ts'
import { few } from '#generate/pages/words.ts'
import { isPublic, titleOf, type Writing } from '#generate/pages/writing.ts'
import { parameterList } from '#generate/signature-parameters.ts'
import { code, type Inline, plainText, refLink } from '#markdown/build.ts'
import { MAY_BE_SCRIPT } from './file-summary.ts'
import { isLooseScript } from './holdings.ts'
import { headOf } from './method-head.ts'
import { isCalledLike, ownerOf } from './names-of-files.ts'
import { shownIn } from './shown.ts'
import { isUsedElsewhere, linesOf, MOST } from './subject-of-file.ts'
import { toldNames } from './told-names.ts'
import { isToolSettings } from './tool-settings.ts'

const MAX_NAMES = 4
const MAX_CODE = 80
/** Limit on the characters of the names in a row that are shown with parameters. */
const MAX_HEADS = 120
const OF_COMPONENT = refTo.component('')
/** The type of a result, after an arrow or a colon, if it is short. */
const RESULT = /^\s?(->|:)\s?([^\s:{};][^{};=\n]{0,39})$/
/** Results that say nothing. */
const NOTHING = /^(?:void|None|Unit|undefined|never|\(\)|Void|this|Self|self)$/
/** Ruby modules whose methods are those of the module around them. */
const MIXED_IN = /^(?:Class|Instance)Methods$/
/** Functions that are run, not called. */
const RUN = /^(?:main|init|_?start)$/

/**
 * The public definitions, most important first, otherwise the internal ones that other files use or that are longest. Empty if
 * there is only a constant, or only a type in a single file that is called like it or whose declaration says more.
 */
export function mainNames(writing: Writing, files: readonly string[]): Inline[] {
  const { repo, texts } = writing
  const own = files.filter((path) => !isTest(path, repo) && isCode(repo.files.get(path)) && !isToolSettings(path))
  const isMeant = (one: Component): boolean =>
    !isDeprecated(one) &&
    !isDiscouraged(one) &&
    !isAmbient(one) &&
    !RUN.test(one.name) &&
    (own.length === 1 || !isLooseScript(writing, files, one))
  const types = shownIn(writing, own).filter(({ kind }) => kind !== 'namespace')
  const modules = modulesIn(writing, own)
  const shown = [...modules, ...types].filter(isMeant)
  const inner = own
    .filter((path) => !isScript(writing, path))
    .flatMap((path) => declaredIn(path, repo))
    .filter((one) => isMeant(one) && one.kind !== 'namespace' && one.name !== 'default')
    .filter((one) => !isAdded(one, repo.components))
    .sort(
      (a, b) =>
        Number(isUsedElsewhere(repo, b)) - Number(isUsedElsewhere(repo, a)) || linesOf(repo, b) - linesOf(repo, a),
    )
  // In a library the order is that of its public API; in a program what is longest leads.
  const isInOrder = importedSurfaces(writing).length > 0 && modules.length === 0
  const size = (one: Component): number => (isInOrder ? 0 : linesOf(repo, one))
  const rank = (one: Component): number => {
    if (own.length === 1 && isCalledLike(one)) return 0
    if (one.name.startsWith('_')) return 5
    return minor(one) > 0 ? 4 : isError(repo, one) ? 3 : one.kind === 'type' ? 2 : 1
  }
  const found = shown.length > 0 ? shown : inner
  // Names that each of several files defines describe none of them.
  const inFiles = new Set(found.map(({ name, file }) => JSON.stringify([name, file]))).size
  if (own.length > 1 && distinct(found).length * 2 <= inFiles) return []
  const all = distinct(found).sort((a, b) => rank(a) - rank(b) || size(b) - size(a))
  const [only] = all
  // Of a type with a base, the declaration says more.
  const hasBase = ({ signature }: Component): boolean => signature.trim().split(' ').length > 2
  const isEcho = (one: Component): boolean =>
    minor(one) > 0 || (TYPES.has(one.kind) && own.length === 1 && (isCalledLike(one) || hasBase(one)))
  if (only === undefined || (all.length === 1 && isEcho(only))) return []
  // The helpers of a program do not describe it.
  const isProgram = own.length === 1 && declaredIn(own[0] ?? '', repo).some(({ name }) => name === 'main')
  const words = isProgram ? [] : toldNames(writing, all)
  if (words.length > 0) return words
  return few(
    all.map((one) => nameWithKind(writing, one)),
    MAX_NAMES,
    texts,
  )
}

/** The Ruby modules whose public methods the files define. */
function modulesIn(writing: Writing, files: readonly string[]): Component[] {
  const { repo } = writing
  const methods = files
    .flatMap((path) => declaredIn(path, repo))
    .filter((one) => (one.kind === 'method' || one.kind === 'function') && isPublic(one, repo))
  return [...new Set(methods.map((one) => ownerOf(writing, one)))].filter(
    ({ kind, name }) => kind === 'namespace' && !MIXED_IN.test(name),
  )
}

/** Whether most of a file runs at once, so that its functions are helpers that do not describe it. */
export function isScript({ repo }: Writing, path: string): boolean {
  const size = declaredIn(path, repo).reduce((sum, one) => sum + linesOf(repo, one), 0)
  return MAY_BE_SCRIPT.test(path) && size < MOST * (repo.files.get(path)?.lines ?? 0)
}

/** The same words, with the functions that they link to shown with their parameters and result, as far as there is room. */
export function withHeads(writing: Writing, words: readonly Inline[]): Inline[] {
  let left = MAX_HEADS
  return words.map((part) => {
    const ref = typeof part !== 'string' && part.type === 'link' ? part.data?.ref : undefined
    const one = ref?.startsWith(OF_COMPONENT) ? writing.repo.components.get(ref.slice(OF_COMPONENT.length)) : undefined
    const head = one === undefined || left <= 0 ? undefined : headWithResult(writing, one)
    if (head === undefined || typeof part === 'string') return part
    left -= head.length
    return { ...part, children: [code(head)] } as Inline
  })
}

/** Overloads and platform-specific definitions of one name count once. */
function distinct(all: readonly Component[]): Component[] {
  const seen = new Set<string>()
  return all.filter(({ name }) => !seen.has(name) && seen.add(name))
}

/** `parse(text): Plan` for a function, `class Planner` for a type. */
export function nameWithKind(writing: Writing, one: Component): Inline[] {
  const name = toUsersEntry(writing, one)
  if (one.kind === 'namespace') return name
  if (TYPES.has(one.kind)) return [`${writing.texts.kinds[kindWord(one)]} `, ...name]
  const head = headWithResult(writing, one)
  return head === undefined ? name : [refLink(refTo.component(one.id), code(head))]
}

/** `undefined` if the parameters are unknown; `plan(…)` if they are too long. */
function headWithResult(writing: Writing, one: Component): string | undefined {
  const title = calledAs(writing, one) ?? titleOf(one)
  const head = headOf(one)
  const words = typeof head === 'string' ? head : plainText(head)
  if (one.kind !== 'function' && one.kind !== 'method') return undefined
  // The title of an overload has parameters already.
  if (title.includes('(')) return undefined
  // Parameters that are too long, or have no names.
  if (!words.startsWith(`${one.name}(`))
    return parameterList(one.signature, one.name) === null ? undefined : `${title}(…)`
  const called = `${title}${words.slice(one.name.length)}`
  return [`${called}${resultOf(one)}`, called].find((text) => text.length <= MAX_CODE)
}

/** `: Plan` or ` -> Plan`; '' if the signature has none, or a long one. */
function resultOf({ signature, name, file }: Component): string {
  const list = parameterList(signature, name)
  const rest = list === null ? '' : signature.slice(list.end).trimEnd()
  if (file.endsWith('.go')) return rest.length > 1 && rest.length <= 30 && !rest.includes('{') ? ` ${rest.trim()}` : ''
  const [, sign = '', type = ''] = RESULT.exec(rest) ?? []
  if (type === '' || NOTHING.test(type.trim())) return ''
  return sign === ':' ? `: ${type.trim()}` : ` -> ${type.trim()}`
}
