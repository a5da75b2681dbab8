/** Finds the purpose of a module as stated in the repository: in a manifest, a README or a comment. */

import type { BlockContent } from 'mdast'
import { memoized } from '#base/memoize.ts'
import type { Module, Package } from '#generate/model.ts'
import { afterFirstSentence } from '#generate/pages/first-sentence.ts'
import { isOfWhole } from '#generate/pages/overview/introduce.ts'
import { introduction } from '#generate/pages/readme/readme.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { describesNothing, isProvenance, tellingPart, tellingSentence } from '#generate/pages/telling.ts'
import { docBlocks, type Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { type Inline, paragraph, plainText } from '#markdown/build.ts'
import { standsAlone, tellingWords } from './describe-definition.ts'
import { describes, isCaveat, isOnVersions, isPurpose } from './purpose-sentence.ts'
import { isToolSettings } from './tool-settings.ts'

/** Files whose comment describes their folder, best first. */
const HEADS =
  /^(?:README\.(?:md|rst|txt)|index\.[cm]?[jt]sx?|__init__\.py|mod\.(?:rs|ts)|lib\.rs|doc\.go|package\.d\.ts|main\.(?:go|rs))$/i

export interface Purpose {
  blocks: BlockContent[]
  /** `null` for a comment that only introduces the repository. */
  sentence: Inline[] | null
  /** The file that contains the comment. */
  from: string
}

const MAX_CHARS = 20_000
/** A description of a package with at most this many words is little more than a title. */
const TITLE_WORDS = 5

/**
 * The description of the package in its manifest, otherwise the comment of the folder's head file or only file. These do not
 * describe a module with only some files of the folder, except comments on packages: those describe the files right in it.
 */
export function purposeOf(writing: Writing, module: Module): Purpose | null {
  const { repo } = writing
  const { path: folder, files } = module
  const isFolder = isDescribedByFolder(module)
  const described = isFolder ? manifestPurpose(writing, module) : null
  const isEnough = described !== null && !isShort(described)
  const isTopLevel = module.id === `${folder}/top level`
  const own = new Set(files)
  const candidates =
    files.length === 1
      ? // The comment of a configuration file describes only that file.
        files.filter((path) => !isToolSettings(path))
      : [
          // In Rust, `map.rs` beside the folder `map/` is its module.
          ...(isFolder && repo.files.has(`${folder}.rs`) ? [`${folder}.rs`] : []),
          ...(repo.folders.get(folder) ?? [])
            .map((file) => file.path)
            .filter((path) =>
              isFolder || (folder === '' && own.has(path))
                ? HEADS.test(nameOf(path)) || isPackageComment(path, repo)
                : isTopLevel && own.has(path) && isPackageComment(path, repo),
            ),
        ]
  const named = packageCommentFiles(candidates, repo)
  let comment: Purpose | null = null
  for (const path of named.sort((a, b) => rank(a) - rank(b))) {
    const words = isEnough && !repo.fileDocs.has(path) ? null : wordsOf(writing, path, folder)
    // A short specific description is better than one of the whole repository that multiple packages share.
    if (words === null || (described !== null && isRepeatedOpening(writing, words))) continue
    const stated = statedIn(writing, words, module)
    const content = docBlocks(writing, stated ?? words, path, MAX_CHARS)
    const blocks = repo.fileDocs.has(path) ? beforeSections(content) : openingOf(content)
    if (stated !== null && blocks.length > 0)
      return {
        blocks,
        sentence: isEnough ? described.sentence : (tellingWords(stated, '', module.title) ?? tellingSentence(stated)),
        from: path,
      }
    // One that only introduces the repository is already on the overview.
    if (blocks.length > 1 && repo.fileDocs.has(path) && files.length > 1)
      comment ??= { blocks, sentence: null, from: path }
  }
  return described ?? comment
}

/** The text, from the second sentence on if the first only repeats the name and the second can be understood without it. */
function statedIn(writing: Writing, words: string, module: Module): string | null {
  if (repeatsOverview(writing, module, sentenceIn(words))) return null
  const name = `${module.title} ${nameOf(module.path)} ${writing.subject.name}`
  const isStated = (text: string): boolean => isPurpose(tellingSentence(text) ?? [], name)
  const after = afterFirstSentence(words)
  if (isStated(words)) return words
  if (!isStated(after)) return null
  return standsAlone(after) ? after : words
}

/** Whether a sentence only introduces the repository, as the top of the overview does, and does not name the module. */
export function repeatsOverview(writing: Writing, { title }: Module, text: string): boolean {
  const isNamed = title !== writing.subject.name && text.split(/[^\w.-]+/).includes(title)
  return !isNamed && isOfWhole(writing, text)
}

/** Whether a module represents its whole folder, not only some of its files, so that what the folder says applies to it. */
export function isDescribedByFolder({ id, path, title }: Module): boolean {
  // A module named after an outer folder represents that folder: `docs` with the files of `docs/examples`.
  return path !== '' && !path.startsWith(`${title}/`) && (id === path || path.startsWith(`${id}/`))
}

const MAX_READMES = 200

/** Whether the READMEs of multiple packages begin with this sentence. */
function isRepeatedOpening(writing: Writing, words: string): boolean {
  return (countOpenings(writing).get(sentenceIn(words)) ?? 0) > 1
}

/** How many READMEs begin with a sentence. */
const countOpenings = memoized((writing: Writing): ReadonlyMap<string, number> => {
  const found = new Map<string, number>()
  const folders = new Set(['', ...writing.packages.map(({ folder }) => folder)])
  for (const folder of [...folders].slice(0, MAX_READMES)) {
    const said = sentenceIn(wordsOf(writing, folder === '' ? 'README.md' : `${folder}/README.md`, folder))
    if (said !== '') found.set(said, (found.get(said) ?? 0) + 1)
  }
  return found
})

const sentenceIn = (words: string | null): string => plainText(paragraph(...(tellingSentence(words) ?? [])))

/** Whether a description is little more than a title, so that the README is better. */
function isShort({ sentence }: Purpose): boolean {
  return plainText(paragraph(...(sentence ?? []))).split(' ').length <= TITLE_WORDS
}

/** The paragraphs and lists before the first example, section or caption. */
export function openingOf(blocks: readonly BlockContent[]): BlockContent[] {
  const end = blocks.findIndex(
    (block, at) =>
      !(block.type === 'paragraph' || block.type === 'list') ||
      (block.type === 'paragraph' && (block.data?.depth !== undefined || isSideNote(plainText(block)))) ||
      (block.type === 'paragraph' && plainText(block).trimEnd().endsWith(':') && blocks[at + 1]?.type !== 'list'),
  )
  return blocks.slice(0, end < 0 ? blocks.length : end)
}

/** The part of a comment before its first section. */
export function beforeSections(blocks: readonly BlockContent[]): BlockContent[] {
  const end = blocks.findIndex((block) => block.type === 'paragraph' && block.data?.depth !== undefined)
  return blocks.slice(0, end < 0 ? blocks.length : end)
}

/** `Requires Go 1.21`, `See: https://…`, `Requirements:` */
const isSideNote = (text: string): boolean =>
  isOnVersions(text) ||
  describesNothing(text) ||
  isCaveat(text) ||
  isProvenance(text) ||
  /^(?:\S+ )?\S+:$/.test(text.trim())

/** The comment of a head file about its folder. */
function wordsOf(writing: Writing, path: string, folder: string): string | null {
  const { repo } = writing
  const doc = repo.fileDocs.get(path)
  if (doc !== undefined) return tellingPart(doc)
  if (!/(?:^|\/)README\.[a-z]+$/i.test(path)) return null
  const found = introduction(repo.files.get(path)?.text ?? '', path, nameOf(folder))
  if (found?.isOpening !== true || LEAD_IN.test(found.words)) return null
  return tellingPart(found.words)
}

/** `run locally with` before a block of code. */
const LEAD_IN = /^\p{Ll}[^\n.!?]{1,120}\n\s{0,9}(?:```|~~~)/u

/**
 * Whether a comment is on the files right in its folder, as those on packages of Java and Go are. Any Go file may have one; not if the
 * comment continues with the name of a file.
 */
function isPackageComment(path: string, repo: RepoIndex): boolean {
  if (nameOf(path) === 'package-info.java') return true
  const doc = path.endsWith('.go') ? (repo.fileDocs.get(path) ?? '') : ''
  return /^Package \w/.test(doc) && !isOnFile(doc)
}

/** Whether a comment is about its file: `keys.go defines the keys`, `Package vhs keys.go defines the keys`. */
function isOnFile(doc: string): boolean {
  return /^(?:Package \w+[:,]? )?(?:the (?:file )?|this file )?[\w-]+\.go\b/i.test(doc)
}

/** If multiple Go files have a package comment: `doc.go`, the file named after the package, or `main.go`; otherwise none. */
function packageCommentFiles(paths: readonly string[], repo: RepoIndex): string[] {
  const go = paths.filter((path) => path.endsWith('.go'))
  const name = go.flatMap((path) => /^Package (\w+)/.exec(repo.fileDocs.get(path) ?? '')?.[1] ?? [])[0] ?? ''
  const [first] = ['doc.go', `${name}.go`, 'main.go'].flatMap((one) => go.find((path) => nameOf(path) === one) ?? [])
  return paths.filter((path) => !path.endsWith('.go') || go.length < 2 || path === first)
}

/** The description in the manifest of the module's folder. */
function manifestPurpose(writing: Writing, module: Module): Purpose | null {
  const { packages } = writing
  const { id, path } = module
  const found = packages.find((one) => describes(one) && one.folder !== '' && [path, id].includes(one.folder))
  if (found === undefined || isRepeatedDescription(found, packages)) return null
  const sentence = tellingWords(found.description ?? '', found.name ?? '')
  const isSaid = sentence === null || repeatsOverview(writing, module, plainText(paragraph(...sentence)))
  return isSaid ? null : { blocks: [paragraph(...sentence)], sentence, from: found.manifest }
}

/** Whether other packages have the same description, so that it is about the whole repository. */
function isRepeatedDescription({ description, manifest }: Package, packages: readonly Package[]): boolean {
  return packages.some((other) => other.manifest !== manifest && other.description === description)
}

function rank(path: string): number {
  const name = nameOf(path)
  return /^README/i.test(name) ? 0 : /^main\./i.test(name) ? 2 : 1
}
