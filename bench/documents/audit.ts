/** Holds a set, as it came over HTTP, against the repository: is everything there, near enough, and made of real names? */

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { JSDOM } from 'jsdom'
import type { Defined } from './definitions.ts'

interface Entry {
  id: string
  file: string
  start_line: number
  end_line: number
  page: string
  anchor: string
}

interface Tree {
  [slug: string]: { components: string[]; children: Tree }
}

const MAX_CLICKS = 3
const SHOWN = 5

/**
 * @param set - Every file of the set by its name, pages also `as HTML`.
 * @param folder - The checkout that it documents.
 * @returns A line for each thing that was looked at, with examples of what is missing below.
 */
export function auditSet(set: ReadonlyMap<string, string>, folder: string, defined: readonly Defined[]): string[] {
  const pages = new Map(
    [...set].flatMap(([name, html]): [string, Document][] =>
      name.endsWith(' as HTML') ? [[name.slice(0, -8), new JSDOM(html).window.document]] : [],
    ),
  )
  return [...entries(set, pages, defined), ...disjoint(set), ...edges(set), ...names(pages, folder)]
}

/** Each definition has an entry on a page, under an anchor, in a section that names it, few clicks from the first page. */
function entries(
  set: ReadonlyMap<string, string>,
  pages: ReadonlyMap<string, Document>,
  defined: readonly Defined[],
): string[] {
  const index = JSON.parse(set.get('index.json') ?? '[]') as Entry[]
  const byFile = new Map<string, Entry[]>()
  for (const entry of index) byFile.set(entry.file, [...(byFile.get(entry.file) ?? []), entry])
  const clicks = clicksTo(pages)
  const sections = new Map([...pages].map(([page, document]) => [page, sectionsOf(document)]))
  const missing: string[] = []
  const far: string[] = []
  const files = new Set(index.map((entry) => entry.file))
  const asked = defined.filter(({ file }) => files.has(file))
  for (const { file, name, line } of asked) {
    const named = byFile.get(file)?.filter((one) => {
      const last = one.id.slice(one.id.indexOf('#') + 1).replace(/~\d+$/, '')
      // Ids have no spaces.
      const plain = name.replaceAll(' ', '')
      return last === plain || last.endsWith(`.${plain}`)
    })
    // A function may have several declarations, of which one is documented.
    const entry = named?.find((one) => one.start_line <= line && line <= one.end_line) ?? named?.[0]
    const section = entry === undefined ? undefined : sections.get(entry.page)?.get(entry.anchor)
    if (entry === undefined || section?.includes(name) !== true) missing.push(`${file}:${line} ${name}`)
    else if ((clicks.get(entry.page) ?? Number.POSITIVE_INFINITY) > MAX_CLICKS) far.push(`${file}:${line} ${name}`)
  }
  const share = asked.length === 0 ? 1 : 1 - missing.length / asked.length
  return [
    `${asked.length} public definitions (${defined.length - asked.length} more in files without any component): ${(share * 100).toFixed(2)} % have an entry that names them, ${far.length} of them over ${MAX_CLICKS} clicks away`,
    ...[...missing, ...far].slice(0, SHOWN).map((one) => `  ${one}`),
  ]
}

/** The fewest links from the first page to each, those of the tree beside a page left out. */
function clicksTo(pages: ReadonlyMap<string, Document>): Map<string, number> {
  const clicks = new Map([['overview.md', 0]])
  for (const [page, far] of clicks) {
    for (const link of pages.get(page)?.querySelectorAll('[data-document] a[href]') ?? []) {
      const target = decodeURIComponent((link.getAttribute('href') ?? '').split('#')[0] ?? '')
      if (pages.has(target) && !clicks.has(target)) clicks.set(target, far + 1)
    }
  }
  return clicks
}

/** The text from each heading to the next one, and that of each line with an id, by their ids. */
function sectionsOf(document: Document): Map<string, string> {
  const sections = new Map<string, string>()
  const body = document.querySelector('[data-document]')
  if (body === null) return sections
  let open: string | undefined
  const walker = document.createTreeWalker(body, 5)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node.nodeType === 1 && /^H[1-6]$/.test(node.nodeName)) open = (node as Element).id
    else if (node.nodeType === 3 && open !== undefined)
      sections.set(open, (sections.get(open) ?? '') + node.textContent)
  }
  for (const line of body.querySelectorAll('li[id]')) sections.set(line.id, line.textContent ?? '')
  return sections
}

/** Every component in one module, and no component in two. */
function disjoint(set: ReadonlyMap<string, string>): string[] {
  const tree = JSON.parse(set.get('module_tree.json') ?? '{}') as Tree
  const placed: string[] = []
  const pending = Object.values(tree)
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const children = Object.values(next.children)
    if (children.length === 0) placed.push(...next.components)
    pending.push(...children)
  }
  const all = (JSON.parse(set.get('graph.json') ?? '{}') as { components?: { id: string }[] }).components ?? []
  return [
    `${all.length} components: ${all.length - new Set(placed).size} in no module, ${placed.length - new Set(placed).size} in two`,
  ]
}

/** Every arrow between two labelled boxes has an edge in the graph between what they stand for; by the labels alone. */
function edges(set: ReadonlyMap<string, string>): string[] {
  const graph = JSON.parse(set.get('graph.json') ?? '{}') as { edges?: { from: string; to: string; origin: string }[] }
  const known = new Set<string>()
  // A method of Ruby may end in a sign: `healthy?`.
  const last = (id: string): string => (id.split(/[#/.]/).at(-1) ?? '').replace(/[?!=]$/, '').toLowerCase()
  for (const { from, to, origin } of graph.edges ?? [])
    if (origin !== 'unique-name') known.add(`${last(from)} ${last(to)}`)
  let calls = 0
  const wrong: string[] = []
  for (const [name, text] of set) {
    if (!name.endsWith('.md')) continue
    for (const [, block = ''] of text.matchAll(/```mermaid\n(sequenceDiagram\n[\s\S]*?)\n```/g)) {
      for (const line of block.split('\n')) {
        const called = /->>\+?\S+: *(?:new )?([\w$]+)/.exec(line)?.[1]
        if (called === undefined) continue
        calls += 1
        if (![...known].some((pair) => pair.endsWith(` ${called.toLowerCase()}`))) wrong.push(`${name}: ${line.trim()}`)
      }
    }
  }
  return [
    `${calls} calls drawn: ${wrong.length} of something that nothing in the graph calls`,
    ...wrong.slice(0, SHOWN).map((one) => `  ${one}`),
  ]
}

/** Words in code style that stand in no file and no path. */
function names(pages: ReadonlyMap<string, Document>, folder: string): string[] {
  const words = new Set(OURS)
  const add = (text: string): void => {
    for (const word of text.match(WORD) ?? []) words.add(word)
  }
  const files = execFileSync('git', ['-C', folder, 'ls-files', '-z'], { encoding: 'utf8', maxBuffer: 1 << 28 }).split(
    '\0',
  )
  add(files.join(' '))
  add(execFileSync('git', ['-C', folder, 'log', '-1', '--format=%H %h %D'], { encoding: 'utf8' }))
  for (const file of files) {
    try {
      if (file !== '') add(readFileSync(path.join(folder, file), 'utf8'))
    } catch {
      // A link that leads nowhere, or a submodule.
    }
  }
  let count = 0
  const unknown = new Map<string, string>()
  for (const [page, document] of pages) {
    for (const element of document.querySelectorAll('[data-document] code')) {
      if (element.parentElement?.nodeName === 'PRE') continue
      // A text that is cut ends in part of a word.
      for (const word of (element.textContent ?? '').replace(CUT, '').match(WORD) ?? []) {
        count += 1
        if (!words.has(word) && !isCommit(word, document)) unknown.set(word, page)
      }
    }
  }
  return [
    `${count} words in code style: ${unknown.size} that the repository does not hold`,
    ...[...unknown].slice(0, SHOWN).map(([word, page]) => `  ${word} on ${page}`),
  ]
}

const CUT = /[\p{L}\p{N}_$]*…/gu
const WORD = /[\p{L}_$][\p{L}\p{N}_$]+/gu
/** Commands that a manifest implies. */
const OURS = ['npm', 'run', 'make', 'unnamed']

function isCommit(word: string, document: Document): boolean {
  return /^[0-9a-f]{7}$/.test(word) || (document.querySelector('.origin')?.textContent ?? '').includes(word)
}
