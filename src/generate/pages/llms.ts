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
}

/** A title, a summary, lists of links. */
export function llmsText(input: LlmsInput): string {
  const { inventory, root, pages } = input
  const modules = new Map(modulesOf(root).map((module) => [module.id, module]))
  const lines = pages.map((page) => {
    const files = page.module === null ? null : filesOf(modules.get(page.module) ?? root).length
    return `- [${plain(page.title)}](${page.file})${files === null ? ': overview' : `: ${files} ${files === 1 ? 'file' : 'files'}`}`
  })
  return [
    ...headOf(input),
    '',
    `Written from the code of commit ${inventory.commit}. Links below are Markdown; over HTTP ask for them with \`Accept: text/markdown\` or \`?format=md\`.`,
    '',
    '## Docs',
    '',
    ...lines,
    '',
    '## Optional',
    '',
    '- [All pages in one file](llms-full.txt)',
    '- [Every symbol with its file, lines and page](index.json)',
    '- [The graph of files, symbols and references](graph.json)',
    '',
  ].join('\n')
}

/** All pages, one after the other. */
export function llmsFullText(input: LlmsInput): string {
  const pages = input.pages.map((page) => `<!-- ${page.file} -->\n\n${page.markdown.trimEnd()}\n`)
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
