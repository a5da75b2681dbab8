/** What a module or a file is for, in the repository's own words where it has some, else in composed facts. */

import type { BlockContent } from 'mdast'
import type { Component, Module, Package } from '#generate/model.ts'
import { type Inline, paragraph, plainText, refLink } from '#markdown/build.ts'
import { refTo } from './draft.ts'
import { isDeprecated, offerOf } from './public-names.ts'
import { introduction } from './readme.ts'
import { declaredIn, isCode, isTest, placesOf, type Survey } from './survey.ts'
import { few } from './words.ts'
import { docBlocks, docSentence, toEntry, type Writing } from './writing.ts'

/** Files whose comment speaks for their folder, the best first. */
const HEADS =
  /^(?:README\.(?:md|rst|txt)|index\.[cm]?[jt]sx?|__init__\.py|mod\.(?:rs|ts)|lib\.rs|doc\.go|package-info\.java|package\.d\.ts|main\.[a-z]+)$/i

export interface Purpose {
  blocks: BlockContent[]
  sentence: Inline[] | null
  /** The file whose comment it is. */
  from: string
}

const MAX_CHARS = 4_000
/** Languages whose programs begin with a method `main` of a type. */
export const MAIN_IN_TYPE: ReadonlySet<string> = new Set(['csharp', 'groovy', 'java', 'kotlin', 'scala'])

/** The words of the folder's head file, or of the only file. What holds only some files of a folder is not what its README is about. */
export function purposeOf(writing: Writing, module: Module): Purpose | null {
  const { survey } = writing
  const { id, path: folder, files } = module
  const isFolder = folder !== '' && (id === folder || folder.startsWith(`${id}/`) || id === `${folder}/top level`)
  const own = new Set(files)
  const candidates =
    files.length === 1
      ? [...files]
      : (survey.folders.get(folder) ?? [])
          .map((file) => file.path)
          .filter((path) => (isFolder || own.has(path)) && (HEADS.test(nameOf(path)) || isPackageComment(path, survey)))
  for (const path of candidates.sort((a, b) => rank(a) - rank(b))) {
    const doc = survey.fileDocs.get(path)
    if (doc !== undefined && doc.trim() !== '') {
      const blocks = docBlocks(writing, doc, path, MAX_CHARS)
      if (blocks.length > 0) return { blocks, sentence: wholeSentence(doc), from: path }
    }
    if (!/\/?README\.[a-z]+$/i.test(path)) continue
    const words = introduction(survey.files.get(path)?.text ?? '', path, nameOf(folder))
    if (words?.isOpening !== true) continue
    const blocks = docBlocks(writing, words.words, path, MAX_CHARS)
    if (blocks.length > 0) return { blocks, sentence: wholeSentence(words.words), from: path }
  }
  return isFolder ? manifestPurpose(writing, module) : null
}

/** One that needs nothing of what follows it. */
function wholeSentence(markdown: string): Inline[] | null {
  const sentence = docSentence(markdown)
  return sentence === null || /:\s*$/.test(plainText(paragraph(...sentence))) ? null : sentence
}

/** Any file of a package of Go may hold the comment on the package. */
function isPackageComment(path: string, survey: Survey): boolean {
  return path.endsWith('.go') && /^Package \w/.test(survey.fileDocs.get(path) ?? '')
}

/** The description that a manifest in the module's folder gives of its package. */
function manifestPurpose({ packages }: Writing, { id, path }: Module): Purpose | null {
  const found = packages.find((one) => describes(one) && [path, id].includes(one.folder))
  if (found === undefined) return null
  const description = found.description ?? ''
  return { blocks: [paragraph(description)], sentence: [description], from: found.manifest }
}

/** Whether a manifest says in words what a package is. Some only repeat its name. */
export function describes({ name, description }: Package): boolean {
  const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  return description !== null && description.split(' ').length > 2 && letters(description) !== letters(name ?? '')
}

/** A cell that says what a module holds. */
export function holdingsOf(writing: Writing, module: Module): Inline[] {
  const { texts } = writing
  const own = purposeOf(writing, module)?.sentence
  if (own) return own
  if (module.children.length > 1) {
    const children = module.children.map((child): Inline[] => [refLink(refTo.module(child.id), child.title)])
    return [texts.modules(module.children.length), texts.colon, ...few(children, 6, texts)]
  }
  const files = writing.survey.filesIn.get(module) ?? []
  const names = mostUsed(writing, files)
  const tests = files.filter((path) => isTest(path, writing.survey)).length
  if (tests === files.length) return [texts.testFiles(files.length)]
  const kinds = tests > 0 ? texts.filesAndTests(files.length - tests, tests) : texts.files(files.length)
  const components = names.map(({ component }) => component)
  if (names.length > 0) return [kinds, texts.colon, ...namesWithSentence(writing, components)]
  const internal = internalOf(writing, files)
  return internal.length === 0 ? [kinds] : [kinds, texts.colon, ...internal]
}

/** The first with what it is, where it says so, and the others by name; those of one name by their files as well. */
function namesWithSentence({ texts }: Writing, all: readonly Component[]): Inline[] {
  // What is written once for each system has one name in files of one name.
  const names = [
    ...new Map(all.toReversed().map((one) => [`${one.qualifiedName} ${nameOf(one.file)}`, one])).values(),
  ].reverse()
  const counts = new Map<string, number>()
  for (const { qualifiedName } of names) counts.set(qualifiedName, (counts.get(qualifiedName) ?? 0) + 1)
  const label = (component: Component): Inline[] => {
    const { qualifiedName, file } = component
    const entry = toEntry(component)
    return counts.get(qualifiedName) === 1 ? entry : [...entry, ` (${nameOf(file)})`]
  }
  const [first] = names
  const sentence = docSentence(first?.doc)
  if (first === undefined || sentence === null) return few(names.map(label), 5, texts)
  const rest = names.slice(1).map(label)
  return [
    ...label(first),
    texts.colon,
    ...sentence,
    ...(rest.length === 0 ? [] : texts.module.alsoHolds(few(rest, 4, texts))),
  ]
}

/** A cell that says what a file holds. */
export function fileHoldings(writing: Writing, path: string): Inline[] {
  const own = docSentence(writing.survey.fileDocs.get(path))
  if (own !== null) return own
  const names = mostUsed(writing, [path]).map(({ component }) => component)
  if (names.length > 0) return namesWithSentence(writing, names)
  const internal = internalOf(writing, [path])
  return internal.length === 0 ? [writing.texts.lines(writing.survey.files.get(path)?.lines ?? 0)] : internal
}

/** What files of code declare for themselves, the most used first. */
function internalOf({ survey, texts }: Writing, files: readonly string[]): Inline[] {
  const inside = files
    .filter((path) => isCode(survey.files.get(path)))
    .flatMap((path) => declaredIn(path, survey))
    .filter((component) => minor(component) === 0)
    .map((component) => ({ component, places: placesOf(component, survey).length }))
    .sort((a, b) => b.places - a.places)
  const names = new Map(inside.map(({ component }) => [component.qualifiedName, component]))
  return names.size === 0 ? [] : texts.module.internal(few([...names.values()].map(toEntry), 5, texts))
}

/**
 * Exported components at the top of some files, the most used first, then those with a comment; no namespaces, but
 * what they hold. Tests have none, and examples only where there is nothing else.
 */
export function mostUsed(writing: Writing, files: readonly string[]): { component: Component; places: number }[] {
  const { survey } = writing
  const code = files.filter((path) => isCode(survey.files.get(path)))
  return (code.length > 0 ? code : files.filter((path) => !isTest(path, survey)))
    .flatMap((path) => declaredIn(path, survey))
    .filter((component) => component.exported && component.kind !== 'namespace' && /[\p{L}\p{N}]/u.test(component.name))
    .map((component) => {
      const places = placesOf(component, survey)
      const outside = places.filter((end) => (survey.components.get(end)?.file ?? end) !== component.file).length
      return { component, places: places.length, outside }
    })
    .sort(
      (a, b) =>
        minor(a.component) - minor(b.component) ||
        programOf(survey, b.component) - programOf(survey, a.component) ||
        Number(isDeprecated(a.component)) - Number(isDeprecated(b.component)) ||
        offerOf(writing, b.component) - offerOf(writing, a.component) ||
        weightOf(b) - weightOf(a) ||
        b.places - a.places ||
        (a.component.doc === null ? 1 : 0) - (b.component.doc === null ? 1 : 0),
    )
}

/**
 * A class says more of what a file is for than a function that other files use as often, an alias of a type less; and a comment
 * shows that it is meant to be read.
 */
function weightOf({ component, outside }: { component: Component; outside: number }): number {
  const { kind, doc } = component
  const isType = kind === 'class' || kind === 'struct' || kind === 'trait'
  return outside * (isType ? 3 : kind === 'type' ? 0.5 : 1) * (doc === null ? 1 : 1.5)
}

/** What is run comes before all that it uses. */
function programOf(survey: Survey, { id, name, file }: Component): number {
  const isFunction = name === 'main' && /^(?:__main__|main|cli|app)\./.test(nameOf(file))
  const isType = MAIN_IN_TYPE.has(survey.files.get(file)?.language ?? '')
  const isProgram = isFunction || (isType && (survey.members.get(id) ?? []).some(({ name }) => /^main$/i.test(name)))
  return isProgram ? 1 : 0
}

/** Macros and names of one letter, such as type variables, say little of what a file is for. */
export function minor(component: Component): number {
  return component.kind === 'macro' || [...component.name].length === 1 ? 1 : 0
}

/** `` `Context` (101 places), `Hono` (88 places) `` for those that several places use. */
export function mostUsedFacts(writing: Writing, files: readonly string[], max: number): Inline[] {
  const several = mostUsed(writing, files).filter(({ places }) => places > 1)
  const names = new Map<string, number>()
  for (const { component } of several) names.set(component.name, (names.get(component.name) ?? 0) + 1)
  const used = several
    // Of several with one name a reader could not tell which is meant.
    .filter(({ component }) => names.get(component.name) === 1)
    .sort((a, b) => b.places - a.places)
  const items = used
    .slice(0, max)
    .map(({ component, places }): Inline[] => [...toEntry(component), ` (${writing.texts.count(places)})`])
  return few(items, max, writing.texts)
}

function rank(path: string): number {
  const name = nameOf(path)
  return /^README/i.test(name) ? 2 : /^main\./i.test(name) ? 1 : 0
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
