/** Puts the notice about the commit of a set (`noticeOf`) at the beginning of its Markdown and text files. */

import { noticeOf } from '#base/unreachable-commit.ts'
import type { JobView } from '#queue/contract.ts'
import type { StoredBytes } from '#store/model.ts'
import { inPieces } from './large-responses.ts'

export type NoticeBytes = Uint8Array<ArrayBuffer>

/** A notice, or the joined notices of several jobs, as Markdown; empty without one. */
export const noticeMarkdown = (notice: string | undefined): string => (notice === undefined ? '' : `> ${notice}\n\n`)

/** The bytes to put before a file of a job's set; `undefined` for data files, and if there is no notice. */
export function noticeBefore(job: JobView, name: string): NoticeBytes | undefined {
  const notice = /\.(?:md|txt)$/.test(name) ? noticeOf(job) : undefined
  return notice === undefined ? undefined : new TextEncoder().encode(noticeMarkdown(notice))
}

/** The ETag of a file with its notice. @param sha256 - The hash of the file without it. */
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
