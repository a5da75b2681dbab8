/**
 * Reads YAML with line numbers. Aliases share the value of their anchor, so that reading cannot expand the text; `<<` is merged.
 */

import { Composer, type CST, isAlias, isMap, isPair, isScalar, isSeq, type Node, Parser, type YAMLMap } from 'yaml'
import { Lines } from './lines.ts'
import type { Entry, Located } from './located.ts'

const MAX_CHARACTERS = 500_000
const MAX_DEPTH = 100
/** Limit on the keys that merges copy in one file; more is an attack. */
const MAX_MERGED = 20_000

/** @returns The first document; `undefined` for invalid YAML and for text that is too large or nested too deeply. */
export function readYaml(text: string): Located | undefined {
  if (text.length > MAX_CHARACTERS) return undefined
  try {
    const tokens = [...new Parser().parse(text)]
    if (isTooDeep(tokens)) return undefined
    const composer = new Composer({ prettyErrors: false, logLevel: 'silent', strict: true, uniqueKeys: false })
    const [document] = composer.compose(tokens, false, text.length)
    if (document === undefined || document.errors.length > 0 || document.contents === null) return undefined
    return new Reader(new Lines(text)).locate(document.contents, 0)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** Whether tokens are nested too deeply to be composed, which recurses: on overflow V8 may end the process, not throw. */
function isTooDeep(tokens: readonly CST.Token[]): boolean {
  let level: readonly CST.Token[] = tokens
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return true
    level = level.flatMap((token) => insideOf(token))
  }
  return false
}

function insideOf(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value]
  if (!('items' in token)) return []
  return token.items.flatMap(({ key, value }) => [key ?? [], value ?? []].flat())
}

class Reader {
  readonly #lines: Lines
  readonly #anchors = new Map<string, Located>()
  #merged = 0

  constructor(lines: Lines) {
    this.#lines = lines
  }

  locate(node: Node, depth: number): Located {
    if (isAlias(node)) return this.#anchors.get(node.source) ?? this.#spanOf(node)
    const value = this.#spanOf(node)
    if (isScalar(node)) {
      const { value: scalar } = node
      if (typeof scalar === 'string') {
        value.text = scalar
        value.isString = true
      } else if (typeof scalar === 'number' || typeof scalar === 'bigint' || typeof scalar === 'boolean') {
        value.text = node.source ?? String(scalar)
      }
    } else if (depth <= MAX_DEPTH && isSeq(node)) {
      value.items = node.items.flatMap((item) => (isNode(item) ? [this.locate(item, depth + 1)] : []))
    } else if (depth <= MAX_DEPTH && isMap(node)) this.#locateMap(node, value, depth)
    const { anchor } = node as { anchor?: string }
    if (anchor !== undefined) this.#anchors.set(anchor, value)
    return value
  }

  #locateMap(node: YAMLMap, value: Located, depth: number): void {
    const entries = new Map<string, Entry>()
    value.entries = entries
    const merges: Located[] = []
    for (const pair of node.items) {
      if (!isPair(pair) || !isScalar(pair.key) || !isNode(pair.key)) continue
      const key = pair.key.source ?? String(pair.key.value)
      const start = this.#spanOf(pair.key)
      const located = isNode(pair.value) ? this.locate(pair.value, depth + 1) : start
      if (key === '<<') for (const merge of located.items ?? [located]) merges.push(merge)
      else entries.set(key, { key, startLine: start.startLine, value: located })
    }
    for (const merge of merges) {
      for (const entry of merge.entries?.values() ?? []) {
        if (entries.has(entry.key) || this.#merged >= MAX_MERGED) continue
        this.#merged++
        entries.set(entry.key, entry)
      }
    }
  }

  /** The lines of a node, without the line break at the end of a block. */
  #spanOf(node: Node): Located {
    const [start, end] = node.range ?? [0, 0]
    return { startLine: this.#lines.at(start), endLine: this.#lines.at(Math.max(start, end - 1)) }
  }
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isSeq(value) || isMap(value) || isAlias(value)
}
