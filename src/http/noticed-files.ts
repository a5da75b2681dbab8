/** Markdown of documents about whose commit readers have to know something (`noticeOf`): it says so at its beginning. */

import { noticeOf } from '#base/commit-id.ts'
import type { JobView } from '#queue/contract.ts'
import type { StoredBytes } from '#store/model.ts'
import { inPieces } from './large-responses.ts'

export type NoticeBytes = Uint8Array<ArrayBuffer>

/** The notice as Markdown, for the notices of several jobs, too; empty without one. */
export const noticeMarkdown = (notice: string | undefined): string => (notice === undefined ? '' : `> ${notice}\n\n`)

/** What comes before a file of the set of a job; `undefined` for data, and where there is nothing to say. */
export function noticeBefore(job: JobView, name: string): NoticeBytes | undefined {
  const notice = /\.(?:md|txt)$/.test(name) ? noticeOf(job) : undefined
  return notice === undefined ? undefined : new TextEncoder().encode(noticeMarkdown(notice))
}

/** @param sha256 - Of the file. */
export const noticedTag = (sha256: string, before: NoticeBytes | undefined): string =>
  before === undefined ? `"${sha256}"` : `"${sha256}-noticed"`

export const withNotice = (stored: StoredBytes, before: NoticeBytes): StoredBytes => ({
  ...stored,
  bytes: before.length + stored.bytes,
  read(from, to) {
    const first = before.subarray(from, to)
    if (to <= before.length) return inPieces(first).read(0, first.length)
    const start = (controller: TransformStreamDefaultController): void => {
      if (first.length > 0) controller.enqueue(first)
    }
    const rest = stored.read(Math.max(0, from - before.length), to - before.length)
    return rest.pipeThrough(new TransformStream<NoticeBytes, NoticeBytes>({ start }))
  },
})
