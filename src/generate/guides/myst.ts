/** Directives of MyST, which are code blocks with a name between braces: those that notes and tabs do not cover. */

import type { Code, RootContent } from 'mdast'
import type { Includes } from './includes.ts'
import type { ListedDocument } from './nodes.ts'
import { rstBlocks } from './rst/read-rst.ts'

const NAME = /^\{([A-Za-z][\w:-]{0,40})\}$/
/** Directives of one text. */
const MAX_DIRECTIVES = 200

/**
 * Put what directives of reStructuredText make of them in the place of such blocks. In place; at the top of a document.
 *
 * @returns The documents that its tables of contents list.
 */
export function takeDirectives(blocks: RootContent[], path: string, includes: Includes): ListedDocument[] {
  const lists: ListedDocument[] = []
  let left = MAX_DIRECTIVES
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index]
    const name = block?.type === 'code' ? NAME.exec(block.lang ?? '')?.[1] : undefined
    if (block?.type !== 'code' || name === undefined || left-- <= 0) continue
    const read = rstBlocks(path, sourceOf(name, block), includes)
    lists.push(...(read.lists ?? []))
    blocks.splice(index, 1, ...read.blocks)
    index += read.blocks.length - 1
  }
  return lists
}

/** The same as reStructuredText. What is between its lines of `---` are options. */
function sourceOf(name: string, { meta, value }: Code): string {
  if (name === 'eval-rst') return value
  const body = value.split('\n').map((line) => `   ${line}`)
  return [`.. ${name}:: ${meta ?? ''}`, ...body].join('\n')
}
