/**
 * What of a page can be linked to: its headings, and the lines of lists that begin with a name in code style. The page writer,
 * the checks and the renderer use the same function, so an anchor that was written down before rendering is the one the page gets.
 */

import type { Heading, InlineCode, ListItem, RootContent } from 'mdast'
import { plainText } from './build.ts'
import { Slugger } from './slug.ts'

export type Anchored = Heading | ListItem

/** The anchors of the blocks of a page. Headings come first: a line more or less changes none of theirs. */
export function anchorsOf(blocks: readonly RootContent[]): Map<Anchored, string> {
  const slugger = new Slugger()
  const anchors = new Map<Anchored, string>()
  for (const block of blocks) if (block.type === 'heading') anchors.set(block, slugger.next(plainText(block)))
  for (const { line, name } of namedLines(blocks)) anchors.set(line, slugger.next(nameIn(name.value)))
  return anchors
}

/** The lines with anchors of their own. */
export function* namedLines(blocks: readonly RootContent[]): Generator<{ line: ListItem; name: InlineCode }> {
  for (const block of blocks) {
    if (block.type !== 'list' || block.ordered === true) continue
    for (const line of block.children) {
      const name = nameOf(line)
      if (name !== undefined) yield { line, name }
    }
  }
}

function nameOf({ children: [block] }: ListItem): InlineCode | undefined {
  const first = block?.type === 'paragraph' ? block.children[0] : undefined
  const inner = first?.type === 'link' && first.children.length === 1 ? first.children[0] : first
  return inner?.type === 'inlineCode' ? inner : undefined
}

/** What a signature is likely to declare: `dispatch` of `#dispatch(request: Request): Response`, `next` of `cJSON *next`, `free` of `void (*free)(void *at)`. */
function nameIn(signature: string): string {
  const declared = signature.replace(/^func \([^)]*\)/, '')
  const pointer = /^[^(]*\((?:\w+\s+)?\*\s*(\w+)\s*\)/.exec(declared)?.[1]
  if (pointer !== undefined) return pointer
  const [head = ''] = declared.split(/[(<:=;{[]/, 1)
  return head.trim().split(/\s+/).at(-1) || signature
}
