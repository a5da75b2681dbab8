/**
 * The files that are read for a question about a set. For a file that is stored with the set, these are its lines. For others,
 * the graph index has the number of lines and the definitions, and documents have the sections that a search has found.
 */

import { hasText } from '#base/find-text.ts'
import { greatest } from '#base/long-arrays.ts'
import type { Answers, Outcome, Question } from '#graph-queries/questions.ts'
import { entryText } from '#http/mcp/entry-text.ts'
import type { SeenTexts } from './seen-texts.ts'

export interface SetSources {
  graph(question: Question): Promise<Outcome>
  /** The text of a file that is stored with the set, and its name below `source/`. */
  source(file: string): Promise<{ text: string; name: string } | undefined>
  /** The Markdown of a page. */
  page(file: string): Promise<string | undefined>
}

/** A section of a document of the repository that a search has found. */
export interface Section {
  file: string
  line: number
  page: string
  anchor: string
  title: string
  text: string
}

export interface OpenFile {
  lines: string[]
  /** URL of its lines, with `{from}` and `{to}`. */
  link: string | null
  /** URLs keyed by line, instead of `link`. */
  links?: Map<number, string>
  isCode: boolean
}

const MAX_FILE_LINES = 200_000
/**
 * Limit on the characters of all files read for one question, after which no more are opened; each line adds `LINE_CHARS`.
 */
const MAX_CHARS = 4_000_000
const LINE_CHARS = 8
const MAX_DEFINITIONS = 200
const PROSE =
  /\.(?:md|mdx|markdown|rst|adoc|asciidoc|txt|ipynb|html?|tex|org)$|(?:^|\/)(?:readme|license|changelog|notice)[^/]*$/i

export class OpenedFiles {
  readonly #sources: SetSources
  /** Code that was opened. */
  readonly #code: SeenTexts
  readonly #files = new Map<string, OpenFile | null>()
  readonly #sections = new Map<string, Section[]>()
  readonly #kept = new Map<string, { text: string; name: string } | undefined>()
  #room = MAX_CHARS
  #graphWork = 0

  constructor(sources: SetSources, code: SeenTexts) {
    this.#sources = sources
    this.#code = code
  }

  /** The cost of the questions to the graph so far, in edges. */
  get graphWork(): number {
    return this.#graphWork
  }

  /** @returns `null` if the file cannot be cited; `undefined` if nothing has opened it. */
  get(file: string): OpenFile | null | undefined {
    return this.#files.get(file)
  }

  async open(file: string): Promise<OpenFile | null> {
    const known = this.#files.get(file)
    const opened = known === undefined ? await this.#read(file) : known
    this.#files.set(file, opened)
    return opened
  }

  /** The file is read again with this section. */
  noteSection(section: Section): void {
    const known = this.#sections.get(section.file) ?? []
    if (!known.some(({ line }) => line === section.line)) known.push(section)
    this.#sections.set(section.file, known)
    this.#files.delete(section.file)
  }

  outline(file: string): Promise<Answers['outline'] | undefined> {
    return this.ask<'outline'>({ ask: 'outline', file, limit: MAX_DEFINITIONS, after: 0 })
  }

  async isFile(path: string): Promise<boolean> {
    if ((await this.source(path)) !== undefined) return true
    const outline = await this.ask<'outline'>({ ask: 'outline', file: path, limit: 1, after: 0 })
    return outline?.file.file === path || this.#sections.has(path)
  }

  /** A file that is stored with the set; also `undefined` if it is too large. */
  async source(file: string): Promise<{ text: string; name: string } | undefined> {
    if (this.#kept.has(file)) return this.#kept.get(file)
    if (this.#room <= 0) return undefined
    const found = await this.#sources.source(file)
    this.#room -= found?.text.length ?? 0
    this.#kept.set(file, found)
    return found
  }

  /** Add a known line. */
  add({ lines, isCode }: OpenFile, at: number, texts: readonly (string | null)[]): void {
    const index = at - 1
    if (index < 0 || index >= lines.length) return
    const known = lines[index] ?? ''
    const added = texts.filter((text) => text !== null && text !== '' && !hasText(known, text))
    if (added.length === 0) return
    lines[index] = [known, ...added].filter(Boolean).join(' ')
    if (isCode) this.#code.add(added.join(' '))
  }

  async ask<Name extends Question['ask']>(
    question: Extract<Question, { ask: Name }>,
  ): Promise<Answers[Name] | undefined> {
    const outcome = await this.#sources.graph(question)
    if (outcome.is === 'no index') return undefined
    this.#graphWork += outcome.work
    return outcome.is === 'answer' ? (outcome.answer as Answers[Name]) : undefined
  }

  async #read(file: string): Promise<OpenFile | null> {
    const isCode = !PROSE.test(file)
    const outline = await this.outline(file)
    const kept = await this.source(file)
    if (kept !== undefined) {
      const lines = kept.text.split(/\r?\n/)
      if (lines.at(-1) === '') lines.pop()
      this.#room -= lines.length * LINE_CHARS
      if (isCode) this.#code.add(kept.text)
      return { lines, link: linkTemplate(outline?.file.source ?? `source/${kept.name}#L1-L2`), isCode }
    }
    if (outline !== undefined && outline.file.file === file) {
      const count = Math.min(outline.file.end_line, MAX_FILE_LINES)
      this.#room -= count * LINE_CHARS
      if (this.#room < 0) return null
      const opened = { lines: Array<string>(count).fill(''), link: linkTemplate(outline.file.source), isCode }
      for (const { start_line: at, name, signature, summary } of outline.definitions)
        this.add(opened, at, [name, signature, summary])
      return opened
    }
    const sections = this.#sections.get(file)
    if (sections === undefined) return null
    const count = greatest(sections.map(({ line }) => line))
    this.#room -= count * LINE_CHARS
    if (this.#room < 0) return null
    const lines = Array<string>(count).fill('')
    const links = new Map<number, string>()
    for (const section of sections) {
      const page = await this.#sources.page(section.page)
      const text = page === undefined || section.anchor === '' ? section.text : await entryText(page, section.anchor)
      this.#room -= text?.length ?? 0
      lines[section.line - 1] = [section.title, section.text, text ?? ''].join('\n')
      links.set(section.line, section.anchor === '' ? section.page : `${section.page}#${section.anchor}`)
    }
    return { lines, link: null, links, isCode: false }
  }
}

/** `…#L1-L40` of a whole file as `…#L{from}-L{to}`; `null` for an unknown form. */
function linkTemplate(source: string | null): string | null {
  const [, start = '', mark = '', between = ''] = /^(.*#)(L|lines-)1(?:(-L?|:)\d+)?$/.exec(source ?? '') ?? []
  if (start === '') return null
  return `${start}${mark}{from}${between === '' ? (mark === 'L' ? '-L' : ':') : between}{to}`
}
