/** What the pages of a set say, statement by statement, by kind: from their Markdown alone, as a reader meets it. */

import { createHash } from 'node:crypto'
import type { Nodes, PhrasingContent, RootContent, Table } from 'mdast'
import { textsIn } from '#generate/pages/texts/texts-in.ts'
import { paragraph, plainText } from '#markdown/build.ts'
import { parse } from '#markdown/parse.ts'

export const KINDS = [
  'what it is',
  'entry points',
  'start with',
  'calls',
  'commands',
  'dependencies',
  'environment',
  'files',
  'used by',
  'tests',
  'implements',
  'entries',
] as const
export type Kind = (typeof KINDS)[number]

export interface Statement {
  /** The same while set, commit, section and words are, wherever its links lead. */
  id: string
  kind: Kind
  page: string
  /** Titles from the page's own to that of the section, and words that open a fold. */
  section: string
  text: string
  /** Addresses of its links, in order. */
  links: string[]
}

/** Long enough for a class with its members. */
const MAX_CHARS = 3_000
const TEXTS = textsIn('en')
const OF_SECTIONS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  [TEXTS.publicApi.title, 'entry points'],
  [TEXTS.launch.title, 'entry points'],
  [TEXTS.launch.build, 'commands'],
  [TEXTS.commandLine.title, 'commands'],
  [TEXTS.launch.builtOn, 'dependencies'],
  [TEXTS.environment.title, 'environment'],
])
/** Sections whose words are about the set. */
const ASIDE: ReadonlySet<string> = new Set([
  TEXTS.guide.title,
  TEXTS.overview.further,
  TEXTS.types.hierarchy,
  TEXTS.module.testedBy,
  TEXTS.module.otherFiles,
  TEXTS.module.tests,
  TEXTS.module.testSupport,
  TEXTS.module.examples,
])
const USED = /^(?:used by|some uses)\b/i
const CALLS = /^some calls\b/i
const TESTED = /^some tests\b/i
const RELATED = /^(?:implement|extend|mix|overrid)/i
const VARIABLE_HEADS: ReadonlySet<string> = new Set([TEXTS.environment.heads.variable])

const ENTRY = 'ENTRY'
const [BEFORE_ENTRY = '', AFTER_ENTRY = ''] = plainText(paragraph(...TEXTS.callTree.title([ENTRY], null))).split(ENTRY)

interface Section {
  titles: string[]
  depth: number
  blocks: { block: RootContent; fold: string }[]
}

/** @param key - Names the set and its commit. */
export function statementsOf(page: string, markdown: string, key: string): Statement[] {
  const found: Statement[] = []
  const tell = (kind: Kind, section: string, nodes: readonly Nodes[], before = ''): void => {
    const text = `${before}${nodes.map(written).join('\n')}`.trim().slice(0, MAX_CHARS)
    if (text === '') return
    const id = createHash('sha256')
      .update(JSON.stringify([key, kind, section, text]))
      .digest('hex')
      .slice(0, 12)
    found.push({ id, kind, page, section, text, links: nodes.flatMap(linksIn) })
  }
  // A guide says what its authors wrote.
  if (page.startsWith('guide--')) return found
  for (const section of sectionsOf(parse(markdown).children)) tellSection(section, page, tell)
  return found
}

type Tell = (kind: Kind, section: string, nodes: readonly Nodes[], before?: string) => void

function tellSection({ titles, depth, blocks }: Section, page: string, tell: Tell): void {
  const isOverview = page === 'overview.md'
  const name = titles.join(' › ')
  const named = titles.map(kindOfTitle).find((one) => one !== undefined)
  // A definition may be called like a section, such as a class `Environment`: on pages of modules a section has its table, or
  // a line of names.
  const isSection = isOverview || page === 'calls.md' || blocks.some(({ block }) => isOfVariables(block))
  const kind = isSection ? named : undefined
  if (titles.some((title) => ASIDE.has(title)) || (isOverview && titles.includes(TEXTS.overview.files))) return
  if (kind !== undefined) {
    for (const { block, fold } of blocks) tellItems(kind, fold === '' ? name : `${name} › ${fold}`, block, tell)
    return
  }
  for (const { block } of blocks) if (block.type === 'table') tellTable(name, block, tell)
  if (depth === 1) {
    for (const { block, fold } of blocks)
      if (fold === '' && block.type === 'paragraph') tell('what it is', name, [block])
    return
  }
  if (!isOverview) tellEntry(name, blocks, tell)
}

/** Whether a block is a table of environment variables or of keys. */
function isOfVariables(block: RootContent): boolean {
  const [first] = block.type === 'table' ? (block.children[0]?.children ?? []) : []
  return first !== undefined && VARIABLE_HEADS.has(plainText(first))
}

/** That of a call tree names what it is of. */
function kindOfTitle(title: string): Kind | undefined {
  return title.startsWith(BEFORE_ENTRY) && title.includes(AFTER_ENTRY) ? 'calls' : OF_SECTIONS.get(title)
}

/** Each row, item or paragraph for itself; of a call tree also each nested item. */
function tellItems(kind: Kind, section: string, block: RootContent, tell: Tell): void {
  if (block.type === 'paragraph') tell(kind, section, [block])
  if (block.type === 'list')
    for (const item of block.children) {
      const nested = kind === 'calls' ? item.children.filter(({ type }) => type === 'list') : []
      const own = item.children.filter((one) => !nested.includes(one))
      tell(kind, section, nested.length === 0 ? [item] : own)
      for (const one of nested)
        tellItems(kind, `${section} › ${plainText(own[0] ?? item).split(/ \(|: /)[0]}`, one, tell)
    }
  if (block.type === 'table') for (const row of block.children.slice(1)) tell(kind, section, [row])
}

/** Modules with what they hold and where to start, files with what they hold. */
function tellTable(section: string, { children: [head, ...rows] }: Table, tell: Tell): void {
  const heads = (head?.children ?? []).map((cell) => plainText(cell))
  const [module, holds, start] = TEXTS.module.heads
  for (const { children } of rows) {
    const [first, second] = children
    if (first === undefined || second === undefined) continue
    const before = `${plainText(first)}: `
    if (heads.join(' ') === TEXTS.module.fileHeads.join(' ')) tell('files', section, [second], before)
    if (heads[0] !== module) continue
    for (const [at, cell] of children.entries())
      if (plainText(cell) !== '' && (heads[at] === holds || heads[at] === start))
        tell(heads[at] === holds ? 'what it is' : 'start with', section, [cell], before)
  }
}

/** A definition: its signature and text, and for themselves who uses, tests and implements it. */
function tellEntry(section: string, blocks: Section['blocks'], tell: Tell): void {
  if (!blocks.some(({ block }) => block.type === 'code')) return
  const own: Nodes[] = []
  for (const { block, fold } of blocks) {
    if (fold !== '') {
      const kind = kindOf(fold)
      if (kind !== undefined) tell(kind, section, [block], `${fold}: `)
    } else if (block.type === 'paragraph') {
      for (const part of partsOf(block.children)) {
        const whole: Nodes = { type: 'paragraph', children: part }
        const kind = kindOf(plainText(whole).trim())
        if (kind === undefined) own.push(whole)
        else tell(kind, section, [whole])
      }
    } else own.push(block)
  }
  tell('entries', section, own)
}

function kindOf(text: string): Kind | undefined {
  if (USED.test(text)) return 'used by'
  if (CALLS.test(text)) return 'calls'
  if (TESTED.test(text)) return 'tests'
  return RELATED.test(text) ? 'implements' : undefined
}

/** What stands between the points of a line of facts. */
function partsOf(children: readonly PhrasingContent[]): PhrasingContent[][] {
  const parts: PhrasingContent[][] = [[]]
  for (const child of children) {
    const [first = '', ...others] = child.type === 'text' ? child.value.split(' · ') : ['']
    parts.at(-1)?.push(child.type === 'text' ? { ...child, value: first } : child)
    for (const value of others) parts.push([{ type: 'text', value }])
  }
  return parts
}

function sectionsOf(blocks: readonly RootContent[]): Section[] {
  const above: { title: string; depth: number }[] = []
  const sections: Section[] = []
  let fold = ''
  for (const block of blocks) {
    if (block.type === 'heading') {
      while ((above.at(-1)?.depth ?? 0) >= block.depth) above.pop()
      above.push({ title: plainText(block), depth: block.depth })
      sections.push({ titles: above.map(({ title }) => title), depth: block.depth, blocks: [] })
    } else if (block.type === 'html') {
      fold = /<summary>([^<]*)<\/summary>/.exec(block.value)?.[1] ?? ''
    } else sections.at(-1)?.blocks.push({ block, fold })
  }
  return sections
}

/** As plain text; lists keep their lines, code its own. */
function written(node: Nodes): string {
  if (node.type === 'list') return node.children.map((item) => `- ${written(item).replace(/\n/g, '\n  ')}`).join('\n')
  if (node.type === 'listItem') return node.children.map(written).join('\n')
  if (node.type === 'tableRow') return node.children.map((cell) => plainText(cell)).join(' | ')
  if (node.type === 'table') return node.children.map(written).join('\n')
  return node.type === 'code' ? node.value : plainText(node)
}

function linksIn(node: Nodes): string[] {
  if (node.type === 'link') return [node.url]
  return 'children' in node ? node.children.flatMap(linksIn) : []
}
