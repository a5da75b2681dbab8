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
  for (const { line, name, owner } of namedLines(blocks)) {
    const own = nameIn(name.value)
    anchors.set(line, slugger.next(owner === null ? own : `${owner}.${own}`))
  }
  return anchors
}

/** The lines with anchors of their own, with what they are members of: a name that is the heading above them. */
export function* namedLines(
  blocks: readonly RootContent[],
): Generator<{ line: ListItem; name: InlineCode; owner: string | null }> {
  let owner: string | null = null
  for (const block of blocks) {
    if (block.type === 'heading') owner = ownerIn(block)
    if (block.type !== 'list' || block.ordered === true) continue
    for (const line of block.children) {
      const name = nameOf(line)
      if (name !== undefined) yield { line, name, owner }
    }
  }
}

/** The heading of an entry is a name alone; that of a page, and one that links to its file, are not. */
function ownerIn({ depth, children: [name, ...rest] }: Heading): string | null {
  return depth > 1 && rest.length === 0 && name?.type === 'inlineCode' ? name.value : null
}

function nameOf({ children: [block] }: ListItem): InlineCode | undefined {
  const first = block?.type === 'paragraph' ? block.children[0] : undefined
  const inner = first?.type === 'link' && first.children.length === 1 ? first.children[0] : first
  return inner?.type === 'inlineCode' ? inner : undefined
}

/**
 * The name of a type, behind the word for its kind: `type Mux struct`, `pub enum Color`, `class A extends B`. What follows the
 * name tells it from a function that gives such a type: `struct node *next(void)`.
 */
const TYPE =
  /^(?:[a-z]+(?:\([a-z]+\))? ){0,4}(?:class|struct|interface|trait|enum|type|module|namespace|object|record|union|protocol|mod|actor|extension|@interface)(?: class| struct)? ([\p{L}_$][\p{L}\p{N}_$.:]*)(?=$|[<({:=[,]| [<({:=]| (?:extends|implements|struct|interface|func|where|with|for|permits)\b|\n| <)/u

/** What a signature is likely to declare: `dispatch` of `#dispatch(request: Request): Response`, `next` of `cJSON *next`, `free` of `void (*free)(void *at)`. */
function nameIn(signature: string): string {
  const [, type] = TYPE.exec(signature) ?? []
  if (type !== undefined) return type
  const declared = signature.replace(/^func \([^)]*\)/, '').replace(/^pub\([^)]*\) /, '')
  const pointer = /^[^(]*\((?:\w+\s+)?\*\s*(\w+)\s*\)/.exec(declared)?.[1]
  if (pointer !== undefined) return pointer
  const head = calledIn(declared) ?? declared.split(/[(<:=;{[]/, 1)[0] ?? ''
  return head.trim().split(/\s+/).at(-1) || signature
}

/** What stands before the parameters of a function, without its type parameters and those of its result: `static List of` of `static <E> List<E> of(E e)`. */
function calledIn(signature: string): string | undefined {
  let head = ''
  let depth = 0
  for (let at = 0; at < signature.length; at++) {
    const sign = signature[at] ?? ''
    if (sign === '(' && depth === 0) return head.trim() === '' ? undefined : head
    if (sign === ':' && signature[at + 1] === ':') {
      if (depth === 0) head += '::'
      at += 1
      continue
    }
    if (':=;{'.includes(sign) && depth === 0) return undefined
    if (sign === '<' || sign === '[') depth += 1
    else if ((sign === '>' && !/[-=]/.test(signature[at - 1] ?? '')) || sign === ']') depth -= 1
    else if (depth === 0) head += sign
  }
  return undefined
}
