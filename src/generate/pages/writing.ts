/** The context of all page writers, and shared functions: labels, links to entries, doc comments as blocks. */

import type { BlockContent, PhrasingContent, RootContent } from 'mdast'
import type { Guides } from '#generate/guide-model.ts'
import {
  type Analysis,
  type Component,
  compareText,
  type Inventory,
  type Module,
  type Package,
  type Subject,
  type Surface,
} from '#generate/model.ts'
import type { Mentions } from '#generate/pages/names/mentions.ts'
import { nameOf } from '#generate/paths.ts'
import type { Prose } from '#generate/prose-model.ts'
import { code, type Inline, link, paragraph, plainText, refLink } from '#markdown/build.ts'
import { parseFragment } from '#markdown/fragment.ts'
import { refTo } from './draft.ts'
import { firstSentence } from './first-sentence.ts'
import type { RepoIndex } from './repo-index.ts'
import { resolvePath } from './repository-path.ts'
import type { Sources } from './sources.ts'
import type { Texts } from './texts/texts.ts'

export interface Writing {
  readonly subject: Subject
  /** The branch or tag, if known. */
  readonly ref: string | null
  readonly inventory: Inventory
  readonly analysis: Analysis
  readonly packages: readonly Package[]
  readonly surfaces: readonly Surface[]
  /** The repository's own documents; `null` if they were not read. */
  readonly guides: Guides | null
  /** The pictures of the documents: file names in the set, keyed by `ImageData.picture`. */
  readonly pictures: ReadonlyMap<string, string>
  readonly root: Module
  readonly repo: RepoIndex
  readonly sources: Sources
  readonly mentions: Mentions
  /** Text written by a model; `null` for documents made offline. */
  readonly prose: Prose | null
  /** The fixed text of pages, in the language of the documents. */
  readonly texts: Texts
}

/** A doc comment as blocks, its relative links resolved from its file. Where it is cut, an ellipsis links to the file. */
export function docBlocks(
  writing: Writing,
  doc: string,
  file: string,
  maxChars: number,
  self?: string,
): BlockContent[] {
  const blocks = parseFragment(doc, {
    maxChars,
    resolveLink: (url) => {
      const path = resolvePath(file, url)
      return path !== null && writing.repo.files.has(path) ? writing.sources.address(path) : null
    },
    resolveCode: (text, isReference) => {
      const id = writing.mentions.resolve(text, file, self, isReference)
      return id === null || id === self ? null : refTo.component(id)
    },
  })
  const last = blocks.at(-1)
  const isCut = doc.length > maxChars && last?.type === 'paragraph' && plainText(last) === '…'
  const url = isCut ? writing.sources.address(file) : null
  return url === null ? blocks : [...blocks.slice(0, -1), paragraph(link(url, '…'))]
}

/** The first sentence of a doc comment, or its first paragraph if that is short; a missing full stop is added. */
export function docSentence(doc: string | null | undefined, isWhole = false): PhrasingContent[] | null {
  const sentence = doc === null || doc === undefined ? null : firstSentence(doc, isWhole)
  if (sentence === null) return null
  const last = sentence.at(-1)
  if (last?.type === 'text' && INTRODUCES.test(last.value)) {
    last.value = last.value.replace(INTRODUCES, '')
    if (ANNOUNCES.test(last.value)) return null
    last.value += '.'
  }
  const text = plainText({ type: 'paragraph', children: sentence }).trimEnd()
  // `**Pure**` is a label, not a sentence.
  if (sentence[0]?.type === 'strong' && sentence.length === 1 && /^[\p{L}\p{N}_-]{1,40}$/u.test(text)) return null
  const isEnded = /[.!?:;…。！？]["')\]”’]?$/.test(text)
  if (!isEnded && isBrokenOff(text)) return null
  return isEnded ? sentence : [...sentence, { type: 'text', value: '.' }]
}

/** The end of a text that only announces the example below it: `…. ie.` */
const INTRODUCES = /(?<=\w)[.,;]?\s(?:i\.?e|e\.?g)[.:,]{1,2}$/
/** A word before an abbreviation such as `i.e.` that needs what follows it: `is one of i.e.` */
const ANNOUNCES = /(?:^|\s)(?:an?|as|by|for|from|in|is|like|of|than|the|to|with)$/
/**
 * Ends in a word that cannot end a sentence, a comma, or the middle of a phrase: `Keeps the`, `Destroys all stores and call`,
 * `Restores the plan to what it was after`; but `Allows users to plan and run` is whole, and so is `called before and after`.
 */
const BROKEN_OFF = [
  /(?:^|\s)(?:the|and|or|than|because)$|,$/,
  /\s(?:an|because|unless|until|whether|while|(?<!\b(?:and|or|immediately|right|shortly|soon)\s)after)$/,
  /^(?!.*\sto\s)\p{Lu}\p{L}{1,30}s\s.*\s(?:and|or|then) (?:call|get|give|make|return|run|set|take|use)$/su,
]
const isBrokenOff = (text: string): boolean => BROKEN_OFF.some((end) => end.test(text))

/** A link to the entry of a component. */
export function toEntry(component: Component): Inline[] {
  const label = isNameless(component) ? nameOf(component.file) : titleOf(component)
  return [refLink(refTo.component(component.id), code(label))]
}

/** Whether it has no name: the default export of a file, after which its users name it. */
export const isNameless = (component: Component): boolean =>
  titleOf(component) === 'default' && /\.(?:[cm]?[jt]sx?|svelte|vue)$/.test(component.file)

/** The displayed name: the qualified name, with whatever distinguishes it from namesakes. */
export function titleOf({ title, label, qualifiedName }: Component): string {
  return title ?? label ?? qualifiedName
}

/** A link to the section of a file on its module's page. */
export function toFile(path: string, label = path): Inline[] {
  return [refLink(refTo.file(path), code(label))]
}

/** Puts the path in front of the first paragraph. */
export function withPath(path: Inline[], blocks: readonly RootContent[]): RootContent[] {
  const [first, ...others] = blocks
  if (path.length === 0) return [...blocks]
  if (first?.type !== 'paragraph') return [paragraph(...path), ...blocks]
  return [{ ...first, children: [...paragraph(...path, ' · ').children, ...first.children] }, ...others]
}

/** The keys sorted by descending weight, then by name. */
export function byWeight<K extends string>(weights: ReadonlyMap<K, number>): K[] {
  return [...weights].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0])).map(([key]) => key)
}

/** The path relative to a folder, if the folder contains it. */
export function within(folder: string, path: string): string {
  return folder !== '' && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path
}
