/** Replaces MyST directives, code blocks with a name in braces, other than callouts and tabs; and MyST roles, `{func}` before code. */

import type { Code, Nodes, PhrasingContent, RootContent } from 'mdast'
import { append, replaceAt } from '#base/long-arrays.ts'
import { folderOf, joinPath } from '#generate/paths.ts'
import { plainText } from '#markdown/build.ts'
import type { Includes } from './includes.ts'
import type { ListedDocument } from './nodes.ts'
import { roleNodes } from './rst/inline.ts'
import { rstBlocks } from './rst/read-rst.ts'

const NAME = /^\{([A-Za-z][\w:-]{0,40})\}$/
/** Limit for one text. */
const MAX_DIRECTIVES = 200

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
  const lists: ListedDocument[] = []
  let left = MAX_DIRECTIVES
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index]
    const name = block?.type === 'code' ? NAME.exec(block.lang ?? '')?.[1] : undefined
    if (block?.type !== 'code' || name === undefined || left-- <= 0) continue
    const taken = name === 'include' ? included(block.meta ?? '', path, includes) : undefined
    const made = taken === undefined ? rstBlocks(path, sourceOf(name, block), includes) : { blocks: read(taken) }
    append(lists, made.lists ?? [])
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

const TARGET = /^\(([A-Za-z][\w:./ -]{0,80})\)=$/

/** Replaces the roles below nodes, in place, with what the same roles are shown as in reStructuredText. */
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

const ROLE = /\{([A-Za-z][\w:.+-]{0,40})\}$/

/** The directive as reStructuredText. Lines between `---` are options. */
function sourceOf(name: string, { meta, value }: Code): string {
  if (name === 'eval-rst') return value
  const body = value.split('\n').map((line) => `   ${line}`)
  return [`.. ${name}:: ${meta ?? ''}`, ...body].join('\n')
}

/** The text of an included Markdown file; empty for one with its own page; `undefined` for other files. */
function included(argument: string, path: string, includes: Includes): string | undefined {
  const target = /\.(?:md|markdown)$/i.test(argument) ? joinPath(folderOf(path), argument) : undefined
  if (target === undefined || target === path) return undefined
  if (includes.isGuide(target)) return ''
  const text = includes.textOf(target)
  return text !== null && includes.take(text.length) ? text : undefined
}
