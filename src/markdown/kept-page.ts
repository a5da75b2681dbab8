/**
 * Rendered pages in the form in which they are cached for the next commit. Every link to a host contains the commit, so
 * they have a placeholder for it.
 */

import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { GZIP_LEVEL } from '#base/packed-text.ts'
import type { PageContents } from './contents.ts'
import type { RenderedPage } from './render.ts'

/** The placeholder for the commit: it has the same length, and occurs in no text. */
export const ANY_COMMIT = createHash('sha1').update('any commit').digest('hex')

/**
 * @returns Gzipped JSON; `undefined` for a page whose HTML contains the placeholder for another reason, such as a
 *   character reference.
 */
export function packPage({ contents, ...rest }: RenderedPage, commit: string): Uint8Array | undefined {
  const json = JSON.stringify({ ...rest, contents: contents && toJson(contents) })
  return json.includes(ANY_COMMIT) ? undefined : gzipSync(json.replaceAll(commit, ANY_COMMIT), { level: GZIP_LEVEL })
}

export function unpackPage(bytes: Uint8Array, commit: string): RenderedPage {
  const json = gunzipSync(bytes).toString().replaceAll(ANY_COMMIT, commit)
  const { contents, ...rest } = JSON.parse(json) as JsonPage
  return { ...rest, contents: contents && fromJson(contents) }
}

type JsonContents = Omit<PageContents, 'sections' | 'codes'> & {
  sections: [string, string][]
  codes: [string, number][]
}
type JsonPage = Omit<RenderedPage, 'contents'> & { contents: JsonContents | null }

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
