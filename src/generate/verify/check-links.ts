/** Checks links: those inside the set lead to a page and an anchor, those to the source to lines that contain the symbol. */

import type { SourceFile, SourceLink } from '#generate/model.ts'
import { nameOf } from '#generate/paths.ts'
import type { Findings } from './findings.ts'
import type { ReadPage } from './read-page.ts'

/** An embedded file, as readers of the set get it. */
export interface KeptText {
  name: string
  path: string
  text: string
}

export interface LinkContext {
  pages: ReadonlyMap<string, ReadPage>
  files: ReadonlyMap<string, SourceFile>
  /** The declared links of the pages to the source, keyed by URL. */
  sources: ReadonlyMap<string, readonly SourceLink[]>
  /** Embedded files keyed by name; `undefined` when links lead to the web. */
  kept: ReadonlyMap<string, KeptText> | undefined
  /** The prefix of all file URLs at this commit; `null` if there are none. */
  sourcePrefix: string | null
  /** Cache of results keyed by URL, filled during the check. */
  results: Map<string, LinkResult>
}

/** The result for all links with one URL, up to the first fault. */
interface LinkResult {
  sources: number
  symbols: number
  fault: { kind: 'source_path' | 'source_lines' | 'source_symbol'; about: string } | undefined
}

/** @returns The URLs of the page's broken links. */
export function checkLinks(read: ReadPage, context: LinkContext, findings: Findings): Set<string> {
  return new Set(read.links.filter((url) => !isGood(url, read, context, findings)))
}

function isGood(url: string, read: ReadPage, context: LinkContext, findings: Findings): boolean {
  const page = read.page.file
  const sources = context.sources.get(url)
  if (sources !== undefined) {
    const result = context.results.get(url) ?? checkSources(sources, context)
    context.results.set(url, result)
    findings.check('source_links', result.sources)
    findings.check('symbols', result.symbols)
    if (result.fault !== undefined) findings.fault(result.fault.kind, page, result.fault.about)
    return result.fault === undefined
  }
  if (/^(?:https?|mailto):/.test(url)) {
    findings.check('external_links')
    if (context.sourcePrefix === null || !url.startsWith(context.sourcePrefix)) return true
    findings.fault('source_path', page, url)
    return false
  }
  if (/^[^/?#]*:/.test(url)) {
    findings.fault('unsafe_link', page, url)
    return false
  }
  findings.check('internal_links')
  const [file = '', anchor] = url.split('#')
  const target = file === '' ? read : context.pages.get(file)
  const isFound = target !== undefined && (anchor === undefined || target.sections.has(decode(anchor)))
  if (!isFound) findings.fault('broken_link', page, url)
  return isFound
}

function checkSources(sources: readonly SourceLink[], context: LinkContext): LinkResult {
  const result: LinkResult = { sources: 0, symbols: 0, fault: undefined }
  const passages = new Map<string, Passage>()
  for (const source of sources) {
    const { path, startLine, endLine, symbol } = source
    result.sources++
    const fail = (kind: NonNullable<LinkResult['fault']>['kind']): LinkResult => {
      result.fault = { kind, about: `${path}:${startLine ?? ''}-${endLine ?? ''} ${symbol ?? ''}`.trim() }
      return result
    }
    const file = context.files.get(path)
    if (file === undefined || !isKept(source, file, context.kept)) return fail('source_path')
    if (startLine === null || endLine === null) continue
    if (startLine < 1 || endLine < startLine || endLine > Math.max(1, file.lines)) return fail('source_lines')
    if (symbol === null || file.text === null || isNameOfFile(symbol, path)) continue
    result.symbols++
    const place = `${startLine}-${endLine} ${path}`
    const passage = passages.get(place) ?? new Passage(linesOf(file, file.text, startLine, endLine))
    passages.set(place, passage)
    if (!passage.holdsName(symbol)) return fail('source_symbol')
  }
  return result
}

/** Whether the URL leads to the embedded text of the file, and to these lines. */
function isKept(
  { url, path, startLine, endLine }: SourceLink,
  { text }: SourceFile,
  kept: LinkContext['kept'],
): boolean {
  if (kept === undefined) return true
  const [, name = '', first, last = first] = /^source\/([^#?]+)(?:#L(\d+)(?:-L(\d+))?)?$/.exec(url) ?? []
  const lines = [first, last].map((line) => (line === undefined ? null : Number(line)))
  const found = kept.get(name)
  return found?.path === path && found.text === text && lines[0] === startLine && lines[1] === endLine
}

/** A range of lines, prepared once because thousands of names may be searched for in it. */
class Passage {
  readonly #text: string
  #words: Set<string> | undefined
  #squeezed: string | undefined

  constructor(text: string) {
    this.#text = text
  }

  /**
   * Whether the lines contain a name. Whitespace within it may vary (`operator delete`), `.` may be `::`
   * (`Rack::Builder`), an indexer of C# is written `this[int index]`, and `getopt` takes the letters of all options in one string.
   */
  holdsName(name: string): boolean {
    this.#words ??= new Set(this.#text.match(/[\w$]+/g))
    if (this.#words.has(name)) return true
    if (/^-\w$/.test(name) && /getopt/.test(this.#text)) return this.#text.includes(name.slice(1))
    if (name === 'this[]') return /\bthis\s*\[/.test(this.#text)
    if (name.includes('.') && this.#text.includes(name.replaceAll('.', '::'))) return true
    if (this.#text.includes(name)) return true
    this.#squeezed ??= this.#text.replace(/\s+/g, '')
    return this.#squeezed.includes(name.replace(/\s+/g, ''))
  }
}

/** A Vue or Svelte component is named after its file and need not contain its name. */
function isNameOfFile(symbol: string, path: string): boolean {
  return new Set([`${symbol}.vue`, `${symbol}.svelte`]).has(nameOf(path))
}

/** The offsets at which the lines of a file start, found once for all its links. */
const lineStarts = new WeakMap<SourceFile, readonly number[]>()

function linesOf(file: SourceFile, text: string, first: number, last: number): string {
  const starts = lineStarts.get(file) ?? lineStartsOf(text)
  lineStarts.set(file, starts)
  return text.slice(starts[first - 1] ?? text.length, starts[last] ?? text.length)
}

function lineStartsOf(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

function decode(anchor: string): string {
  try {
    return decodeURIComponent(anchor)
  } catch {
    return anchor
  }
}
