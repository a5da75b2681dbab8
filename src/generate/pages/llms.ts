/** `llms.txt` and `llms-full.txt`, in the form of llmstxt.org: the set for readers that are programs. */

import type { Inventory, Module, Page, Subject } from '#generate/model.ts'
import { oneLine, plainText } from '#markdown/build.ts'
import { introduction } from './readme.ts'
import { filesOf, modulesOf } from './survey.ts'
import { firstSentence } from './words.ts'

export interface LlmsInput {
  subject: Subject
  inventory: Inventory
  root: Module
  pages: readonly Page[]
  /** Given when the set keeps the text of the files. */
  kept?: unknown
}

/** A title, a summary, lists of links. */
export function llmsText(input: LlmsInput): string {
  const { inventory, root, pages } = input
  const modules = new Map(modulesOf(root).map((module) => [module.id, module]))
  const noteOf = ({ about, module }: Page): string => {
    const owner = module === null ? undefined : modules.get(module)
    if (owner === undefined) return about === 'overview' ? ': overview' : ''
    if (about === 'file') return `: file of ${plain(owner.title)}`
    const files = filesOf(owner).length
    return `: ${files} ${files === 1 ? 'file' : 'files'}`
  }
  const lineOf = (page: Page): string => `- [${plain(page.title)}](${page.file})${noteOf(page)}`
  const lines = pages.filter((page) => page.about !== 'symbols').map(lineOf)
  const index = pages.filter((page) => page.file === 'all-symbols.md').map(lineOf)
  return [
    ...headOf(input),
    '',
    `Written from the code of commit ${inventory.commit}. Links below are Markdown; over HTTP ask for them with \`Accept: text/markdown\` or \`?format=md\`.${input.kept === undefined ? '' : ' Links to `source/` lead to lines of files; ask for them with `Accept: text/plain` or `?format=text`.'}`,
    '',
    '## Docs',
    '',
    ...lines,
    '',
    '## Optional',
    '',
    ...index,
    '- [All pages in one file](llms-full.txt)',
    '- [Every symbol with its file, lines and page](index.json)',
    '- [The graph of files, symbols and references](graph.json)',
    ...(input.kept === undefined
      ? []
      : ['- [The files of the repository in this set: each is at `source/` and its name](sources.json)']),
    '',
  ].join('\n')
}

/** All pages but the index of names, one after the other. */
export function llmsFullText(input: LlmsInput): string {
  const read = input.pages.filter((page) => page.about !== 'symbols')
  const pages = read.map((page) => `<!-- ${page.file} -->\n\n${page.markdown.trimEnd()}\n`)
  return `${[...headOf(input), ''].join('\n')}\n${pages.join('\n')}`
}

function headOf({ subject, inventory }: LlmsInput): string[] {
  const readme = inventory.files.find((file) => /^README(?:\.(?:md|rst|txt))?$/i.test(file.path) && file.text !== null)
  const words = readme === undefined ? null : introduction(readme.text ?? '', readme.path)
  const sentence = words === null ? null : firstSentence(words)
  const summary = sentence === null ? '' : oneLine(plainText({ type: 'paragraph', children: sentence }))
  return [`# ${plain(subject.fullName)}`, ...(summary === '' ? [] : ['', `> ${plain(summary)}`])]
}

const plain = (text: string): string => oneLine(text).replace(/[[\]<>`\\]/g, '')
