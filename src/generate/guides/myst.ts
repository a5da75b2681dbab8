/**
 * Replaces MyST directives (fenced blocks with a name in braces, such as `{toctree}`), except callouts and tabs, and MyST
 * roles (a name in braces before inline code, such as `{func}`).
 */

import type { Code, Nodes, PhrasingContent, RootContent } from 'mdast'
import { append, replaceAt } from '#base/long-arrays.ts'
import { folderOf, joinPath } from '#generate/paths.ts'
import { plainText } from '#markdown/build.ts'
import type { Includes } from './includes.ts'
import type { ListedDocument } from './nodes.ts'
import { roleNodes } from './rst/inline.ts'
import { rstBlocks } from './rst/read-rst.ts'

const NAME = /^\{([A-Za-z][\w:-]{0,40})\}$/
const TARGET = /^\(([A-Za-z][\w:./ -]{0,80})\)=$/
const ROLE = /\{([A-Za-z][\w:.+-]{0,40})\}$/
/** Limit for one document, with what it includes. */
const MAX_DIRECTIVES = 200
/** Limit on files that include each other. */
const MAX_INCLUDES = 5
/** Directives whose content is text in Markdown. */
const TEXTUAL = new Set(['list-table', 'glossary', 'deprecated', 'versionadded', 'versionchanged'])
/** A role, inline code, or a link, none of them over several lines. */
const INLINE =
  /\{([A-Za-z][\w:.+-]{0,40})\}(`[^`\n]{1,200}`)|(?<!`)`([^`\n]{1,200})`(?!`)|(?<!!)\[([^[\]`\n]{1,200})\]\(([^()\s<>`]{1,300})\)/g

/**
 * Replaces directives at the top level of a document, in place, with the blocks that the same directives yield in
 * reStructuredText.
 *
 * @param read - Parses included Markdown.
 * @returns The documents in its tables of contents.
 */
export function takeDirectives(
  blocks: RootContent[],
  path: string,
  includes: Includes,
  read: (text: string) => RootContent[],
): ListedDocument[] {
  return replaceIn(blocks, path, { includes, read, left: MAX_DIRECTIVES }, 0)
}

interface Reading {
  readonly includes: Includes
  readonly read: (text: string) => RootContent[]
  /** Directives that may still be replaced. */
  left: number
}

function replaceIn(blocks: RootContent[], path: string, reading: Reading, depth: number): ListedDocument[] {
  const { includes, read } = reading
  const lists: ListedDocument[] = []
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index]
    const name = block?.type === 'code' ? NAME.exec(block.lang ?? '')?.[1] : undefined
    if (block?.type !== 'code' || name === undefined || reading.left-- <= 0) continue
    const taken = name === 'include' ? included(block.meta ?? '', path, includes) : undefined
    const made = taken === undefined ? rstBlocks(path, sourceOf(name, block), includes) : { blocks: read(taken.text) }
    append(lists, made.lists ?? [])
    if (taken !== undefined && depth < MAX_INCLUDES)
      append(lists, replaceIn(made.blocks, taken.path, reading, depth + 1))
    replaceAt(blocks, index, made.blocks)
    index += made.blocks.length - 1
  }
  return lists
}

/** Removes targets, `(label)=` in a paragraph of its own, and gives their labels to the headings below them. */
export function takeTargets(blocks: RootContent[]): void {
  let pending: string[] = []
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index]
    const label = block?.type === 'paragraph' ? TARGET.exec(plainText(block).trim())?.[1] : undefined
    if (label !== undefined) {
      pending.push(label)
      blocks.splice(index--, 1)
    } else {
      if (block?.type === 'heading' && pending.length > 0)
        block.data = { ...block.data, anchors: [...(block.data?.anchors ?? []), ...pending] }
      pending = []
    }
  }
}

/** Replaces the roles below nodes, in place, with the nodes that the same roles yield in reStructuredText. */
export function takeRoles(nodes: readonly RootContent[]): void {
  const left: Nodes[] = [...nodes]
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (!('children' in node)) continue
    const children = node.children as PhrasingContent[]
    for (let index = 1; index < children.length; index++) {
      const [before, code] = [children[index - 1], children[index]]
      if (before?.type !== 'text' || code?.type !== 'inlineCode') continue
      const [written, role] = ROLE.exec(before.value) ?? []
      if (written === undefined || role === undefined) continue
      before.value = before.value.slice(0, -written.length)
      const made = roleNodes(role, code.value, { module: null })
      replaceAt(children, index, made)
      index += made.length - 1
    }
    append(left, children)
  }
}

/** The directive as reStructuredText. */
function sourceOf(name: string, { meta, value }: Code): string {
  if (name === 'eval-rst') return value
  const lines = withOptions(value.split('\n'))
  const body = TEXTUAL.has(name) ? lines.map(rstOf) : lines
  return [`.. ${name}:: ${meta ?? ''}`, ...body.map((line) => `   ${line}`)].join('\n')
}

/** Writes options in YAML, `key: value` between lines of `---`, as `:key: value`. */
function withOptions(lines: readonly string[]): readonly string[] {
  const end = lines[0] === '---' ? lines.indexOf('---', 1) : -1
  if (end === -1) return lines
  const options = lines.slice(1, end).map((line) => line.replace(/^([\w-]+):/, ':$1:'))
  return [...options, '', ...lines.slice(end + 1)]
}

/** Writes the roles, inline code and links of a line of Markdown in reStructuredText. */
const rstOf = (line: string): string =>
  line.replace(INLINE, (_, role?: string, content?: string, code?: string, label?: string, url?: string) =>
    role !== undefined ? `:${role}:${content}` : code !== undefined ? `\`\`${code}\`\`` : `\`${label} <${url}>\`__`,
  )

/** An included Markdown file; its text is empty if it has its own page; `undefined` for other files. */
function included(argument: string, path: string, includes: Includes): { path: string; text: string } | undefined {
  const target = /\.(?:md|markdown)$/i.test(argument) ? joinPath(folderOf(path), argument) : undefined
  if (target === undefined || target === path) return undefined
  if (includes.isGuide(target)) return { path: target, text: '' }
  const text = includes.textOf(target)
  return text !== null && includes.take(text.length) ? { path: target, text } : undefined
}
