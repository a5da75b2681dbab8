/**
 * Sets as archives: `/static-docs/{job_id}.zip` is the files of the set, `/static-docs/{job_id}.site.zip` finished pages
 * that open from a folder. They are made while they are sent.
 */

import { GENERATOR_VERSION } from '#base/version.ts'
import type { ExportedFile } from '#export/file.ts'
import { siteFiles } from '#export/site.ts'
import { zipOf } from '#export/zip.ts'
import type { JobSnapshot } from '#queue/contract.ts'
import type { Manifest, SourceRow } from '#store/model.ts'
import { isKnown } from './conditional.ts'
import type { AppContext, AppDeps } from './deps.ts'
import { readManifest } from './set.ts'

type Kind = 'set' | 'site'

/** @returns `undefined` when no job has an archive of this name. The longer name of a job comes first. */
export async function answerArchive(c: AppContext, deps: AppDeps, name: string): Promise<Response | undefined> {
  for (const [suffix, kind] of [
    ['.zip', 'set'],
    ['.site.zip', 'site'],
  ] as const) {
    if (!name.endsWith(suffix) || name.length === suffix.length) continue
    const job = await deps.queue.read(name.slice(0, -suffix.length))
    if (job !== undefined) return answer(c, deps, job, kind)
  }
  return undefined
}

async function answer(c: AppContext, deps: AppDeps, job: JobSnapshot, kind: Kind): Promise<Response> {
  const manifest = await readManifest(job, deps)
  deps.sets.noteUse(manifest.key)
  const etag = `"${manifest.key}-${kind}${kind === 'site' ? lookOf(deps) : ''}"`
  c.header('ETag', etag)
  c.header('Cache-Control', 'no-cache')
  if (isKnown(c, etag)) return c.body(null, 304)
  const folder = `${manifest.name.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|(?<!-)-+$/g, '') || 'docs'}-${manifest.commit.slice(0, 7)}`
  const sources = await deps.sets.listSources(manifest.key)
  const files = kind === 'set' ? setFiles(manifest, sources, deps) : siteOf(manifest, sources, deps)
  return c.body(zipOf(files, folder, manifest.committed_at), 200, {
    'Content-Type': 'application/zip',
    'Content-Disposition': `attachment; filename="${folder}${kind === 'site' ? '-site' : ''}.zip"`,
  })
}

/** What a site takes from this program, beside the set. */
const lookOf = ({ assets }: AppDeps): string =>
  `-${GENERATOR_VERSION}-${['docspool.css', 'docs.js', 'search.js', 'source.js', 'diagram.js'].map((name) => assets.version(name).slice(0, 8)).join('')}`

async function* setFiles(
  manifest: Manifest,
  sources: readonly SourceRow[],
  { sets }: AppDeps,
): AsyncGenerator<ExportedFile, void> {
  for (const { name } of manifest.files) {
    const bytes = await sets.readFile(manifest.key, name)
    if (bytes === undefined) throw new Error(`A file of the set is gone: ${name}`)
    yield { name, body: new Uint8Array(bytes) }
  }
  for (const { name } of sources) {
    const source = await sets.readSource(manifest.key, name)
    if (source === undefined) throw new Error(`A file of the set is gone: ${name}`)
    yield { name: `source/${name}`, body: new TextEncoder().encode(source.text) }
  }
}

const siteOf = (
  manifest: Manifest,
  sources: readonly SourceRow[],
  { sets, assets }: AppDeps,
): AsyncIterable<ExportedFile> =>
  siteFiles({
    manifest,
    readHtml: (file) => sets.readHtml(manifest.key, file),
    readFile: (name) => sets.readFile(manifest.key, name),
    sources,
    readSource: (name) => sets.readSource(manifest.key, name),
    readAsset: (name) => assets.read(name),
  })
