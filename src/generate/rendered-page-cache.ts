/**
 * Caches rendered pages and highlighted files for the next generation of the same repository, keyed by hashes of their
 * text. Every link to a host contains the commit, so pages are cached with a placeholder for it.
 */

import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { GZIP_LEVEL, PackedText } from '#base/packed-text.ts'
import type { PageContents } from '#markdown/contents.ts'
import type { PageRenderer, PageResult } from '#markdown/render-pages.ts'
import type { SourceText } from '#markdown/render-thread.ts'
import { KeptMap } from './analyse/kept-map.ts'
import { analyserVersion, type ResultsCache } from './analyse/results-cache.ts'

type Renderer = Pick<PageRenderer, 'render' | 'colour'>
type Markdown = { markdown: string }

/** A page as gzipped JSON, or the colours of a file. */
type Value = Uint8Array

/** The placeholder for the commit: it has the same length, and occurs in no text. */
const ANY_COMMIT = createHash('sha1').update('any commit').digest('hex')

export class RenderedPageCache {
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
  static async read(renderer: Renderer, commit: string, cache: ResultsCache | undefined): Promise<RenderedPageCache> {
    const kept = cache && (await KeptMap.read<Value>(cache, 'rendered', analyserVersion()))
    return new RenderedPageCache(renderer, commit, kept)
  }

  async render(pages: Iterable<Markdown>, onProgress?: (done: number) => void): Promise<PageResult[]> {
    const results: PageResult[] = []
    const fresh: { at: number; key: string | undefined }[] = []
    let found = 0
    let done = 0
    const find = (at: number, { markdown }: Markdown): boolean => {
      const key = this.#kept && this.#keyOf(markdown)
      const value = key === undefined ? undefined : this.#find(key)
      if (value === undefined) fresh.push({ at, key })
      else results[at] = this.#unpack(value)
      return value !== undefined
    }
    function* unknown(): Generator<Markdown> {
      let at = 0
      for (const page of pages) {
        if (find(at++, page)) found += 1
        else yield page
      }
    }
    await this.#renderer.render(unknown(), (result, index) => {
      const { at, key } = fresh[index] ?? { at: index, key: undefined }
      results[at] = result
      const value = key === undefined || result.fallback !== null ? undefined : this.#pack(result)
      if (key !== undefined && value !== undefined) this.#used.set(key, value)
      onProgress?.(found + ++done)
    })
    return results
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

  /**
   * @returns `undefined` for a page whose HTML contains the placeholder for another reason, such as a character
   * reference.
   */
  #pack({ html, contents, fallback, ...rest }: PageResult): Value | undefined {
    const json = JSON.stringify({ html: html.toString(), contents: contents && toJson(contents), ...rest })
    return json.includes(ANY_COMMIT)
      ? undefined
      : gzipSync(json.replaceAll(this.#commit, ANY_COMMIT), { level: GZIP_LEVEL })
  }

  #unpack(value: Value): PageResult {
    const { html, contents, ...rest } = JSON.parse(
      gunzipSync(value).toString().replaceAll(ANY_COMMIT, this.#commit),
    ) as Packed
    return { ...rest, html: PackedText.of(html), contents: contents && fromJson(contents), fallback: null }
  }
}

type JsonContents = Omit<PageContents, 'sections' | 'codes'> & {
  sections: [string, string][]
  codes: [string, number][]
}
type Packed = Omit<PageResult, 'html' | 'contents' | 'fallback'> & { html: string; contents: JsonContents | null }

const toJson = ({ sections, codes, ...rest }: PageContents): JsonContents => ({
  ...rest,
  sections: [...sections],
  codes: [...codes],
})

const fromJson = ({ sections, codes, ...rest }: JsonContents): PageContents => ({
  ...rest,
  sections: new Map(sections),
  codes: new Map(codes),
})

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')
