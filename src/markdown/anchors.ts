/**
 * Anchors of a page: its headings, and list items that begin with a name in inline code. The page writer, the checks and the
 * renderer use this same function, so that links written before rendering are correct.
 */

import type { Heading, Html, InlineCode, ListItem, RootContent } from 'mdast'
import { plainText } from './build.ts'
import { Slugger } from './slug.ts'

export type Anchored = Heading | ListItem

/** The anchors of the blocks of a page. Headings are processed first, so that list items do not affect their anchors. */
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

/** An anchor that other Markdown renderers resolve, too. They make anchors of headings only. */
export const anchorHtml = (anchor: string): Html => ({ type: 'html', value: `<a id="${anchor}"></a>` })

/** Lists below the lines of this many lists have no anchors. */
const MAX_DEPTH = 3

/** The list items with anchors. `owner` is the name in the heading or line above them, of which they are members. */
export function* namedLines(
  blocks: readonly RootContent[],
): Generator<{ line: ListItem; name: InlineCode; owner: string | null }> {
  let owner: string | null = null
  for (const block of blocks) {
    if (block.type === 'heading') owner = ownerIn(block)
    yield* linesOf(block, owner, 0)
  }
}

function* linesOf(block: RootContent, owner: string | null, depth: number): ReturnType<typeof namedLines> {
  if (block.type !== 'list' || block.ordered === true || depth > MAX_DEPTH) return
  for (const line of block.children) {
    const name = nameOf(line)
    if (name === undefined) continue
    yield { line, name, owner }
    for (const inner of line.children) yield* linesOf(inner, nameIn(name.value), depth + 1)
  }
}

/** The name in a heading that consists only of a name, as those of entries do. */
function ownerIn({ depth, children: [name, ...rest] }: Heading): string | null {
  return depth > 1 && rest.length === 0 && name?.type === 'inlineCode' ? name.value : null
}

function nameOf({ children: [block] }: ListItem): InlineCode | undefined {
  const first = block?.type === 'paragraph' ? block.children.find(({ type }) => type !== 'html') : undefined
  const inner = first?.type === 'link' && first.children.length === 1 ? first.children[0] : first
  return inner?.type === 'inlineCode' ? inner : undefined
}

/**
 * Matches the declaration of a type, with its name after a keyword: `type Mux struct`, `pub enum Color`, `class A extends B`.
 * The lookahead after the name excludes functions that return such a type: `struct node *next(void)`.
 */
const TYPE =
  /^(?:[a-z]+(?:\([a-z]+\))? ){0,4}(?:class|struct|interface|trait|enum|type|module|namespace|object|record|union|protocol|mod|actor|extension|@interface)(?: class| struct)? ([\p{L}_$][\p{L}\p{N}_$.:]*)(?=$|[<({:=[,]| [<({:=]| (?:extends|implements|struct|interface|func|where|with|for|permits)\b|\n| <)/u

const DELEGATION = /^(?:class << self; )?(?:def_\w*delegators? .*, :([\w?!=]{1,100})|delegate :([\w?!=]{1,100}), to: )/

/**
 * The name that a signature probably declares: `dispatch` in `#dispatch(request: Request): Response`, `next` in `cJSON
 * *next`, `free` in `void (*free)(void *at)`.
 */
function nameIn(signature: string): string {
  const [, type] = TYPE.exec(signature) ?? []
  if (type !== undefined) return type
  // `class << self; def_delegators :@all, :each`
  const delegated = DELEGATION.exec(signature)
    ?.slice(1)
    .find((name) => name !== undefined)
  if (delegated !== undefined) return delegated
  // Ruby needs no parentheses around parameters.
  const method = /^(?:def ((?:self\.)?(?:[\w?!]{1,100}|[^\w\s(,]{1,3}))|alias :?([\w?!]{1,100}))(?=[\s(,]|$)/.exec(
    signature,
  )
  if (method !== null) return method[1] ?? method[2] ?? signature
  const declared = signature.replace(/^func \([^)]*\)/, '').replace(/^pub\([^)]*\) /, '')
  // A pointer to functions is declared in parentheses before its parameters.
  const pointer = /^[^(]*\((?:\w+\s+)?\*\s*(\w+)\s*\)\s*\(/.exec(declared)?.[1]
  if (pointer !== undefined && !declared.startsWith('func ')) return pointer
  const head = beforeParameters(declared) ?? declared.split(/[(<=;{[]|(?<!:):(?!:)/, 1)[0] ?? ''
  return head.trim().split(/\s+/).at(-1) || signature
}

/** The part of a signature before the parameters, without type parameters: `static List of` for `static <E> List<E> of(E e)`. */
function beforeParameters(signature: string): string | undefined {
  let head = ''
  let depth = 0
  for (let at = 0; at < signature.length; at++) {
    const char = signature[at] ?? ''
    if (char === '(' && depth === 0) return head.trim() === '' ? undefined : head
    if (char === ':' && signature[at + 1] === ':') {
      if (depth === 0) head += '::'
      at += 1
      continue
    }
    if (':=;{'.includes(char) && depth === 0) return undefined
    if (char === '<' || char === '[') depth += 1
    else if ((char === '>' && !/[-=]/.test(signature[at - 1] ?? '')) || char === ']') depth -= 1
    else if (depth === 0) head += char
  }
  return undefined
}
