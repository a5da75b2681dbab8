/** Directives of MyST, which are code blocks with a name between braces: those that notes and tabs do not cover. */

import type { Code, RootContent } from 'mdast'
import { folderOf, joinPath } from '#generate/paths.ts'
import type { Includes } from './includes.ts'
import type { ListedDocument } from './nodes.ts'
import { rstBlocks } from './rst/read-rst.ts'

const NAME = /^\{([A-Za-z][\w:-]{0,40})\}$/
/** Directives of one text. */
const MAX_DIRECTIVES = 200

/**
 * Put what directives of reStructuredText make of them in the place of such blocks. In place; at the top of a document.
 *
 * @param read - Reads Markdown that is taken over.
 * @returns The documents that its tables of contents list.
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
    lists.push(...(made.lists ?? []))
    blocks.splice(index, 1, ...made.blocks)
    index += made.blocks.length - 1
  }
  return lists
}

/** The same as reStructuredText. What is between its lines of `---` are options. */
function sourceOf(name: string, { meta, value }: Code): string {
  if (name === 'eval-rst') return value
  const body = value.split('\n').map((line) => `   ${line}`)
  return [`.. ${name}:: ${meta ?? ''}`, ...body].join('\n')
}

/** The text of a file of Markdown; empty where that has a page of its own; `undefined` for what is read otherwise. */
function included(argument: string, path: string, includes: Includes): string | undefined {
  const target = /\.(?:md|markdown)$/i.test(argument) ? joinPath(folderOf(path), argument) : undefined
  if (target === undefined || target === path) return undefined
  if (includes.isGuide(target)) return ''
  const text = includes.textOf(target)
  return text !== null && includes.take(text.length) ? text : undefined
}
