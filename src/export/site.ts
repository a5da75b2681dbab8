/**
 * A set as a website that needs no server: pages that link to each other by file names, with the style sheet, the scripts and
 * the search index. The index is a script, because pages opened from a folder cannot fetch files.
 */

import type { Manifest, SetPage, Source, SourceRow } from '#store/model.ts'
import { DocsPage } from '#templates/docs.tsx'
import type { DocsLinks } from '#templates/links.ts'
import { hrefOf } from '#templates/links.ts'
import { SourcePage } from '#templates/source.tsx'
import { countLines, sourceHtml } from '#templates/source-lines.ts'
import { SourceListPage } from '#templates/source-list.tsx'
import type { VersionBarProps } from '#templates/version-bar.tsx'
import type { ExportedFile } from './file.ts'

export interface SiteSource {
  manifest: Manifest
  /** A page's rendered body by its Markdown file, in UTF-8. */
  readHtml(file: string): Promise<Uint8Array | undefined>
  readFile(name: string): Promise<Uint8Array | undefined>
  /** Source files stored in the set. */
  sources: readonly SourceRow[]
  readSource(name: string): Promise<Source | undefined>
  readAsset(name: string): { body: Uint8Array<ArrayBuffer> } | undefined
  /** The version bar of a page, by its Markdown file. */
  bar?: ((file: string) => VersionBarProps) | undefined
}

const OVERVIEW = 'overview.md'
const ASSETS = ['docspool.css', 'theme.js', 'docspool.js', 'docs.js', 'search.js', 'favicon.svg']
/** Used by pages of source files only. */
const SOURCE_SCRIPT = 'source.js'
/** The frame that draws diagrams, then its scripts. */
const DIAGRAM_ASSETS = ['diagram.html', 'mermaid.min.js', 'diagram.js']
/** All assets that a site may contain. */
export const SITE_ASSETS: readonly string[] = [...ASSETS, SOURCE_SCRIPT, ...DIAGRAM_ASSETS]
const INDEX = 'search-index.js'
/** The list of source files. */
const FILES = 'source.html'

/** The Content-Security-Policy of the pages, in a `meta` element instead of a header. */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self' data:",
  "frame-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
].join('; ')

/**
 * The files of the site, pages first.
 *
 * @throws If the set has been removed meanwhile.
 */
export async function* siteFiles(source: SiteSource): AsyncGenerator<ExportedFile<Uint8Array<ArrayBuffer>>, void> {
  const { manifest } = source
  const names = siteNames(manifest.pages)
  const links = linksOf(names)
  const files = source.sources
  const kept = new Set(files.map(({ name }) => name))
  const pictures = new Set<string>()
  for (const page of manifest.pages) {
    const bodyHtml = relink(textOf(required(await source.readHtml(page.file), page.file)), names, kept)
    const bar = source.bar?.(page.file)
    const html = await DocsPage({ manifest, page, bodyHtml, links, policy: POLICY, bar })
    for (const [, name = ''] of bodyHtml.matchAll(PICTURE)) pictures.add(name)
    yield { name: names.get(page.file) ?? page.html, body: bytesOf(String(html)) }
  }
  if (files.length > 0) {
    const html = await SourceListPage({ manifest, links, files, policy: POLICY })
    yield { name: FILES, body: bytesOf(String(html)) }
  }
  for (const { name } of files) {
    const html = await pageOfSource(manifest, required(await source.readSource(name), name), names)
    yield { name: `source/${name}.html`, body: bytesOf(html) }
  }
  for (const name of [...pictures].sort()) {
    const body = required(await source.readFile(name), name)
    yield { name, body: new Uint8Array(body) }
  }
  const search = await source.readFile('search.json')
  if (search !== undefined) yield { name: `assets/${INDEX}`, body: bytesOf(indexScript(search, names, kept)) }
  for (const name of kept.size === 0 ? ASSETS : [...ASSETS, SOURCE_SCRIPT])
    yield { name: `assets/${name}`, body: required(source.readAsset(name), name).body }
  if (manifest.pages.some((page) => page.diagrams > 0)) {
    const [page, ...scripts] = DIAGRAM_ASSETS.map((name) => textOf(required(source.readAsset(name), name).body))
    yield { name: 'assets/diagram.html', body: bytesOf(await frameOf(page ?? '', scripts)) }
  }
}

/** The page is in a folder below the other pages, so its links begin with `../`. */
async function pageOfSource(manifest: Manifest, source: Source, names: ReadonlyMap<string, string>): Promise<string> {
  const links = linksOf(names, '../'.repeat(source.name.split('/').length))
  const linesHtml = sourceHtml(source, (page, anchor) => hrefOf(links.page(page), anchor))
  const file = { ...source, lines: countLines(source.text) }
  return String(await SourcePage({ manifest, links, file, linesHtml, policy: POLICY }))
}

function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`A file of the set is gone: ${name}`)
  return value
}

/**
 * The names of pages in a site, keyed by Markdown file: `src-http.md` → `src-http.html`, the overview → `index.html`. Unique even on
 * case-insensitive file systems.
 */
export function siteNames(pages: readonly SetPage[]): Map<string, string> {
  const taken = new Set(['index.html', FILES])
  const names = new Map([[OVERVIEW, 'index.html']])
  for (const { file } of pages) {
    if (file === OVERVIEW) continue
    const base = file.replace(/\.md$/, '')
    let name = `${base}.html`
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${base}-${number}.html`
    taken.add(name.toLowerCase())
    names.set(file, name)
  }
  return names
}

/** @param up - The relative path from the folder of the page to the folder of all pages. */
function linksOf(names: ReadonlyMap<string, string>, up = ''): DocsLinks {
  return {
    home: null,
    asset: (name) => `${up}assets/${name}`,
    page: (file) => up + (names.get(file) ?? 'index.html'),
    source: () => null,
    files: up + FILES,
    sourcePage: (name) => `${up}source/${name}.html`,
    sourceText: () => null,
    job: null,
    search: null,
    ask: null,
    sources: null,
    index: `${up}assets/${INDEX}`,
    archives: null,
    llms: null,
    api: null,
  }
}

/** Matches tags only: text contains no `<`. */
const PICTURE = /<img src="(picture-[0-9a-fx-]+\.(?:png|jpg|gif|webp))"/g
const LINK = /<a(?:\s+[\w-]+(?:="[^"]*")?)*\s*>/g
const TO_PAGE = /(\shref=")([A-Za-z0-9_][A-Za-z0-9._~-]*\.md)(#[^"]*)?"/
const TO_SOURCE = /(\shref="source\/)([A-Za-z0-9_.~@+/-]+)(#[^"]*)?"/

/**
 * Convert links to Markdown pages and to source files into links to files of the site. Text contains no `<`, so only tags match.
 */
function relink(html: string, names: ReadonlyMap<string, string>, kept: ReadonlySet<string>): string {
  return html.replace(LINK, (tag) =>
    tag
      .replace(TO_PAGE, (whole, before: string, file: string, anchor = '') => {
        const name = names.get(file)
        return name === undefined ? whole : `${before}${name}${anchor}"`
      })
      .replace(TO_SOURCE, (whole, before: string, name: string, anchor = '') =>
        kept.has(name) ? `${before}${name}.html${anchor}"` : whole,
      ),
  )
}

/** `source/a.py#L1` → `source/a.py.html#L1` */
function sourcePage(address: string, kept: ReadonlySet<string>): string {
  return address.replace(/^source\/([^#]+)/, (whole, name: string) => (kept.has(name) ? `${whole}.html` : whole))
}

/** The index as a string literal in a script; `<` is escaped, so that no text can end the script. */
function indexScript(json: Uint8Array, names: ReadonlyMap<string, string>, kept: ReadonlySet<string>): string {
  const {
    pages,
    lines = {},
    ...index
  }: { pages: [string, string][]; lines?: Record<string, string> } = JSON.parse(textOf(json))
  const inSite = {
    ...index,
    pages: pages.map(([file, title]) => [names.get(file) ?? file, title]),
    lines: Object.fromEntries(Object.entries(lines).map(([file, address]) => [file, sourcePage(address, kept)])),
  }
  return `globalThis.docspoolIndex = ${JSON.stringify(JSON.stringify(inSite)).replaceAll('<', '\\u003c')}\n`
}

/**
 * The frame that draws diagrams, with its scripts inlined, because a frame opened from a folder cannot load any. The policy
 * allows the scripts by their hashes, so that no script in a diagram can run.
 */
async function frameOf(page: string, scripts: string[]): Promise<string> {
  const hashes = await Promise.all(scripts.map(hashOf))
  const rules = [
    "default-src 'none'",
    `script-src ${hashes.map((hash) => `'sha256-${hash}'`).join(' ')}`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
  ]
  if (scripts.some((text) => /<\/?script/i.test(text)))
    throw new Error('A script of the diagrams would end its element.')
  const inline = scripts.map((text) => `<script>${text}</script>`).join('\n')
  return page
    .replace(/(?:(?<! ) +)?<script src=.*<\/script>\n/g, '')
    .replace('<head>', () => `<head>\n    <meta http-equiv="Content-Security-Policy" content="${rules.join('; ')}" />`)
    .replace('</body>', () => `${inline}\n</body>`)
}

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytesOf(text))
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}
