/** Parses Markdown and MDX with the extensions of common tools. MDX code is never run; it is dropped. */

import type { Code, RootContent } from 'mdast'
import { append, replaceAt } from '#base/long-arrays.ts'
import { plainText } from '#markdown/build.ts'
import { Fences } from '#markdown/fences.ts'
import { definitionsIn } from '#markdown/fragment.ts'
import { parseShallow } from '#markdown/parse-shallow.ts'
import { type Part, partIn, takeContainers } from './containers.ts'
import { withoutDoxygen } from './doxygen.ts'
import { readFrontMatter } from './front-matter.ts'
import { type Includes, includeFiles, includeImports } from './includes.ts'
import { withCrossReferences } from './mkdocstrings.ts'
import { takeDirectives, takeRoles, takeTargets } from './myst.ts'
import { calloutKind, calloutTitle, type RawGuide, type TabSet } from './nodes.ts'

/** Limit on nested containers. */
const MAX_DEPTH = 4

/** @returns `undefined` for text that is nested too deeply. */
export function readMarkdown(path: string, source: string, includes: Includes): RawGuide | undefined {
  const { matter, text } = readFrontMatter(source)
  const plain = withoutDoxygen(withHugoLinks(withoutModules(includeImports(text, path, includes), path)))
  const whole = withCrossReferences(includeFiles(plain, path, includes))
  const blocks = markdownBlocks(whole, definitionsIn(whole, whole))
  if (blocks === undefined) return undefined
  const read = (taken: string): RootContent[] => markdownBlocks(taken, definitionsIn(taken, taken)) ?? []
  const lists = takeDirectives(blocks, path, includes, read)
  takeTargets(blocks)
  takeRoles(blocks)
  return { ...matter, lists, blocks }
}

/** Parses Markdown with containers. */
export function markdownBlocks(source: string, definitions = '', depth = 0): RootContent[] | undefined {
  const { markdown, parts } = depth < MAX_DEPTH ? takeContainers(source) : { markdown: source, parts: [] }
  const tree = parseShallow(depth === 0 || definitions === '' ? markdown : `${definitions}\n\n${markdown}`)
  if (tree === undefined) return undefined
  if (parts.length > 0) fill(tree.children, parts, definitions, depth)
  return tree.children
}

/** Replaces placeholders with the contents of their parts. Recursion is bounded, because the tree is shallow. */
function fill(blocks: RootContent[], parts: readonly Part[], definitions: string, depth: number): void {
  for (let index = 0; index < blocks.length; index++) {
    const node = blocks[index]
    const number = node?.type === 'paragraph' && node.children.length === 1 ? partIn(plainText(node)) : undefined
    const part = number === undefined ? undefined : parts[number]
    if (part !== undefined) {
      const made = nodesOf(part, definitions, depth)
      replaceAt(blocks, index, made)
      index += made.length - 1
      if (joinTabs(blocks, index)) index--
    } else if (node?.type === 'list' || node?.type === 'listItem' || node?.type === 'blockquote') {
      fill(node.children as RootContent[], parts, definitions, depth)
    }
  }
}

function nodesOf({ kind, word, title, text }: Part, definitions: string, depth: number): RootContent[] {
  const { title: summary, rest } = kind === 'folded' ? summaryIn(text) : { title: null, rest: withoutOptions(text) }
  const children: RootContent[] =
    rest.trim() === '' ? [] : (markdownBlocks(rest, definitions, depth + 1) ?? [{ type: 'code', value: rest }])
  switch (kind) {
    case 'callout': {
      const own = title === null ? calloutTitle(word) : [{ type: 'text' as const, value: title }]
      return [{ type: 'admonition', kind: calloutKind(word) ?? 'note', title: own, children }]
    }
    case 'folded':
      return [{ type: 'folded', title: title ?? summary ?? 'Details', children }]
    case 'tab':
      return [{ type: 'tabSet', tabs: [{ title: title ?? 'Tab', children }] }]
    case 'tabs': {
      const tabs = children.flatMap((child) => (child.type === 'tabSet' ? child.tabs : []))
      return tabs.length === 0 ? codeTabs(children) : [{ type: 'tabSet', tabs }]
    }
    case 'code-group':
      return codeTabs(children)
    default:
      return children
  }
}

/** Merges a tab into the tab set before it. @returns Whether the block at the index was removed. */
function joinTabs(blocks: RootContent[], index: number): boolean {
  const [before, tab] = [blocks[index - 1], blocks[index]]
  if (before?.type !== 'tabSet' || tab?.type !== 'tabSet' || tab.tabs.length !== 1) return false
  append(before.tabs, tab.tabs)
  blocks.splice(index, 1)
  return true
}

/** A group of code blocks as tabs; titles follow the language: `js [config.js]`. */
function codeTabs(children: RootContent[]): RootContent[] {
  const codes = children.filter((child): child is Code => child.type === 'code')
  if (codes.length < 2 || codes.length < children.length) return children
  const set: TabSet = {
    type: 'tabSet',
    tabs: codes.map((code) => {
      const words = `${code.lang ?? ''} ${code.meta ?? ''}`
      const title = /\[([^\]]{1,100})\]|title="([^"]{1,100})"/.exec(words)
      return { title: title?.[1] ?? title?.[2] ?? code.lang ?? 'Code', children: [code] }
    }),
  }
  return [set]
}

function summaryIn(text: string): { title: string | null; rest: string } {
  const [whole, words] = /^\s*<summary>([^<]{1,300}(?:<[^>]{1,100}>[^<]{0,300}){0,10})<\/summary>/i.exec(text) ?? []
  if (whole === undefined || words === undefined) return { title: null, rest: text }
  const title = words
    .replace(/<[^<>]{1,100}>/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return { title: title === '' ? null : title, rest: text.slice(whole.length) }
}

/** Removes the options of a MyST directive: `:name: value`. */
function withoutOptions(text: string): string {
  const lines = text.split('\n')
  const first = lines.findIndex((line) => !/^:[\w-]{1,40}:(?:\s|$)/.test(line))
  return first <= 0 ? text : lines.slice(first).join('\n')
}

/** `[syntax]({{< relref "templates/syntax.md#escape" >}})`; without a dot in front, the path is that of the site. */
const HUGO_LINK = /\]\(\{\{[<%] ?(?:rel)?ref (?:path=)?["']([^"'\s]{1,300})["'] ?[>%]\}\}\)/g

function withHugoLinks(text: string): string {
  return text.replace(HUGO_LINK, (_, to: string) => `](${/^[.#/]|^[^/]*$/.test(to) ? to : `/${to}`})`)
}

/** Limit on the lines of a component or export. */
const MAX_STATEMENT = 60

/** Removes import and export statements, and MDX comments, outside code blocks. */
function withoutModules(text: string, path: string): string {
  if (!path.endsWith('.mdx') && !/^(?:import|export) |^<[A-Z]/m.test(text)) return text
  const kept: string[] = []
  const lines = text.split('\n')
  const fences = new Fences({ isIndented: true })
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const end = fences.isCode(line) ? undefined : endOfStatement(lines, at)
    if (end !== undefined) at = end
    else if (fences.open === '') kept.push(...(installLines(line) ?? [line]))
    else kept.push(line)
  }
  return kept.join('\n')
}

/** `<InstallSnippet pkgs="orbit zod" />`: a component that shows how to install packages with a package manager of JavaScript. */
const INSTALL = /^\s{0,8}<\w{0,40}Install\w{0,40}\s[^<>]{0,200}\/>\s*$/
const INSTALLED = /\s(?:pkgs?|packages?|deps|dependencies)=["']([\w@./ ^~*-]{1,300})["']/

function installLines(line: string): string[] | undefined {
  const [, names] = (INSTALL.test(line) ? INSTALLED.exec(line) : null) ?? []
  return names === undefined ? undefined : ['', '```sh', `npm install ${names.trim()}`, '```', '']
}

const IMPORT =
  /^import\s{1,4}(?:["'][^"']{1,200}["'];?\s*$|(?:type\s{1,4})?(?:[\w$]{1,80},?\s{1,4})?(?:\{|\*\s{1,4}as\s|from\s{1,4}["']))/
const EXPORT =
  /^export\s{1,4}(?:[{*]|(?:const|let)\s{1,4}(?:[{[]|[\w$]{1,80}\s{0,4}[=:])|(?:default\s{1,4})?(?:async\s{1,4})?function\b|default\s{1,4}(?:[([{<"'`]|class\b|async\b|new\s|[\w$.]{1,80}(?:[(;]|\s{0,4}=>|\s*$)))/
/** Matches a line that no paragraph continues: empty, a heading, or the end of a component or comment. */
const ENDS_BLOCK = /^\s*$|^#|[>}]\s*$/

function endOfStatement(lines: readonly string[], at: number): number | undefined {
  const line = lines[at] ?? ''
  const last = Math.min(lines.length, at + MAX_STATEMENT)
  // Lines of prose may begin with "import" or "export".
  if ((IMPORT.test(line) || EXPORT.test(line)) && ENDS_BLOCK.test(lines[at - 1] ?? ''))
    return endOfModule(lines, at, last)
  if (/^\s*\{\/\*/.test(line)) {
    for (let next = at; next < last; next++) if ((lines[next] ?? '').includes('*/}')) return next
    return undefined
  }
  // `<Card` with attributes on the following lines; `isUnread` handles a component on one line.
  if (!/^\s*<[A-Z][\w.]*\s*$/.test(line)) return undefined
  for (let next = at + 1; next < last; next++) if (/^\s*\/?>\s*$/.test(lines[next] ?? '')) return next
  return undefined
}

/** The last line before an empty one outside all brackets, or else before the first empty one. */
function endOfModule(lines: readonly string[], at: number, last: number): number | undefined {
  let open = 0
  let first: number | undefined
  for (let next = at; next < last; next++) {
    const line = lines[next] ?? ''
    open += line.split(/[([{]/).length - line.split(/[)\]}]/).length
    if ((lines[next + 1] ?? '').trim() !== '') continue
    if (open <= 0) return next
    first ??= next
  }
  return first
}
