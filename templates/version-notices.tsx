/** Notices above a page of the documentation: that it is being generated again, and that no branch or tag contains its commit. */

import type { JobView } from '#queue/contract.ts'
import { stateOf } from './format.ts'

export function Notice({ job, href }: { job: JobView; href: string | null }) {
  const state = stateOf(job)
  if (state === 'completed' || state === 'cancelled' || href === null) return null
  const words =
    state === 'failed'
      ? 'The last attempt to update this documentation failed; this is the previous version.'
      : 'This documentation is being generated again; this is the previous version.'
  return (
    <aside class={state === 'failed' ? 'notice notice-bad' : 'notice'} aria-label="About this version">
      {words} <a href={href}>{state === 'failed' ? 'See why' : 'See the progress'}</a>
    </aside>
  )
}

/** @param notice - From `noticeOf`. */
export function CommitNotice({ notice }: { notice: string | undefined }) {
  if (notice === undefined) return null
  return (
    <aside class="notice" aria-label="About this commit">
      {notice}
    </aside>
  )
}
