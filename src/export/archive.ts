/** A set as a ZIP archive: its files and its name. */

import { GENERATOR_VERSION } from '#base/version.ts'
import type { Manifest, SourceRow } from '#store/model.ts'
import type { SetReader } from '#store/sets.ts'
import type { ExportedFile } from './file.ts'
import { SITE_ASSETS, siteFiles } from './site.ts'
import { barOf, type SiteVersions } from './site-versions.ts'
import { zipOf } from './zip.ts'

/** `set`: the files of a set. `site`: a website that opens from a folder. */
export type ArchiveKind = 'set' | 'site'

/** The sources of an archive's files. */
export interface ArchiveParts {
  sets: Pick<SetReader, 'readFile' | 'openFile' | 'readHtml' | 'listSources' | 'readSource'>
  versions?: SiteVersions | undefined
  assets: { read(name: string): { body: Uint8Array<ArrayBuffer> } | undefined; version(name: string): string }
}

/** The folder in the archive, and the start of the archive's name: `flask-36e4a82`. */
export const archiveFolder = ({ name, commit }: Manifest): string =>
  `${name.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|(?<!-)-+$/g, '') || 'docs'}-${commit.slice(0, 7)}`

/**
 * Identifies the bytes of an archive: by the set, and for a site, by the version of docspool, the assets and the versions that it
 * names. Letters, digits, `.` and `-`.
 */
export async function archiveId(
  { key }: Pick<Manifest, 'key'>,
  kind: ArchiveKind,
  { assets, versions }: Pick<ArchiveParts, 'assets' | 'versions'>,
): Promise<string> {
  if (kind === 'set') return `${key}-set`
  const shown = [SITE_ASSETS.map((name) => assets.version(name)), versions ?? null]
  return `${key}-site-${GENERATOR_VERSION}-${await shortHashOf(JSON.stringify(shown))}`
}

/**
 * The archive, created while it is read. The same set and version of docspool result in the same bytes.
 *
 * @throws While it is read, if the set has been removed.
 */
export async function archiveOf(
  manifest: Manifest,
  kind: ArchiveKind,
  parts: ArchiveParts,
): Promise<ReadableStream<Uint8Array>> {
  const sources = await parts.sets.listSources(manifest.key)
  const files = kind === 'set' ? setFiles(manifest, sources, parts) : siteOf(manifest, sources, parts)
  return zipOf(files, archiveFolder(manifest), manifest.committed_at)
}

async function* setFiles(
  manifest: Manifest,
  sources: readonly SourceRow[],
  { sets }: ArchiveParts,
): AsyncGenerator<ExportedFile, void> {
  for (const { name } of manifest.files) {
    const file = await sets.openFile?.(manifest.key, name)
    const body = file === undefined ? await sets.readFile(manifest.key, name) : file.read(0, file.bytes)
    if (body === undefined) throw new Error(`A file of the set is gone: ${name}`)
    yield { name, body: body instanceof Uint8Array ? new Uint8Array(body) : body }
  }
  for (const { name } of sources) {
    const source = await sets.readSource(manifest.key, name)
    if (source === undefined) throw new Error(`A file of the set is gone: ${name}`)
    yield { name: `source/${name}`, body: source.textBytes }
  }
}

const siteOf = (
  manifest: Manifest,
  sources: readonly SourceRow[],
  { sets, assets, versions }: ArchiveParts,
): AsyncIterable<ExportedFile> =>
  siteFiles({
    manifest,
    readHtml: (file) => sets.readHtml(manifest.key, file),
    readFile: (name) => sets.readFile(manifest.key, name),
    sources,
    readSource: (name) => sets.readSource(manifest.key, name),
    readAsset: (name) => assets.read(name),
    bar: versions && ((file) => barOf(versions, file)),
  })

async function shortHashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest, 0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
