/** Parses texts into syntax trees of named nodes that outlive the next parse, for languages that have no query. */

import type { ReadFailure } from './read-failure.ts'
import { OTHER, SyntaxTree } from './syntax-tree.ts'
import { type Grammar, loadGrammar, type Names, nodes } from './tree-sitter.ts'

/** tree-sitter's type id for syntax errors. */
const ERROR_TYPE = 0xffff

/** A grammar and the form of its trees. */
export interface SyntaxChoice {
  /** The npm package and path of its grammar: `tree-sitter-python/tree-sitter-python.wasm`. */
  readonly wasm: string
  /** SHA-256 of that file in hexadecimal. */
  readonly sha256: string
  /** The number (1 to 255) of each kind of node that the analysis distinguishes; all others become `OTHER`. */
  readonly kinds: Readonly<Record<string, number>>
  /** Kinds that are left out with everything below them. */
  readonly ignored: readonly string[]
  readonly comment: string
  /** False for a node whose inner nodes are not needed, such as the escapes in a string. Called for each named node. */
  hasParts(kind: number, text: string, start: number): boolean
}

/** @returns The tree of a text, or the reason why it could not be parsed. */
export type ParseTree = (text: string, timeoutMs: number) => Promise<SyntaxTree | ReadFailure>

/** Nodes that are neither copied nor comments are left out with everything below them. */
const COPIED = 1
const COMMENT = 2

/** The treatment of each kind of node in the grammar. */
interface Plan {
  readonly kinds: Uint8Array
  /** `COPIED`, `COMMENT` or 0. */
  readonly actions: Uint8Array
}

/** @throws {Error} As `loadGrammar`. */
export async function loadSyntax(choice: SyntaxChoice): Promise<ParseTree> {
  const grammar: Grammar = await loadGrammar(choice.wasm, choice.sha256)
  const plan = planFor(grammar.names, choice)
  return (text, timeoutMs) => grammar.parse(text, timeoutMs, () => copyTree(plan, choice, text))
}

function planFor({ kinds: all }: Names, choice: SyntaxChoice): Plan {
  const kinds = new Uint8Array(ERROR_TYPE + 1)
  const actions = new Uint8Array(ERROR_TYPE + 1)
  const numbers = new Map(Object.entries(choice.kinds))
  for (const { symbol, name, isNamed } of all) {
    if (!isNamed) continue
    actions[symbol] = name === choice.comment ? COMMENT : choice.ignored.includes(name) ? 0 : COPIED
    kinds[symbol] = numbers.get(name) ?? OTHER
  }
  actions[ERROR_TYPE] = COPIED
  kinds[ERROR_TYPE] = numbers.get('ERROR') ?? OTHER
  return { kinds, actions }
}

/** Copies the needed part of `nodes`: named nodes, with comments apart. */
function copyTree({ kinds: kindOf, actions }: Plan, choice: SyntaxChoice, text: string): SyntaxTree {
  const { size: count, hasError } = nodes
  const kinds = new Uint8Array(count)
  const starts = new Uint32Array(count)
  const ends = new Uint32Array(count)
  const after = new Uint32Array(count)
  const comments: number[] = []
  // Open parents, and the index in `nodes` after their last descendant.
  const open: number[] = []
  const openEnds: number[] = []
  let size = 0
  let node = 0
  while (node < count) {
    while (openEnds.length > 0 && openEnds[openEnds.length - 1] === node) {
      openEnds.pop()
      after[open.pop() ?? 0] = size
    }
    const type = nodes.kinds[node] ?? 0
    const start = nodes.starts[node] ?? 0
    const end = nodes.ends[node] ?? 0
    const next = nodes.after[node] ?? count
    const action = actions[type]
    if (action === COMMENT) comments.push(start, end)
    if (action !== COPIED) {
      node = next
      continue
    }
    const kind = kindOf[type] ?? OTHER
    kinds[size] = kind
    starts[size] = start
    ends[size] = end
    after[size] = size + 1
    const hasParts = next > node + 1 && choice.hasParts(kind, text, start)
    if (hasParts) {
      open.push(size)
      openEnds.push(next)
    }
    size++
    node = hasParts ? node + 1 : next
  }
  for (const one of open) after[one] = size
  const cut = <T extends Uint8Array | Uint32Array>(column: T): T => column.slice(0, size) as T
  return new SyntaxTree({
    text,
    size,
    kinds: cut(kinds),
    starts: cut(starts),
    ends: cut(ends),
    after: cut(after),
    comments,
    hasError,
  })
}
