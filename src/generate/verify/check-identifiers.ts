/**
 * Checks names in code style: everything that pages themselves present as a symbol or a path must exist in the
 * repository. Words quoted from comments and documents are not checked.
 */

import { lowerBound } from '#base/binary-search.ts'
import { MAX_NEEDLE } from '#base/find-text.ts'
import type { Analysis, Inventory, SourceLink } from '#generate/model.ts'
import { folderOf } from '#generate/paths.ts'
import { oneLine } from '#markdown/build.ts'
import type { Findings } from './findings.ts'
import type { ReadPage } from './read-page.ts'

/** One word of letters, digits and the characters of names and paths. */
const IDENTIFIER = /^(?=.*\p{L})[\p{L}\p{N}\p{M}_$@~#.:/*!?+-]+(?:\(\))?$/u
/** Limit on the names that are searched for in the text of all files. Further ones are not checked. */
const MAX_SEARCHES = 500
/** Minimum length of an abbreviated commit id; shorter ones may be words. */
const MIN_COMMIT_CHARACTERS = 7

/** The names that exist in a repository. */
export class KnownNames {
  readonly #names = new Set<string>()
  readonly #inventory: Inventory
  /** Files and folders. */
  readonly #paths = new Set<string>()
  /** Paths spelled backwards, sorted. */
  readonly #reversed: readonly string[]
  readonly #known = new Map<string, boolean>()
  #searches = 0

  /** @param sources - Links to the source; `check-links.ts` checks that their lines contain the symbols. */
  constructor(inventory: Inventory, analysis: Analysis, sources: readonly SourceLink[]) {
    this.#inventory = inventory
    for (const { name, qualifiedName, label = name, title = name, signature } of analysis.components)
      for (const text of [name, qualifiedName, label, title, signature]) this.#addName(text)
    for (const { name, detail } of analysis.artifacts.nodes) for (const text of [name, detail]) this.#addName(text)
    // When code writes only the end of a name, no file contains the whole name.
    for (const { name, written } of analysis.reads) if (name !== written && name.endsWith(written)) this.#addName(name)
    for (const { symbol } of sources) if (symbol !== null) this.#addName(symbol)
    const paths = [...inventory.files, ...inventory.skipped].map(({ path }) => oneLine(path))
    for (const path of paths) this.#addPath(path)
    this.#reversed = paths.map(reverse).sort()
  }

  /** @returns `undefined` for a name that is too long to search for, or if the limit on searches is reached before it is found. */
  has(text: string): boolean | undefined {
    if (text.length > MAX_NEEDLE) return undefined
    const found = this.#known.get(text)
    if (found !== undefined) return found
    const plain = text.replace(/\(\)$/, '')
    const forms = [text, plain, plain.replace(/\/\*?$/, ''), plain.replaceAll('::', '.')]
    const isFound =
      forms.some((form) => this.#names.has(form) || this.#paths.has(form) || this.#endsPath(form)) ||
      (plain.length >= MIN_COMMIT_CHARACTERS && this.#inventory.commit.startsWith(plain)) ||
      this.#isJoined(plain) ||
      this.#isWritten(plain)
    if (isFound !== undefined) this.#known.set(text, isFound)
    return isFound
  }

  /** Text with spaces inside is not an identifier. */
  #addName(text: string): void {
    // Pages leave out control characters, some of which count as spaces.
    const line = /[^!-~]/.test(text) ? oneLine(text) : text
    if (!/\S\s+\S/.test(line)) this.#names.add(line)
  }

  /** Adds the path and its folders; stops at a folder already added. */
  #addPath(path: string): void {
    for (let plain = path; plain !== '' && !this.#paths.has(plain); plain = folderOf(plain)) this.#paths.add(plain)
  }

  /** Whether the text is a path from a folder inside the repository. */
  #endsPath(text: string): boolean {
    const start = `${reverse(text)}/`
    const at = lowerBound(this.#reversed.length, (index) => (this.#reversed[index] ?? '') < start)
    return this.#reversed[at]?.startsWith(start) === true
  }

  /** Whether both parts exist: `group:artifact`, which manifests write apart, or `space::VALUE`, which C++ allows for the value of an enum. */
  #isJoined(text: string): boolean {
    const at = text.lastIndexOf(':')
    if (at <= 0) return false
    return [text.slice(0, at).replace(/:$/, ''), text.slice(at + 1)].every(
      (part) => part !== '' && this.has(part) === true,
    )
  }

  #isWritten(text: string): boolean | undefined {
    if (this.#searches >= MAX_SEARCHES) return undefined
    this.#searches += 1
    return this.#inventory.files.some((file) => file.text?.includes(text) === true)
  }
}

const reverse = (text: string): string => text.split('').reverse().join('')

/** @param quoted - How often the page quotes each text in code style; any others were written by docspool. */
export function checkIdentifiers(
  read: ReadPage,
  quoted: ReadonlyMap<string, number>,
  known: KnownNames,
  findings: Findings,
): void {
  for (const [text, times] of read.codes) {
    if (times <= (quoted.get(text) ?? 0) || !IDENTIFIER.test(text)) continue
    const isKnown = known.has(text)
    if (isKnown === undefined) continue
    findings.check('identifiers')
    if (!isKnown) findings.fault('unknown_identifier', read.page.file, text)
  }
}
