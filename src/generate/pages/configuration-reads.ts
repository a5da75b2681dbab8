/** Where code reads keys of a configuration by name, and where those keys are defined or documented. */

import type { Inventory, SourceFile } from '#generate/model.ts'
import { bareCode, stringAt } from './bare-code.ts'
import { isDocument, sectionsOf } from './documents.ts'
import { lineAt, lineStarts } from './source-order.ts'
import { isCode } from './survey.ts'

/** A line that holds the name of a key. */
export interface KeyPlace {
  key: string
  file: string
  line: number
}

export interface Configuration {
  /** By file, in order of lines. */
  reads: ReadonlyMap<string, readonly KeyPlace[]>
  /** By key, code before documents; every key that is read has one. */
  definitions: ReadonlyMap<string, readonly KeyPlace[]>
}

/** Other keys are words like any other. */
const KEY = /^[A-Z][A-Z0-9_]{2,60}$/
/** `app.config["KEY"]`, `settings.get("KEY")`; a field that stands for one: `ConfigAttribute[bool]("KEY")`. */
const READS = [
  /(?:config|settings|conf)\[\s*/gi,
  /(?:config|settings|conf)\.(?:get\w{0,20}|pop|fetch|has)\(\s*/gi,
  /\b(?:Config|Settings?)\w{0,40}(?:\[[^\]\n]{0,80}\])?\(\s*/g,
]
const HINT = /config|settings|conf[.[]/i
/** Written to, not read. */
const ASSIGNED = /\s*\]\s*=(?![=>~])/y
const DEFINED = /(["'])([A-Z][A-Z0-9_]{2,60})\1\s*(?::|=>)(?!:)/g
/** Of reStructuredText, beside headings. */
const DOCUMENTED = /^\.\. (?:py:)?(?:data|confval|setting|describe)::\s+([A-Z][A-Z0-9_]{2,60})\s*$/gm
const MAX_READS = 2_000
const MAX_PLACES = 20

const known = new WeakMap<Inventory, Configuration>()

/** The reads of all code, tests and examples left out, of keys that the repository defines or documents. */
export function configurationOf(inventory: Inventory): Configuration {
  const found = known.get(inventory)
  if (found !== undefined) return found
  const code = inventory.files.filter((file) => isCode(file) && !file.vendored && !file.generated)
  const all = code.flatMap(readsOf)
  const wanted = new Set(all.map(({ key }) => key))
  const definitions = new Map<string, KeyPlace[]>()
  const define = (place: KeyPlace): void => {
    const places = definitions.get(place.key) ?? []
    if (wanted.has(place.key) && places.length < MAX_PLACES) definitions.set(place.key, [...places, place])
  }
  if (wanted.size > 0) {
    for (const file of code) definedIn(file).forEach(define)
    for (const file of inventory.files) if (isDocument(file)) documentedIn(file).forEach(define)
  }
  const reads = new Map<string, KeyPlace[]>()
  for (const place of all) {
    if (definitions.has(place.key)) reads.set(place.file, [...(reads.get(place.file) ?? []), place])
  }
  const configuration = { reads, definitions }
  known.set(inventory, configuration)
  return configuration
}

function readsOf(file: SourceFile): KeyPlace[] {
  const { text } = file
  if (text === null || !HINT.test(text)) return []
  const bare = bareCode(file)
  if (bare === null) return []
  const places = new Map<number, string>()
  for (const pattern of READS) {
    for (const match of bare.matchAll(pattern)) {
      const found = stringAt(text, bare, match.index + match[0].length)
      if (found === null || !KEY.test(found.value)) continue
      ASSIGNED.lastIndex = found.end + 1
      if (!ASSIGNED.test(bare)) places.set(found.end, found.value)
      if (places.size === MAX_READS) break
    }
  }
  return placed(file, bare, [...places])
}

function definedIn(file: SourceFile): KeyPlace[] {
  const { text } = file
  const bare = text === null ? null : bareCode(file)
  if (text === null || bare === null) return []
  const found: [number, string][] = []
  for (const match of text.matchAll(DEFINED)) {
    if (bare[match.index] === match[1] && found.length < MAX_READS) found.push([match.index, match[2] ?? ''])
  }
  return placed(file, bare, found)
}

function documentedIn(file: SourceFile): KeyPlace[] {
  const { text, path } = file
  if (text === null) return []
  const headings = sectionsOf(file).flatMap(({ title, line }) =>
    title !== null && KEY.test(title) ? [{ key: title, file: path, line }] : [],
  )
  const found = /\.rst$/i.test(path)
    ? [...text.matchAll(DOCUMENTED)].map((match): [number, string] => [match.index, match[1] ?? ''])
    : []
  return [...headings, ...placed(file, text, found)]
}

/** Each key once a line, in order. */
function placed(file: SourceFile, text: string, found: readonly [at: number, key: string][]): KeyPlace[] {
  const lines = lineStarts(file, text)
  const places = new Map<string, KeyPlace>()
  for (const [at, key] of [...found].sort((a, b) => a[0] - b[0])) {
    const line = lineAt(lines, at)
    places.set(`${line} ${key}`, { key, file: file.path, line })
  }
  return [...places.values()]
}
