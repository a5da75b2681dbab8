/** Introduces a repository with text from its README, a manifest or its main module. */

import type { Guides } from '#generate/guide-model.ts'
import type { Inventory, Package, SourceFile, Subject } from '#generate/model.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import { describes } from '#generate/pages/module/purpose-sentence.ts'
import { introduction } from '#generate/pages/readme/readme.ts'
import { withoutAdverts } from '#generate/pages/readme/readme-paragraphs.ts'
import { pointsBack } from '#generate/pages/telling.ts'
import { paragraph } from '#markdown/build.ts'
import { stringify } from '#markdown/stringify.ts'

const README = /^README(?:\.(?:md|markdown|rst|rdoc|adoc|txt))?$/i
const CATALOGUE = /\.docc\/[^/]{1,80}\.md$/
const README_FORMS = [
  /^\.github\/README\.(?:md|markdown|rst|rdoc)$/i,
  README,
  /^docs\/README\.(?:md|markdown|rst|rdoc)$/i,
  /^docs\/index\.(?:md|rst)$/i,
  // The first page of a Swift documentation catalogue: `Documentation.docc/Orbit.md`.
  CATALOGUE,
]
const MIN_CATALOGUE_NAME = 5

/** Markdown, and the file that it is from. */
export interface OwnWords {
  words: string
  path: string
}

/**
 * The description in the manifest of the main package, followed by what the README adds to it. The README alone if it
 * repeats the description, or if no published package has one. A later part of the README only if there is nothing else
 * and it can be understood on its own.
 */
export function ownWords(known: Sources): readonly OwnWords[] {
  const found = introductions.get(known) ?? readWords(known)
  introductions.set(known, found)
  return found
}

type Sources = {
  subject: Subject
  inventory: Inventory
  packages: readonly Package[]
  guides?: Guides | null | undefined
}
const introductions = new WeakMap<Sources, readonly OwnWords[]>()

function readWords(known: Sources): OwnWords[] {
  const readmes = readmesOf(known.inventory.files)
  const found = readmes.flatMap(({ path, text }) => {
    const isAsciidoc = path.endsWith('.adoc')
    const guide = isAsciidoc ? stringify(known.guides?.guides.get(path)?.blocks.slice(0, MAX_BLOCKS) ?? []) : null
    const one = introduction(guide ?? text ?? '', path, known.subject.name)
    // A folder's README often describes only that folder.
    const isAboutRepository =
      README.test(path) ||
      one?.isDefinition === true ||
      isOfSubject(text ?? '', known.subject.name) ||
      !readmes.some((other) => README.test(other.path))
    return one === null || !isAboutRepository ? [] : [{ ...one, path }]
  })
  const opening = found.find(({ isOpening }) => isOpening)
  const described = description(known)
  if (described === null || !described.isPublished)
    return [opening ?? described ?? found.find(({ words }) => isIndependent(words))].flatMap((one) => one ?? [])
  // A later part of a README is about something specific.
  if (opening === undefined || opening.isLater) return [described]
  if (!opening.isDefinition && !(SENTENCES.test(opening.words) && isIndependent(opening.words))) return [described]
  const [short, long] = [contentWords(described.words), contentWords(opening.words)]
  const shared = [...short].filter((word) => long.has(word)).length
  if (long.size >= short.size && shared >= short.size * MIN_SHARED) return [opening]
  return long.size - shared >= MIN_ADDED ? [described, opening] : [described]
}

const MAX_BLOCKS = 30

/** Whether the title of a catalogue page is the name of the repository, or its end: ``# ``Orbit`` `` of `swift-orbit`. */
function isOfSubject(text: string, name: string): boolean {
  const [, title = ''] = /^# ``(\w{1,80})``/.exec(text) ?? []
  const [short, whole] = [comparableName(title), comparableName(name)]
  return short.length >= MIN_CATALOGUE_NAME && whole.endsWith(short)
}

/** Whether a paragraph can be understood on its own, and is not only about getting help. */
const isIndependent = (words: string): boolean =>
  !pointsBack(words) && !/^[^?!\n]{1,80}\?\s/.test(words) && !/:\s{0,9}$/.test(words.split(/\n\s*\n/, 1)[0] ?? '')

/** Matches more than one sentence. */
const SENTENCES = /[\p{Ll}\p{N})`*_][.!] +\p{Lu}/u
/** Minimum share of the words of a description that a README must repeat to replace it. */
const MIN_SHARED = 0.6
/** Minimum number of words that a README must add. */
const MIN_ADDED = 3

/**
 * Whether a text hardly adds anything to the introduction.
 *
 * @param share - Minimum share of its words that the introduction contains.
 */
export function isIntroduction(known: Sources, text: string, share = MIN_SHARED): boolean {
  const words = contentWords(text)
  return (
    words.size > 0 &&
    ownWords(known).some((own) => {
      const introduced = contentWords(own.words)
      return [...words].filter((word) => introduced.has(word)).length >= words.size * share
    })
  )
}

/**
 * Whether a sentence introduces the whole repository, as the top of the overview does: `Orbit is a planner`, or a sentence that
 * consists mostly of words of the introduction.
 */
export function isOfWhole(known: Sources, text: string): boolean {
  const [, name = ''] = DEFINES.exec(text) ?? []
  const isDefinition = comparableName(name) === comparableName(known.subject.name) && ownWords(known).length > 0
  return isDefinition || isIntroduction(known, text)
}

/** `Orbit (plans orbits) is …`, `Package orbit provides …` */
const DEFINES =
  /^\P{L}{0,9}(?:(?:package|module) )?(\p{L}[\p{L}\p{N}._-]{0,60})[`*_]{0,4}(?: \([^()\n]{1,80}\))?,? (?:is|are|can|gives|helps|implements|lets|makes|offers|provides|supports) /iu

function contentWords(markdown: string): Set<string> {
  const words =
    markdown
      .toLowerCase()
      .replace(/\]\([^()\n]{0,300}\)/g, ']')
      .match(/[\p{L}\p{N}]{3,}/gu) ?? []
  return new Set(
    words.filter((word) => !/^(?:the|and|for|with|that|this|your|you|are|its|can|from|was|has|have)$/.test(word)),
  )
}

/**
 * The description of the root package with the repository's name, otherwise of another root package, otherwise of a
 * package with that name in a subfolder.
 */
function description({ subject, inventory, packages }: Sources): (OwnWords & { isPublished: boolean }) | null {
  const described = packages.filter(describes)
  const isNamed = ({ name }: Package): boolean => name?.toLowerCase() === subject.name.toLowerCase()
  const atTop = described.filter(({ folder }) => folder === '')
  const found = atTop.find(isNamed) ?? atTop[0] ?? described.find(isNamed)
  if (found !== undefined)
    return {
      words: plain(withoutAdverts(found.description ?? '')),
      path: found.manifest,
      isPublished: !found.isPrivate || isNamed(found),
    }
  const cmake = inventory.files.find(({ path }) => path === 'CMakeLists.txt')
  const words = PROJECT.exec(cmake?.text?.slice(0, MAX_CMAKE) ?? '')?.[1]
  return words === undefined || cmake === undefined
    ? null
    : { words: plain(words), path: cmake.path, isPublished: true }
}

/** `project(orbit VERSION 1.2 DESCRIPTION "Plans orbits")` */
const PROJECT = /^[ \t]{0,40}project\s{0,4}\([^()]{0,400}\bDESCRIPTION\s{1,4}"([^"\n$]{8,300})"/im
const MAX_CMAKE = 20_000
const plain = (words: string): string => stringify([paragraph(words)]).trim()

/** READMEs at the top, then the first page of the repository's documents. */
function readmesOf(files: readonly SourceFile[]): SourceFile[] {
  return README_FORMS.flatMap((form) => files.filter(({ path, text }) => form.test(path) && text !== null))
}
