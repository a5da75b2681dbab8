/**
 * The evidence that sentences about a published set are checked against: lines at the commit, definitions, and the texts of the
 * repository that were read for this question.
 *
 * A set with source files has all lines. For other sets, the graph index has the number of lines, the definitions and their
 * uses; the entries of the pages have the doc comments. Checks are synchronous: names that were not loaded are noted, and read
 * before the next check (`resolve`).
 */

import type { ClaimGround } from '#generate/prose/claim-standard.ts'
import { bareName } from '#generate/prose/code-names.ts'
import type { Meaning } from '#generate/prose/ground-truth.ts'
import type { SymbolRef } from '#graph-queries/questions.ts'
import { entryText } from '#http/mcp/entry-text.ts'
import { OpenedFiles, type OpenFile, type Section, type SetSources } from './opened-files.ts'
import { SeenTexts } from './seen-texts.ts'

/** The id of a component that shares its name with others in its file: tools return it, but readers do not know it. */
const NUMBERED_ID = /^(.+)~\d+$/
/** Maximum number of names loaded between two checks; a check that needs more fails. */
const MAX_NAMES = 12
/** Limits on answers from the graph; enough for the names and uses that one sentence mentions. */
const MAX_NAMESAKES = 20
const MAX_USES = 50
/** Names after the first one, as in `f(a, b)`; a longer expression is not checked and counts as wrong. */
const MAX_OTHER_WORDS = 12
/** Maximum number of definitions within cited lines whose comments and uses are read. */
const MAX_READ = 4
const WORD = /[\p{L}_$][\p{L}\p{N}_$-]*/gu

export class SetGround implements ClaimGround {
  /** Call it between checks, each of which may take tens of milliseconds. */
  readonly yieldToEventLoop: () => Promise<unknown>
  readonly #sources: SetSources
  readonly #files: OpenedFiles
  readonly #found = new Map<string, readonly SymbolRef[]>()
  readonly #paths = new Map<string, boolean>()
  readonly #read = new Set<string>()
  /** Texts of the repository that the model was shown, and code that its sentences cite. */
  readonly #seen = new SeenTexts()
  readonly #code = new SeenTexts()
  readonly #missing = new Set<string>()

  constructor(sources: SetSources, yieldToEventLoop: () => Promise<unknown>) {
    this.#sources = sources
    this.#files = new OpenedFiles(sources, this.#code)
    this.yieldToEventLoop = yieldToEventLoop
  }

  /** The cost so far, in edges of the graph. */
  get work(): number {
    return this.#files.graphWork + this.#seen.steps + this.#code.steps
  }

  /** Note a text of the repository that the model was shown. Its words count after `ready`. */
  note(text: string): void {
    this.#seen.add(text)
  }

  noteSection(section: Section): void {
    this.#files.noteSection(section)
    this.note(`${section.title}\n${section.text}`)
  }

  /** Index the texts that were noted. */
  async ready(): Promise<void> {
    await this.#seen.index(this.yieldToEventLoop)
    await this.#code.index(this.yieldToEventLoop)
  }

  hasSeen(word: string): boolean {
    return this.#seen.has(word) || this.isInCode(word)
  }

  /** Open the lines that a sentence cites. @returns The lines that can be cited; `undefined` if there are none. */
  async open(file: string, from: number, to: number): Promise<{ from: number; to: number } | undefined> {
    const lines = await this.#linesIn(await this.#files.open(file), file, from, to)
    await this.ready()
    return lines
  }

  async #linesIn(
    opened: OpenFile | null,
    file: string,
    from: number,
    to: number,
  ): Promise<{ from: number; to: number } | undefined> {
    if (opened === null || from < 1 || to < from) return undefined
    if (opened.links !== undefined) {
      // For a document that is not stored with the set, the lines of its sections are known.
      const line = [...opened.links.keys()].find((each) => each >= from && each <= to)
      return line === undefined ? undefined : { from: line, to: line }
    }
    if (to > opened.lines.length) return undefined
    if (opened.isCode) await this.#readDefinitions(file, from, to, opened)
    return { from, to }
  }

  linkOf(file: string, from: number, to: number): string | null {
    const opened = this.#files.get(file)
    if (opened === null || opened === undefined) return null
    const own = opened.links?.get(from)
    return own ?? opened.link?.replace('{from}', String(from)).replace('{to}', String(to)) ?? null
  }

  /** Load the names that the last check needed. @returns Whether there were any. */
  async resolve(): Promise<boolean> {
    const names = [...this.#missing].slice(0, MAX_NAMES)
    this.#missing.clear()
    for (const name of names) {
      const answer = await this.#files.ask<'symbols'>({ ask: 'symbols', name, limit: MAX_NAMESAKES, after: 0 })
      // Names are matched without regard to case; here they must be the same.
      const isSame = (ref: SymbolRef): boolean => ref.name === name || ref.name.endsWith(`.${name}`)
      this.#found.set(name, (answer?.symbols ?? []).filter(isSame))
      const isPath = name.includes('/') || name.includes('.')
      this.#paths.set(name, isPath && (await this.#files.isFile(name)))
    }
    return names.length > 0
  }

  refOf(id: string): SymbolRef | undefined {
    for (const refs of this.#found.values()) {
      const ref = refs.find((each) => each.id === id)
      if (ref !== undefined) return ref
    }
    return undefined
  }

  meaningOf(written: string, near: ReadonlySet<string>): Meaning {
    const name = bareName(written)
    if (name === '') return { kind: 'unknown' }
    const [, unnumbered] = NUMBERED_ID.exec(name) ?? []
    if (unnumbered !== undefined && !this.isInCode(name)) {
      const meaning = this.meaningOf(unnumbered, near)
      if (meaning.kind === 'thing') return { ...meaning, kind: 'repaired' }
      return meaning.kind === 'repaired' ? meaning : { kind: 'unknown' }
    }
    const found = this.#found.get(name)
    if (found === undefined) {
      this.#missing.add(name)
      return { kind: 'unknown' }
    }
    const rest = /[(<].*$/s.exec(written)?.[0].slice(0, 200).match(WORD) ?? []
    const areOthersKnown = rest.length <= MAX_OTHER_WORDS && rest.every((word) => this.hasSeen(word))
    const here = found.filter(({ file }) => near.has(file))
    const [first, ...others] = here.length > 0 ? here : found
    if (first !== undefined && others.every((one) => one.file === first.file && one.name === first.name))
      return {
        kind: areOthersKnown ? 'thing' : 'repaired',
        refersTo: first.id,
        name: areOthersKnown ? name : `${name}()`,
      }
    if (this.#paths.get(name) === true) return { kind: 'thing', refersTo: name, name }
    if (first !== undefined && areOthersKnown) return { kind: 'word' }
    return this.hasSeen(written) ? { kind: 'word' } : { kind: 'unknown' }
  }

  isName(name: string): boolean {
    const found = this.#found.get(name)
    if (found === undefined) this.#missing.add(name)
    return (found?.length ?? 0) > 0 || this.#paths.get(name) === true
  }

  isWritten(word: string): boolean {
    const lower = word.toLowerCase()
    const forms = new Set([word, lower, `${lower.charAt(0).toUpperCase()}${lower.slice(1)}`])
    return [...forms].some((form) => this.hasSeen(form))
  }

  isInCode(text: string): boolean {
    return this.#code.has(text)
  }

  linesOf(path: string): readonly string[] {
    return this.#files.get(path)?.lines ?? []
  }

  filesOf(id: string): readonly string[] | undefined {
    return this.#paths.get(id) === true ? [id] : undefined
  }

  /** Reads the doc comments of the definitions at these lines, and what they use there. */
  async #readDefinitions(file: string, from: number, to: number, opened: OpenFile): Promise<void> {
    if ((await this.#files.source(file)) !== undefined) return
    const outline = await this.#files.outline(file)
    const touched = (outline?.definitions ?? [])
      .filter((each) => each.start_line <= to && each.end_line >= from)
      // The innermost first.
      .sort((a, b) => a.end_line - a.start_line - (b.end_line - b.start_line))
      .slice(0, MAX_READ)
    for (const ref of touched) {
      // Cited lines within a definition count as lines about it.
      if (ref.start_line < from) this.#files.add(opened, from, [ref.name])
      if (this.#read.has(ref.id)) continue
      this.#read.add(ref.id)
      if (ref.page !== null && ref.anchor !== null) {
        const entry = await entryText((await this.#sources.page(ref.page)) ?? '', ref.anchor)
        this.#files.add(opened, ref.start_line, [entry ?? null])
      }
      const filter = { kinds: ['calls' as const, 'instantiates' as const], guesses: false, limit: MAX_USES, after: 0 }
      const used = await this.#files.ask<'callees'>({ ask: 'callees', symbol: ref.id, ...filter })
      for (const { name, uses } of used?.results ?? [])
        for (const { places } of uses)
          for (const place of places) if (place.file === undefined) this.#files.add(opened, place.line, [name])
    }
  }
}
