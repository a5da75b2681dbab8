/**
 * Parses with tree-sitter's WebAssembly, for every language that has a grammar. The only file that uses
 * `web-tree-sitter`. The result is in `nodes`: plain arrays that hold the nodes of the last parsed text, so no
 * native memory outlives a call.
 *
 * All grammars of a runtime live in one WebAssembly instance. If the instance runs out of memory, it cannot be used
 * again, so the next parse loads a new one, up to a limit (`hasNoInstancesLeft`); the text is reported and not tried again.
 */

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { isMainThread } from 'node:worker_threads'
import type { Language, Parser, Tree } from 'web-tree-sitter'
import { Deadline } from '#base/deadline.ts'
import { OutOfTime, runWithTimeLimit } from '#base/interruptible.ts'
import { failureOf, type ReadFailure } from './read-failure.ts'
import { Nodes } from './tree/nodes.ts'
import { type GrammarTables, readNodes, readTables } from './tree/read-nodes.ts'

/** Longer texts are not parsed: memory grows to about 90 bytes per character. */
const MAX_CHARACTERS = 4_000_000

/**
 * Limit on the instances that a thread loads: the memory of an aborted one is freed only when the thread ends, and
 * another thread takes over.
 */
const MAX_INSTANCES = isMainThread ? 3 : 1

/** The build of the runtime whose memory `tree/read-nodes.ts` can read. */
const RUNTIME_SHA256 = '488beeff7adb7fd7e21e97cc29a43dc6d031977755eda892d6d96c7f456cfdec'

/**
 * Pages of 64 KiB: 384 MiB are enough for the longest text. Some texts of 200 kB would otherwise take all available
 * memory, in each thread.
 */
const MEMORY: WebAssembly.MemoryDescriptor = { initial: 512, maximum: 6_144 }

/** The nodes of the text that was parsed last in this thread. */
export const nodes = new Nodes()

type Runtime = typeof import('web-tree-sitter')

interface Instance {
  readonly runtime: Runtime
  readonly memory: WebAssembly.Memory
  readonly number: number
}

interface LoadedGrammar {
  /** The number of the instance. */
  readonly number: number
  readonly language: Language
  readonly parser: Parser
  readonly memory: WebAssembly.Memory
  readonly tables: GrammarTables
}

/** A grammar's names of its nodes and fields. */
export interface Names {
  /** Every symbol of the grammar that can be the kind of a node. */
  readonly kinds: readonly { readonly symbol: number; readonly name: string; readonly isNamed: boolean }[]
  field(name: string): number | undefined
}

/** A grammar, ready to parse. */
export interface Grammar {
  readonly names: Names
  /**
   * Parses a text into `nodes`. The text must not begin with a byte order mark. Errors in the text are nodes, too.
   *
   * @param timeoutMs - Time limit of the parser.
   * @param read - Called on success, before another parse can replace `nodes`.
   * @returns The reason for a failure, or what `read` returned.
   */
  parse<Result = undefined>(text: string, timeoutMs: number, read?: () => Result): Promise<ReadFailure | Result>
}

let instance: Promise<Instance> | undefined
let instances = 0

/** True if this thread has used up its instances and can no longer parse. Other threads still can. */
export function hasNoInstancesLeft(): boolean {
  return instance === undefined && instances >= MAX_INSTANCES
}

/**
 * The live instance. The query string makes Node evaluate the module again, which gives it a new WebAssembly memory.
 */
function liveInstance(): Promise<Instance> {
  instance ??= startInstance().catch((error: unknown) => {
    // The next parse tries again.
    instance = undefined
    throw error
  })
  return instance
}

async function startInstance(): Promise<Instance> {
  const number = ++instances
  const url = import.meta.resolve('web-tree-sitter')
  const runtime: Runtime = number === 1 ? await import('web-tree-sitter') : await import(`${url}?instance=${number}`)
  const wasmBinary = await readFile(createRequire(import.meta.url).resolve('web-tree-sitter/web-tree-sitter.wasm'))
  checkHash('web-tree-sitter', wasmBinary, RUNTIME_SHA256)
  const memory = new WebAssembly.Memory(MEMORY)
  await runtime.Parser.init({ wasmBinary, wasmMemory: memory })
  return { runtime, memory, number }
}

/** Loaded once per process, since a grammar is never unloaded. */
const grammars = new Map<string, Promise<Grammar>>()

/**
 * Loads a grammar, or returns the one loaded before. Load all that will be needed before the first parse: compiling
 * a grammar in the background delays the next parse.
 *
 * @param wasm - The npm package and path of its grammar: `tree-sitter-python/tree-sitter-python.wasm`.
 * @param sha256 - SHA-256 of that file in hexadecimal.
 * @throws {Error} The package is not installed, or its grammar has another SHA-256.
 */
export async function loadGrammar(wasm: string, sha256: string): Promise<Grammar> {
  const key = `${wasm} ${sha256}`
  const grammar = grammars.get(key) ?? readGrammar(wasm, sha256)
  grammars.set(key, grammar)
  try {
    return await grammar
  } catch (error) {
    grammars.delete(key)
    throw error
  }
}

async function readGrammar(wasm: string, sha256: string): Promise<Grammar> {
  const bytes = await readFile(createRequire(import.meta.url).resolve(wasm))
  checkHash(wasm, bytes, sha256)
  let loaded = await load(bytes)
  return {
    names: namesOf(loaded.language),
    async parse<Result>(text: string, timeoutMs: number, read?: () => Result) {
      if (text.length > MAX_CHARACTERS) return 'too long'
      if (hasNoInstancesLeft()) return 'out of memory'
      if (loaded.number !== (await liveInstance()).number) loaded = await load(bytes)
      return parseInto(loaded, text, timeoutMs) ?? (read?.() as Result)
    },
  }
}

let loading: Promise<unknown> = Promise.resolve()

/** Loads grammars one after the other: the runtime links a grammar in several steps. */
function load(bytes: Uint8Array): Promise<LoadedGrammar> {
  const next = loading.then(() => loadNow(bytes))
  // Only the caller of this load gets the error; the next load does not depend on it.
  loading = next.catch(() => undefined)
  return next
}

async function loadNow(bytes: Uint8Array): Promise<LoadedGrammar> {
  const { runtime, memory, number } = await liveInstance()
  const language = await runtime.Language.load(bytes)
  const parser = new runtime.Parser()
  parser.setLanguage(language)
  return { number, language, parser, memory, tables: readTables(memory, addressOf(language)) }
}

/** Parses a text into `nodes`. */
function parseInto(
  { parser, memory, tables }: LoadedGrammar,
  text: string,
  timeoutMs: number,
): ReadFailure | undefined {
  let tree: Tree | null = null
  try {
    const deadline = new Deadline(timeoutMs)
    // The runtime stops when the callback returns true, whatever its type says.
    const parse = (): Tree | null => parser.parse(text, null, { progressCallback: () => deadline.isOver })
    // A grammar's own scanner does not check the deadline. Other threads are terminated from outside.
    tree = isMainThread ? runWithTimeLimit(timeoutMs * 2 + 100, parse) : parse()
    if (tree === null) parser.reset()
  } catch (error) {
    instance = undefined
    return error instanceof OutOfTime ? 'too slow' : 'out of memory'
  }
  if (tree === null) return 'too slow'
  try {
    readNodes(memory, addressOf(tree), tables, nodes)
    return undefined
  } catch (error) {
    return failureOf(error)
  } finally {
    tree.delete()
  }
}

/** The native address of an object of the runtime; it is stored under the key 0, which the typings leave out. */
function addressOf(object: Language | Tree): number {
  return (object as unknown as { readonly 0: number })[0]
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
  if (found !== sha256) throw new Error(`${file} does not have the expected SHA-256: ${found}`)
}
