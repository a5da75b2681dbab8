/** What a module is for, in the repository's own words. */

import type { BlockContent } from 'mdast'
import type { Module, Package } from '#generate/model.ts'
import { introduction } from '#generate/pages/readme/readme.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { tellingPart, tellingSentence } from '#generate/pages/telling.ts'
import { docBlocks, type Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { type Inline, paragraph, plainText } from '#markdown/build.ts'
import { isToolSettings } from './tool-settings.ts'

/** Files whose comment speaks for their folder, the best first. */
const HEADS =
  /^(?:README\.(?:md|rst|txt)|index\.[cm]?[jt]sx?|__init__\.py|mod\.(?:rs|ts)|lib\.rs|doc\.go|package-info\.java|package\.d\.ts|main\.[a-z]+)$/i

export interface Purpose {
  blocks: BlockContent[]
  sentence: Inline[] | null
  /** The file whose comment it is. */
  from: string
  /** The comment has no more than that. */
  isWhole: boolean
}

const MAX_CHARS = 4_000
/** Of the description of a package. */
const TITLE_WORDS = 5

/**
 * What a package is by its manifest, else what the head file of a folder says of it, or the only file. What holds only some files of a
 * folder is not what its README is about.
 */
export function purposeOf(writing: Writing, module: Module): Purpose | null {
  const { repo } = writing
  const { id, path: folder, files } = module
  const isFolder = folder !== '' && (id === folder || folder.startsWith(`${id}/`) || id === `${folder}/top level`)
  const described = isFolder ? manifestPurpose(writing, module) : null
  if (described !== null && !isShort(described)) return described
  const own = new Set(files)
  const candidates =
    files.length === 1
      ? // What a tool is set up by speaks for itself alone.
        files.filter((path) => !isToolSettings(path))
      : (repo.folders.get(folder) ?? [])
          .map((file) => file.path)
          .filter((path) => (isFolder || own.has(path)) && (HEADS.test(nameOf(path)) || isPackageComment(path, repo)))
  const named = spokesmen(candidates, repo)
  for (const path of named.sort((a, b) => rank(a) - rank(b))) {
    const words = wordsOf(writing, path, folder, module.isBeside)
    const whole = words === null ? [] : docBlocks(writing, words, path, MAX_CHARS)
    const blocks = openingOf(whole)
    // Its own description, however short, comes before what several say of the whole repository.
    if (words !== null && described !== null && isSlogan(writing, words)) continue
    if (words !== null && blocks.length > 0 && !isEmpty(words, nameOf(folder)))
      return { blocks, sentence: tellingSentence(words), from: path, isWhole: blocks.length === whole.length }
  }
  return described
}

const slogans = new WeakMap<Writing, ReadonlyMap<string, number>>()
const MAX_READMES = 200

/** Whether the READMEs of several packages begin with it. */
function isSlogan(writing: Writing, words: string): boolean {
  let counts = slogans.get(writing)
  if (counts === undefined) {
    const found = new Map<string, number>()
    const folders = new Set(['', ...writing.packages.map(({ folder }) => folder)])
    for (const folder of [...folders].slice(0, MAX_READMES)) {
      const said = sentenceIn(wordsOf(writing, folder === '' ? 'README.md' : `${folder}/README.md`, folder))
      if (said !== '') found.set(said, (found.get(said) ?? 0) + 1)
    }
    counts = found
    slogans.set(writing, counts)
  }
  return (counts.get(sentenceIn(words)) ?? 0) > 1
}

const sentenceIn = (words: string | null): string => plainText(paragraph(...(tellingSentence(words) ?? [])))

/** Hardly more than a title: what a README says comes before it. */
function isShort({ sentence }: Purpose): boolean {
  return plainText(paragraph(...(sentence ?? []))).split(' ').length <= TITLE_WORDS
}

/** Paragraphs and lists up to where an example, a part of its own, or a label of one begins. */
function openingOf(blocks: readonly BlockContent[]): BlockContent[] {
  const end = blocks.findIndex(
    (block, at) =>
      !(block.type === 'paragraph' || block.type === 'list') ||
      (block.type === 'paragraph' && block.data?.depth !== undefined) ||
      (block.type === 'paragraph' && plainText(block).trimEnd().endsWith(':') && blocks[at + 1]?.type !== 'list'),
  )
  return blocks.slice(0, end < 0 ? blocks.length : end)
}

/** Whether the first sentence has no words but those of a name: `Package utils provides utility functions.` */
function isEmpty(words: string, name: string): boolean {
  return name !== '' && tellingSentence(words, name) === null
}

/** What a head file says of its folder; of one beside the code not what a README says of the whole. */
function wordsOf(writing: Writing, path: string, folder: string, isBeside = false): string | null {
  const { repo } = writing
  const doc = repo.fileDocs.get(path)
  if (doc !== undefined) return tellingPart(doc)
  if (!/(?:^|\/)README\.[a-z]+$/i.test(path)) return null
  const found = introduction(repo.files.get(path)?.text ?? '', path, nameOf(folder))
  if (found?.isOpening !== true || LEAD_IN.test(found.words)) return null
  return isBeside && isOfWhole(writing, found.words) ? null : tellingPart(found.words)
}

/** `run locally with` before a block of code. */
const LEAD_IN = /^\p{Ll}[^\n.!?]{1,120}\n\s{0,9}(?:```|~~~)/u
/** `Orbit (plans orbits) is …` */
const SUBJECT = /^\P{L}{0,9}(\p{L}[\p{L}\p{N}._-]{0,60})[`*_]{0,4}(?: \([^()\n]{1,80}\))?,? (?:is|are|provides) /u

/** Whether it says what the repository or one of its packages is. */
function isOfWhole({ subject, packages }: Writing, words: string): boolean {
  const [, name = ''] = SUBJECT.exec(words) ?? []
  return [subject.name, ...packages.map((one) => one.name)].some((one) => one?.toLowerCase() === name.toLowerCase())
}

/** Any file of a package of Go may hold the comment on the package; one that goes on with the name of a file is on that. */
function isPackageComment(path: string, repo: RepoIndex): boolean {
  const doc = path.endsWith('.go') ? (repo.fileDocs.get(path) ?? '') : ''
  return /^Package \w/.test(doc) && !isOnFile(doc)
}

/** `keys.go defines the keys`, `Package vhs keys.go defines the keys`. */
function isOnFile(doc: string): boolean {
  return /^(?:Package \w+[:,]? )?(?:the (?:file )?|this file )?[\w-]+\.go\b/i.test(doc)
}

/** Where several files of Go speak for their package: `doc.go`, the file with its name, `main.go`, else none of them. */
function spokesmen(paths: readonly string[], repo: RepoIndex): string[] {
  const go = paths.filter((path) => path.endsWith('.go'))
  const name = go.flatMap((path) => /^Package (\w+)/.exec(repo.fileDocs.get(path) ?? '')?.[1] ?? [])[0] ?? ''
  const [first] = ['doc.go', `${name}.go`, 'main.go'].flatMap((one) => go.find((path) => nameOf(path) === one) ?? [])
  return paths.filter((path) => !path.endsWith('.go') || go.length < 2 || path === first)
}

/** The description that a manifest in the module's folder gives of its package. */
function manifestPurpose({ packages }: Writing, { id, path }: Module): Purpose | null {
  const found = packages.find((one) => describes(one) && one.folder !== '' && [path, id].includes(one.folder))
  if (found === undefined || isTagline(found, packages)) return null
  const description = found.description ?? ''
  return { blocks: [paragraph(description)], sentence: [description], from: found.manifest, isWhole: true }
}

/** Whether other packages say the same of themselves: it is about the whole repository. */
function isTagline({ description, manifest }: Package, packages: readonly Package[]): boolean {
  return packages.some((other) => other.manifest !== manifest && other.description === description)
}

/** What tools write where a description belongs. */
const PLACEHOLDER =
  /^(?:add (?:your|a) (?:short )?description|(?:an? )?(?:short |brief |long )?(?:project |package )?description(?: (?:of|for|here)\b.*)?|your (?:project |package )?description|to ?do\b|fixme\b|tbd\b|(?:an? )?new (?:flutter|dart|node|rust|python|ruby|react|vue|svelte|next)?(?:\.js)? ?(?:project|package|app|plugin)|(?:default|starter|boilerplate) template\b|(?:my|an?) (?:awesome|amazing|cool|new|first|sample) (?:project|package|app|library)|write (?:a|your) (?:short |longer )?(?:summary|description)|lorem ipsum)/i

/** Whether a manifest says in words what a package is. Some only repeat its name, or what the tool that made them wrote. */
export function describes({ name, description }: Package): boolean {
  const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  return (
    description !== null &&
    description.split(' ').length > 2 &&
    letters(description) !== letters(name ?? '') &&
    !PLACEHOLDER.test(description.replace(/^[^\p{L}]+/u, ''))
  )
}

function rank(path: string): number {
  const name = nameOf(path)
  return /^README/i.test(name) ? 0 : /^main\./i.test(name) ? 2 : 1
}
