/** Renders pages of source files. The server calls this in a thread, because files can be many megabytes. */

import type { Caller } from '#base/caller.ts'
import type { JobView } from '#queue/contract.ts'
import type { Manifest, Source, SourceRow } from '#store/model.ts'
import type { SetReader } from '#store/sets.ts'
import { hrefOf, serverLinks } from '#templates/links.ts'
import { SourcePage } from '#templates/source.tsx'
import { countLines, sourceHtml } from '#templates/source-lines.ts'
import { SourceListPage } from '#templates/source-list.tsx'

export interface SourcePages {
  /**
   * The page of a source file, in UTF-8.
   *
   * @param row - The row of the file in the set's table of sources.
   * @returns `undefined` when it no longer exists.
   * @throws When the thread is overloaded or took too long.
   */
  file(job: JobView, key: string, row: SourceRow, caller?: Caller): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** The list of all source files of a set, in UTF-8. */
  list(job: JobView, key: string, caller?: Caller): Promise<Uint8Array<ArrayBuffer> | undefined>
}

type Sets = Pick<SetReader, 'readManifest' | 'listSources' | 'readSource'>

export interface PageContext {
  job: JobView
  manifest: Manifest
  /** The hash of an asset for `?v=`. */
  version(name: string): string
}

export function createSourcePages(sets: Sets, { version }: Pick<PageContext, 'version'>): SourcePages {
  return {
    async file(job, key, row) {
      const manifest = await sets.readManifest(key)
      const source = await sets.readSource(key, row.name)
      if (manifest === undefined || source === undefined) return undefined
      return new TextEncoder().encode(await renderSource({ job, manifest, version }, row, source))
    },

    async list(job, key) {
      const manifest = await sets.readManifest(key)
      const files = await sets.listSources(key)
      if (manifest === undefined || files.length === 0) return undefined
      return new TextEncoder().encode(await renderList({ job, manifest, version }, files))
    },
  }
}

export async function renderSource(
  { job, manifest, version }: PageContext,
  row: SourceRow,
  source: Pick<Source, 'text' | 'colours' | 'marks'>,
): Promise<string> {
  const links = serverLinks(job.job_id, version)
  const linesHtml = sourceHtml(source, (page, anchor) => hrefOf(links.page(page), anchor))
  const file = { ...row, lines: countLines(source.text), marks: source.marks }
  return String(await SourcePage({ job, manifest, links, linesHtml, file }))
}

export const renderList = async (
  { job, manifest, version }: PageContext,
  files: readonly SourceRow[],
): Promise<string> => String(await SourceListPage({ job, manifest, links: serverLinks(job.job_id, version), files }))
