/**
 * Resolves links and images of documents to a document or a section of it, a file of the repository, a URL on the web,
 * or nothing.
 */

import { push } from '#base/multimap.ts'
import { anchorKey, type GuidePlace } from '#generate/guide-model.ts'
import { folderOf, joinPath, nameOf } from '#generate/paths.ts'
import { type Library, plainName } from './library.ts'

/** URL schemes that parsers use for references of reStructuredText and MyST. */
export const REFERENCE = 'guide-ref:'
export const DOCUMENT = 'guide-doc:'
/** URL scheme for an image contained in the document. */
export const HELD = 'guide-held:'

export type Target = { url: string } | { place: GuidePlace } | null

/** Limit on images with the same name: above it, an image is not looked up by the end of its path. */
const MAX_NAMESAKES = 100
const RASTER = /\.(?:png|jpe?g|gif|webp)$/i
const MAX_URL = 2_000
/** Leading segments of a URL that may belong to the site only. */
const MAX_BASE = 2

export class Targets {
  readonly #library: Library
  readonly #paths: ReadonlySet<string>
  readonly #labels: ReadonlyMap<string, GuidePlace>
  /** Documents keyed by the last segment of their URL. */
  readonly #byName = new Map<string, { path: string; segments: string[] }[]>()
  readonly #slugs = new Map<string, string>()
  readonly #pictures = new Map<string, string[]>()

  /** @param labels - Targets of labels, keyed by `anchorKey`. */
  constructor(library: Library, paths: ReadonlySet<string>, labels: ReadonlyMap<string, GuidePlace>) {
    this.#library = library
    this.#paths = paths
    this.#labels = labels
    for (const path of library.documents) {
      const folders = folderOf(path)
        .split('/')
        .filter((part) => part !== '')
      const name = plainName(path)
      const isHead = /^(?:index|readme|_index)$/i.test(name)
      const segments = (isHead ? folders : [...folders, name]).map((part) => plainName(part).toLowerCase())
      const last = segments.at(-1)
      if (last !== undefined) push(this.#byName, last, { path, segments })
      const slug = library.documentAt(path)?.slug
      if (slug) this.#slugs.set(slug.replace(/^\/|\/$/g, '').toLowerCase(), path)
    }
    for (const path of paths) if (RASTER.test(path)) push(this.#pictures, nameOf(path), path)
  }

  /** @param from - The document with the link. */
  link(from: string, href: string): Target {
    const url = href.trim()
    if (url === '' || url.length > MAX_URL) return null
    if (url.startsWith(REFERENCE)) return placed(this.#labels.get(anchorKey(url.slice(REFERENCE.length))))
    if (url.startsWith(DOCUMENT)) return placed(this.#document(from, url.slice(DOCUMENT.length)))
    if (url.startsWith('#')) return { place: { path: from, anchor: anchorOf(url) } }
    if (/^(?:https?|mailto):/i.test(url)) return URL.canParse(url) ? { url: new URL(url).href } : null
    if (url.startsWith('//') || /^[a-z][a-z0-9+.-]*:/i.test(url) || url.includes('\\')) return null
    const [plain = '', anchor] = url.split('#')
    const path = decoded(plain.split('?')[0] ?? '')
    if (path === null) return null
    const found = this.#document(from, path)
    if (found !== undefined) return { place: { ...found, anchor: anchor === undefined ? null : anchorOf(anchor) } }
    const file = this.#file(from, path)
    return file === undefined ? null : { place: { path: file, anchor: null } }
  }

  /** The raster image of the repository that a URL refers to, or `null`. */
  picture(from: string, href: string): string | null {
    if (href.startsWith(HELD)) return `${from} ${href.slice(HELD.length)}`
    if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(href)) return null
    const path = decoded(href.split(/[?#]/)[0] ?? '')?.replace(/^[@~]\//, '/') ?? null
    if (path === null || !RASTER.test(path)) return null
    const file = this.#file(from, path)
    if (file !== undefined) return file
    const tail = path.replace(/^(?:\.{0,2}\/)+/, '')
    const named = this.#pictures.get(nameOf(tail)) ?? []
    if (named.length > MAX_NAMESAKES) return null
    const same = named.filter((one) => one === tail || one.endsWith(`/${tail}`))
    return same.length === 1 ? (same[0] ?? null) : null
  }

  #document(from: string, target: string): GuidePlace | undefined {
    const isAbsolute = target.startsWith('/')
    const joined = isAbsolute ? joinPath('', target.slice(1)) : joinPath(folderOf(from), target)
    const direct = joined === undefined ? undefined : this.#library.document(joined)
    const path = direct ?? this.#route(joined ?? '', isAbsolute)
    return path === undefined ? undefined : { path, anchor: null }
  }

  /** Finds a document by its URL on the built site: `/docs/guide/install` is `website/docs/guide/01-install.mdx`. */
  #route(path: string, isAbsolute: boolean): string | undefined {
    const plain = path.replace(/\.(?:html?|mdx?)$/i, '').toLowerCase()
    const segments = plain.split('/').filter((part) => part !== '' && part !== 'index')
    for (let from = 0; from <= (isAbsolute ? MAX_BASE : 0) && from < segments.length; from++) {
      const rest = segments.slice(from)
      const slug = this.#slugs.get(rest.join('/'))
      if (slug !== undefined) return slug
      const same = (this.#byName.get(rest.at(-1) ?? '') ?? []).filter((one) => endsWith(one.segments, rest))
      if (same.length === 1) return same[0]?.path
      if (same.length > 1) return undefined
    }
    return undefined
  }

  #file(from: string, target: string): string | undefined {
    const path = target.startsWith('/') ? joinPath('', target.slice(1)) : joinPath(folderOf(from), target)
    return path !== undefined && this.#paths.has(path) ? path : undefined
  }
}

const placed = (place: GuidePlace | undefined): Target => (place === undefined ? null : { place })

function anchorOf(fragment: string): string | null {
  return anchorKey(decoded(fragment) ?? '') || null
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

function endsWith(segments: readonly string[], tail: readonly string[]): boolean {
  const offset = segments.length - tail.length
  return offset >= 0 && tail.every((part, index) => segments[offset + index] === part)
}
