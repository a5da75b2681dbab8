/** One measurement in a process of its own: prints one line of JSON. */

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { Language, Parser } from 'web-tree-sitter'
import { analyse } from '#generate/analyse/analyse.ts'
import { ANALYSERS } from '#generate/analyse/analysers.ts'
import { FAMILIES } from '#generate/analyse/languages/table.ts'
import { analyserVersion, ResultsCache } from '#generate/analyse/results-cache.ts'
import type { Inventory, SourceFile } from '#generate/model.ts'
import { createStepCache } from '#store/step-cache.ts'
import { readCheckout } from '../accuracy/checkout.ts'

export type Task =
  | { kind: 'parse'; folder: string }
  | {
      kind: 'analyse'
      folder: string
      threads?: number
      isShuffled?: boolean
      cache?: string
      /** What is changed in the middle one of the files, or in the one that most or fewest others name. */
      change?: 'body' | 'declaration'
      place?: 'middle' | 'central' | 'leaf'
      /** The analyser of this language alone. */
      language?: string | undefined
    }

export interface Timed {
  ms: number
  /** Processor time of all threads, the compiler's and the garbage collector's included. */
  cpuMs: number
  files: number
  lines: number
  /** Resident at most, in the whole process. */
  megabytes: number
  /** Of the whole result. */
  digest: string
}

const GRAMMARS = new Map<string, string>([
  ['python', 'tree-sitter-python/tree-sitter-python.wasm'],
  ['javascript', 'tree-sitter-javascript/tree-sitter-javascript.wasm'],
  ['typescript', 'tree-sitter-typescript/tree-sitter-typescript.wasm'],
  ...(await Promise.all(FAMILIES.flat().map((entry) => entry.load()))).map((spec): [string, string] => [
    spec.language,
    spec.wasm,
  ]),
])

const task = JSON.parse(process.argv[2] ?? '') as Task
const inventory = await readCheckout(task.folder)
const files = inventory.files.filter(
  (file) => GRAMMARS.has(file.language ?? '') && file.text !== null && !file.generated && !file.vendored,
)
const lines = files.reduce((sum, file) => sum + file.lines, 0)
const timed = task.kind === 'parse' ? await parse() : await run(task)
const megabytes = process.resourceUsage().maxRSS / 1_024
process.stdout.write(`${JSON.stringify({ ...timed, files: files.length, lines, megabytes } satisfies Timed)}\n`)

/** Starts a stopwatch for wall-clock and processor time. */
function startTimer(): () => Pick<Timed, 'ms' | 'cpuMs'> {
  const [begin, cpu] = [performance.now(), process.cpuUsage()]
  return () => {
    const { user, system } = process.cpuUsage(cpu)
    return { ms: performance.now() - begin, cpuMs: (user + system) / 1_000 }
  }
}

async function parse(): Promise<Pick<Timed, 'ms' | 'cpuMs' | 'digest'>> {
  const timed = startTimer()
  await Parser.init()
  const parsers = new Map<string, Parser>()
  for (const language of new Set(files.map((file) => file.language ?? ''))) {
    const wasm = createRequire(import.meta.url).resolve(GRAMMARS.get(language) ?? '')
    const parser = new Parser()
    parser.setLanguage(await Language.load(await readFile(wasm)))
    parsers.set(language, parser)
  }
  for (const file of files)
    parsers
      .get(file.language ?? '')
      ?.parse(file.text ?? '')
      ?.delete()
  return { ...timed(), digest: '' }
}

async function run(options: Task & { kind: 'analyse' }): Promise<Pick<Timed, 'ms' | 'cpuMs' | 'digest'>> {
  const taken = prepare(inventory, options)
  const cache =
    options.cache === undefined ? undefined : new ResultsCache(createStepCache(options.cache, { scope: '' }), 'bench')
  // A bundle knows the hash of its sources.
  analyserVersion()
  const timed = startTimer()
  const signal = new AbortController().signal
  const { language } = options
  const analysers = language === undefined ? ANALYSERS : ANALYSERS.filter((one) => one.languages.includes(language))
  const result = await analyse(taken, { signal, onProgress() {}, cache, threads: options.threads }, analysers)
  return { ...timed(), digest: createHash('sha256').update(JSON.stringify(result)).digest('hex') }
}

function prepare(whole: Inventory, options: Task & { kind: 'analyse' }): Inventory {
  const { isShuffled, change } = options
  const all = isShuffled === true ? shuffled(whole.files) : whole.files
  const middle = fileToChange(options)
  if (change === undefined || middle === undefined) return { ...whole, files: all }
  const comment = ['python', 'ruby', 'bash'].includes(middle.language ?? '') ? '#' : '//'
  // A comment line before the last line that ends a body is inside of it; a new name at the top is a declaration.
  const text =
    change === 'body'
      ? (middle.text ?? '').replace(/\n(?=[^\n]*\n*$)/, `\n${comment} changed\n`)
      : `${middle.text ?? ''}\n${declaration(middle.language ?? '')}\n`
  const blob = createHash('sha1').update(text).digest('hex')
  return { ...whole, files: all.map((file) => (file === middle ? { ...file, text, blob } : file)) }
}

function fileToChange({ place = 'middle', language }: Task & { kind: 'analyse' }): SourceFile | undefined {
  const all = files.filter((file) => language === undefined || file.language === language)
  const code = all.filter((file) => file.role === 'code')
  if (place === 'middle') return code[Math.floor(code.length / 2)] ?? all[0]
  const named = new Map<string, number>()
  for (const { text } of all) {
    const names = new Set(
      [...(text ?? '').matchAll(/(?:from|import)\s*['"]?[\w./@-]*?([\w-]+)(?:\.\w+)?['"\s]/g)].map(([, name]) => name),
    )
    for (const name of names) named.set(name ?? '', (named.get(name ?? '') ?? 0) + 1)
  }
  const countOf = (file: SourceFile): number => named.get(/([^/.]+)\.\w+$/.exec(file.path)?.[1] ?? '') ?? 0
  const sorted = code.toSorted((a, b) => countOf(b) - countOf(a))
  return place === 'central' ? sorted[0] : sorted.at(-1)
}

function declaration(language: string): string {
  if (language === 'python') return 'def entirely_new():\n    return 1'
  if (language === 'go') return 'func entirelyNew() int { return 1 }'
  if (language === 'c' || language === 'cpp') return 'int entirely_new(void) { return 1; }'
  if (language === 'typescript') return 'export class EntirelyNew { }'
  return language === 'rust' ? 'pub fn entirely_new() -> i32 { 1 }' : 'class EntirelyNew { }'
}

/** A fixed order that is not the usual one. */
function shuffled(list: readonly SourceFile[]): SourceFile[] {
  const key = (file: SourceFile): string => createHash('sha1').update(file.path).digest('hex')
  return [...list].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}
