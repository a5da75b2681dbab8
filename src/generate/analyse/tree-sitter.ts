/**
 * Parsing with tree-sitter's WebAssembly, for every language that has a grammar. The only file that knows
 * `web-tree-sitter`; what leaves it is a `SyntaxTree`, plain arrays, so no native memory outlives a call.
 *
 * All grammars of a runtime live in one WebAssembly instance. When that aborts (out of memory) it is useless for good,
 * so the next parse loads a new one; a text that did it is reported and not tried again.
 */

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { Language, Parser, Tree } from 'web-tree-sitter'
import { type CompiledQuery, compileQuery, type Names } from './query/compile.ts'
import { match, type TakeMatch, TooSlow } from './query/match.ts'
import { readQuery } from './query/read-query.ts'
import { OTHER, SyntaxTree } from './syntax-tree.ts'
import { Nodes } from './tree/nodes.ts'
import { type GrammarTables, readNodes, readTables } from './tree/read-nodes.ts'

/** Longer texts are not parsed: memory grows to about 90 bytes a character, and the instance aborts at some 50 MB. */
const MAX_CHARACTERS = 4_000_000

/** Instances that may be loaded by one process; old ones are not freed by Node. */
const MAX_INSTANCES = 8

/** The build of the runtime whose memory `tree/read-nodes.ts` can read. */
const RUNTIME_SHA256 = '488beeff7adb7fd7e21e97cc29a43dc6d031977755eda892d6d96c7f456cfdec'

/** What the runtime would make by itself, pages of 64 KB. */
const MEMORY: WebAssembly.MemoryDescriptor = { initial: 512, maximum: 32_768 }

/** tree-sitter's number for a part of the text that does not follow the grammar. */
const ERROR_TYPE = 0xffff

/** A grammar and how its trees are wanted. */
export interface GrammarChoice {
  /** The npm package and the file of its grammar: `tree-sitter-python/tree-sitter-python.wasm`. */
  readonly wasm: string
  /** Our number (1 to 255) for each kind of node the analysis tells apart; the rest become `OTHER`. */
  readonly kinds: Readonly<Record<string, number>>
  /** Kinds that are left out with all below them, without a trace. */
  readonly ignored: readonly string[]
  /** The kind of comments. */
  readonly comment: string
  /** False for a node whose inner nodes are of no use, such as the escapes in a string. Called for each named node. */
  hasParts(kind: number, text: string, start: number): boolean
}

export type ParseFailure = 'too long' | 'too slow' | 'aborted'

/** A loaded grammar. */
export interface Grammar {
  /**
   * Parse a text. A leading byte order mark must be gone. Errors in the text give a tree with `hasError`.
   *
   * @param deadlineMs - Time the parser may take.
   */
  parse(text: string, deadlineMs: number): Promise<SyntaxTree | ParseFailure>
}

type Runtime = typeof import('web-tree-sitter')

interface Instance {
  readonly runtime: Runtime
  readonly memory: WebAssembly.Memory
  readonly number: number
}

let instance: Promise<Instance> | undefined
let instances = 0

/** The living instance; the query makes Node evaluate the module anew, which is what gives a new WebAssembly memory. */
function livingInstance(): Promise<Instance> {
  instance ??= (async () => {
    const number = ++instances
    const url = import.meta.resolve('web-tree-sitter')
    const runtime: Runtime = number === 1 ? await import('web-tree-sitter') : await import(`${url}?instance=${number}`)
    const wasmBinary = await readFile(createRequire(import.meta.url).resolve('web-tree-sitter/web-tree-sitter.wasm'))
    checkHash('web-tree-sitter', wasmBinary, RUNTIME_SHA256)
    const memory = new WebAssembly.Memory(MEMORY)
    await runtime.Parser.init({ wasmBinary, wasmMemory: memory })
    return { runtime, memory, number }
  })()
  return instance
}

/** Per kind of the grammar: what becomes of it. */
interface Plan {
  readonly kinds: Uint8Array
  /** 0 anonymous, 1 node, 2 comment, 3 ignored. */
  readonly actions: Uint8Array
}

interface Loaded {
  readonly number: number
  readonly parser: Parser
  readonly plan: Plan
}

/**
 * Load a grammar. Load all that will be needed before the first parse: compiling one in the background delays the next.
 *
 * @throws When the package is not installed or its grammar does not fit the runtime.
 */
export async function loadGrammar(choice: GrammarChoice): Promise<Grammar> {
  const file = createRequire(import.meta.url).resolve(choice.wasm)
  const bytes = await readFile(pathToFileURL(file))
  let loaded = await load(choice, bytes)
  return {
    async parse(text, deadlineMs) {
      if (text.length > MAX_CHARACTERS) return 'too long'
      if (instance === undefined && instances >= MAX_INSTANCES) return 'aborted'
      if (loaded.number !== (await livingInstance()).number) loaded = await load(choice, bytes)
      try {
        return parse(loaded, choice, text, deadlineMs)
      } catch {
        instance = undefined
        return 'aborted'
      }
    },
  }
}

/** A grammar and a query over its trees. */
export interface QueryChoice {
  /** The npm package and the file of its grammar. */
  readonly wasm: string
  /** SHA-256 of that file, hex. */
  readonly sha256: string
  /** The text of the query. */
  readonly query: string
}

/** A loaded grammar with its query. */
export interface Matcher {
  /**
   * Parse a text and read the query's matches in it. A leading byte order mark must be gone.
   *
   * @param deadlineMs - Time that parsing and matching may take, each.
   * @param read - Called with nodes that are those of the next text afterwards; what it throws is thrown.
   */
  match<T>(text: string, deadlineMs: number, read: (matches: Matches) => T): Promise<T | ParseFailure>
}

/** A parsed text and what a query finds in it. */
export interface Matches {
  readonly nodes: Nodes
  /** Names of captures, by index. */
  readonly captures: readonly string[]
  /** Call `take` with each match. */
  each(take: TakeMatch): void
}

interface LoadedQuery {
  readonly number: number
  readonly parser: Parser
  readonly memory: WebAssembly.Memory
  readonly tables: GrammarTables
  readonly query: CompiledQuery
}

/** The nodes of the text that is just being read, in this thread. */
const nodes = new Nodes()

/**
 * Load a grammar and a query for it. Load all that will be needed before the first parse.
 *
 * @throws {Error} The package is not installed, its grammar is not the one that the query was written for, or the query
 *   does not fit the grammar.
 */
export async function loadMatcher(choice: QueryChoice): Promise<Matcher> {
  const bytes = await readFile(createRequire(import.meta.url).resolve(choice.wasm))
  checkHash(choice.wasm, bytes, choice.sha256)
  const roots = readQuery(choice.query)
  const load = async (): Promise<LoadedQuery> => {
    const { runtime, memory, number } = await livingInstance()
    const language = await runtime.Language.load(bytes)
    const parser = new runtime.Parser()
    parser.setLanguage(language)
    const tables = readTables(memory, addressOf(language))
    return { number, parser, memory, tables, query: compileQuery(roots, namesOf(language)) }
  }
  let loaded = await load()
  return {
    async match(text, deadlineMs, read) {
      if (text.length > MAX_CHARACTERS) return 'too long'
      if (instance === undefined && instances >= MAX_INSTANCES) return 'aborted'
      if (loaded.number !== (await livingInstance()).number) loaded = await load()
      const failure = parseInto(loaded, text, deadlineMs)
      if (failure !== undefined) return failure
      const { query } = loaded
      const deadline = performance.now() + deadlineMs
      try {
        return read({ nodes, captures: query.captures, each: (take) => match(query, nodes, text, deadline, take) })
      } catch (error) {
        if (error instanceof TooSlow) return 'too slow'
        throw error
      }
    },
  }
}

/** Parse a text into `nodes`. */
function parseInto(
  { parser, memory, tables }: LoadedQuery,
  text: string,
  deadlineMs: number,
): ParseFailure | undefined {
  let tree: Tree | null = null
  try {
    const end = performance.now() + deadlineMs
    // The runtime stops when the callback answers true, whatever its type says.
    tree = parser.parse(text, null, { progressCallback: () => performance.now() > end })
    if (tree === null) {
      parser.reset()
      return 'too slow'
    }
    readNodes(memory, addressOf(tree), tables, nodes)
    return undefined
  } catch {
    instance = undefined
    return 'aborted'
  } finally {
    tree?.delete()
  }
}

/** The address of what an object of the runtime stands for; it is kept under the key 0, which typings leave out. */
function addressOf(of: Language | Tree): number {
  return (of as unknown as { readonly 0: number })[0]
}

function namesOf(language: Language): Names {
  const kinds: Names['kinds'][number][] = []
  for (let symbol = 0; symbol < language.nodeTypeCount; symbol++) {
    if (!language.nodeTypeIsVisible(symbol)) continue
    kinds.push({ symbol, name: language.nodeTypeForId(symbol) ?? '', isNamed: language.nodeTypeIsNamed(symbol) })
  }
  return { kinds, field: (name) => language.fieldIdForName(name) ?? undefined }
}

function checkHash(file: string, bytes: Uint8Array, sha256: string): void {
  const found = createHash('sha256').update(bytes).digest('hex')
  if (found !== sha256) throw new Error(`${file} is not the file that was chosen: ${found}`)
}

async function load(choice: GrammarChoice, bytes: Uint8Array): Promise<Loaded> {
  const { runtime, number } = await livingInstance()
  const language = await runtime.Language.load(bytes)
  const parser = new runtime.Parser()
  parser.setLanguage(language)
  return { number, parser, plan: planFor(language, choice) }
}

function planFor(language: Language, choice: GrammarChoice): Plan {
  const kinds = new Uint8Array(ERROR_TYPE + 1)
  const actions = new Uint8Array(ERROR_TYPE + 1)
  const numbers = new Map(Object.entries(choice.kinds))
  for (let type = 0; type < language.nodeTypeCount; type++) {
    if (!language.nodeTypeIsNamed(type)) continue
    const name = language.nodeTypeForId(type) ?? ''
    actions[type] = name === choice.comment ? 2 : choice.ignored.includes(name) ? 3 : 1
    kinds[type] = numbers.get(name) ?? OTHER
  }
  actions[ERROR_TYPE] = 1
  kinds[ERROR_TYPE] = numbers.get('ERROR') ?? OTHER
  return { kinds, actions }
}

function parse(loaded: Loaded, choice: GrammarChoice, text: string, deadlineMs: number): SyntaxTree | ParseFailure {
  const end = performance.now() + deadlineMs
  let tree: Tree | null = null
  try {
    // The runtime stops when the callback answers true, whatever its type says.
    tree = loaded.parser.parse(text, null, { progressCallback: () => performance.now() > end })
    if (tree === null) {
      loaded.parser.reset()
      return 'too slow'
    }
    return copyTree(tree, loaded.plan, choice, text)
  } finally {
    tree?.delete()
  }
}

/** Walk the tree once. A walk costs less than a query that captures every node, and keeps who is inside whom. */
function copyTree(tree: Tree, plan: Plan, choice: GrammarChoice, text: string): SyntaxTree {
  const root = tree.rootNode
  const room = root.descendantCount
  const kinds = new Uint8Array(room)
  const starts = new Uint32Array(room)
  const ends = new Uint32Array(room)
  const after = new Uint32Array(room)
  const comments: number[] = []
  const open: number[] = []
  let size = 0
  const cursor = tree.walk()
  try {
    for (;;) {
      const type = cursor.nodeTypeId
      const action = plan.actions[type]
      let isOpen = false
      if (action === 1) {
        const kind = plan.kinds[type] ?? OTHER
        const start = cursor.startIndex
        kinds[size] = kind
        starts[size] = start
        ends[size] = cursor.endIndex
        after[size] = size + 1
        if (choice.hasParts(kind, text, start) && cursor.gotoFirstChild()) {
          open.push(size)
          isOpen = true
        }
        size++
      } else if (action === 2) {
        comments.push(cursor.startIndex, cursor.endIndex)
      }
      if (isOpen) continue
      while (!cursor.gotoNextSibling()) {
        const closed = open.pop()
        if (closed === undefined) {
          const hasError = root.hasError
          return new SyntaxTree(
            text,
            size,
            kinds.slice(0, size),
            starts.slice(0, size),
            ends.slice(0, size),
            after.slice(0, size),
            comments,
            hasError,
          )
        }
        after[closed] = size
        cursor.gotoParent()
      }
    }
  } finally {
    cursor.delete()
  }
}
