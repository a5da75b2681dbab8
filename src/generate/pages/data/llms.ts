/** Writes `llms.txt` and `llms-full.txt` in the format of llmstxt.org, for language models. */

import { DEFAULT_LANGUAGE } from '#base/language.ts'
import { PiecedText } from '#base/pieced-text.ts'
import {
  filesOf,
  type Inventory,
  type Module,
  modulesOf,
  type Package,
  type Page,
  type Subject,
} from '#generate/model.ts'
import { firstSentence } from '#generate/pages/first-sentence.ts'
import { ownWords } from '#generate/pages/overview/introduce.ts'
import { textsIn } from '#generate/pages/texts/texts-in.ts'
import { oneLine, plainText } from '#markdown/build.ts'

/** Limit on the characters of the summary of a page. */
const MAX_SUMMARY = 240
/** Limit on all pages together, in millions of characters; more than any model reads. */
const MAX_FULL_MILLIONS = 16

export interface LlmsInput {
  subject: Subject
  inventory: Inventory
  packages: readonly Package[]
  root: Module
  pages: readonly Page[]
  /** Language of the pages; English if absent. */
  language?: string | undefined
  /** Present if the set contains the text of the files. */
  kept?: unknown
}

/** Text of `llms.txt`: a title, a summary, and lists of links. */
export function llmsText(input: LlmsInput): string {
  const { inventory, root, pages } = input
  const { colon, llms: words } = textsIn(input.language ?? DEFAULT_LANGUAGE)
  const titles = new Map(pages.filter(({ about }) => about === 'module').map(({ module, title }) => [module, title]))
  const modules = new Map(modulesOf(root).map((module) => [module.id, module]))
  const noteOf = ({ about, module, summary }: Page): string => {
    const owner = module === null ? undefined : modules.get(module)
    if (summary !== undefined && summary !== '') return colon + shorten(plain(summary))
    if (owner === undefined) return about === 'overview' ? colon + words.overview : ''
    if (about === 'file') return colon + words.fileOf(plain(titles.get(module) ?? owner.title))
    return colon + words.files(filesOf(owner).length)
  }
  const lineOf = (page: Page): string => `- [${plain(page.title)}](${page.file})${noteOf(page)}`
  const lines = pages.filter((page) => page.about !== 'symbols').map(lineOf)
  const index = pages.filter((page) => page.file === 'all-symbols.md').map(lineOf)
  return [
    ...headOf(input),
    '',
    words.intro(inventory.commit, input.kept !== undefined),
    '',
    `## ${words.docs}`,
    '',
    ...lines,
    '',
    `## ${words.optional}`,
    '',
    ...index,
    `- [${words.all}](llms-full.txt)`,
    `- [${words.index}](index.json)`,
    `- [${words.graph}](graph.json)`,
    ...(input.kept === undefined ? [] : [`- [${words.sources}](sources.json)`]),
    '',
  ].join('\n')
}

/** All pages except the index of names. Pages beyond the limit are only linked, with a note. */
export function llmsFullText(input: LlmsInput, maxMillions = MAX_FULL_MILLIONS): PiecedText {
  const pages = input.pages.filter(({ about }) => about !== 'symbols')
  let left = maxMillions * 1_000_000
  const links = new Set<Page>()
  for (const page of pages) {
    if (page.markdown.length > left) links.add(page)
    else left -= page.markdown.length
  }
  const { llms: words } = textsIn(input.language ?? DEFAULT_LANGUAGE)
  const cut = links.size === 0 ? [] : ['', words.cut(links.size, pages.length, maxMillions)]
  const head = [...headOf(input), ...cut, ''].join('\n')
  return new PiecedText(function* pieces() {
    yield head
    for (const page of pages) {
      const text = links.has(page) ? `[${plain(page.title)}](${page.file})` : page.markdown.trimEnd()
      yield `\n<!-- ${page.file} -->\n\n${text}\n`
    }
  })
}

function headOf(input: LlmsInput): string[] {
  const [own] = ownWords(input)
  const sentence = own === undefined ? null : firstSentence(own.words)
  const summary = sentence === null ? '' : oneLine(plainText({ type: 'paragraph', children: sentence }))
  return [`# ${plain(input.subject.fullName)}`, ...(summary === '' ? [] : ['', `> ${plain(summary)}`])]
}

function shorten(text: string): string {
  if (text.length <= MAX_SUMMARY) return text
  const end = text.lastIndexOf(' ', MAX_SUMMARY)
  // Not all scripts have spaces between words.
  return `${text.slice(0, end > 0 ? end : MAX_SUMMARY)} …`
}

const plain = (text: string): string =>
  oneLine(text)
    .replace(/[[\]`\\]/g, '')
    .replaceAll('<', '\\<')
