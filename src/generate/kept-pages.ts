/**
 * Caches rendered pages and highlighted files for the next generation of the same repository, keyed by hashes of their
 * text. Every link to a host contains the commit, so pages are cached with a placeholder for it.
 */

import { createHash } from 'node:crypto'
import { ANY_COMMIT } from '#markdown/kept-page.ts'
import type { PageRenderer, PageResult } from '#markdown/render-pages.ts'
import type { SourceText } from '#markdown/render-thread.ts'
import { KeptMap } from './analyse/kept-map.ts'
import { analyserVersion, type ResultsCache } from './analyse/results-cache.ts'

type Renderer = Pick<PageRenderer, 'render' | 'colour'>
type Markdown = { markdown: string }

/** A page as `packPage` returns it, or the colours of a file. */
type Value = Uint8Array

export class KeptPages implements Renderer {
  readonly #renderer: Renderer
  readonly #commit: string
  readonly #kept: KeptMap<Value> | undefined
  /** All entries that this generation has used or made. */
  readonly #used = new Map<string, Value>()
  #colouring: Promise<unknown> | undefined

  private constructor(renderer: Renderer, commit: string, kept: KeptMap<Value> | undefined) {
    this.#renderer = renderer
    this.#commit = commit
    this.#kept = kept
  }

  /** Reads the cached pages; without a cache, everything is rendered. */
  static async read(renderer: Renderer, commit: string, cache: ResultsCache | undefined): Promise<KeptPages> {
    const kept = cache && (await KeptMap.read<Value>(cache, 'rendered', analyserVersion()))
    return new KeptPages(renderer, commit, kept)
  }

  async render(pages: Iterable<Markdown>, onProgress?: (done: number) => void): Promise<PageResult[]> {
    if (this.#kept === undefined) return this.#renderer.render(pages, onProgress)
    const keys: (string | undefined)[] = []
    const find = ({ markdown }: Markdown) => {
      const key = this.#keyOf(markdown)
      keys.push(key)
      return key === undefined ? { markdown } : { markdown, commit: this.#commit, kept: this.#find(key) }
    }
    function* found() {
      for (const page of pages) yield find(page)
    }
    const results = await this.#renderer.render(found(), onProgress)
    return results.map(({ kept, ...result }, index) => {
      const key = keys[index]
      if (key !== undefined && kept !== undefined) this.#used.set(key, kept)
      return result
    })
  }

  colour(files: readonly SourceText[]): Promise<Uint8Array[]> {
    const colours = this.#colour(files)
    this.#colouring = colours
    return colours
  }

  async #colour(files: readonly SourceText[]): Promise<Uint8Array[]> {
    if (this.#kept === undefined) return this.#renderer.colour(files)
    const keys = files.map(({ text, language }) => hashOf(`${language}\n${text}`))
    const known = keys.map((key) => this.#find(key))
    const unknown = [...files.keys()].filter((at) => known[at] === undefined)
    const made = await this.#renderer.colour(unknown.flatMap((at) => files[at] ?? []))
    for (const [index, at] of unknown.entries()) {
      const colours = made[index] ?? new Uint8Array()
      known[at] = colours
      // A file without colours may have been left out for lack of time.
      if (colours.length > 0) this.#used.set(keys[at] ?? '', colours)
    }
    return known.map((colours) => colours ?? new Uint8Array())
  }

  /** Caches only the entries that this generation has used or made, when `colour` is done. */
  async write(): Promise<void> {
    await this.#colouring
    await this.#kept?.write(this.#used)
  }

  #find(key: string): Value | undefined {
    const value = this.#used.get(key) ?? this.#kept?.values.get(key)
    if (value !== undefined) this.#used.set(key, value)
    return value
  }

  /** @returns `undefined` for a page that already contains the placeholder. */
  #keyOf(markdown: string): string | undefined {
    return markdown.includes(ANY_COMMIT) ? undefined : hashOf(markdown.replaceAll(this.#commit, ANY_COMMIT))
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')
