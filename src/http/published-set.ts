/** Reads the published set of a job, or refuses with the reason why there is none. */

import type { JobSnapshot } from '#queue/contract.ts'
import type { Manifest } from '#store/model.ts'
import { jobHref } from '#templates/addresses.ts'
import type { AppDeps } from './deps.ts'
import { Refusal } from './problem.ts'

/** The URL path of a job's documents. */
export const docsPath = (jobId: string): string => `/static-docs/${encodeURIComponent(jobId)}/`

/** @throws {Refusal} `NO_DOCS`, `SET_DAMAGED` */
export async function readManifest(job: JobSnapshot, deps: Pick<AppDeps, 'sets' | 'queue'>): Promise<Manifest> {
  const manifest = job.docsKey === null ? undefined : await deps.sets.readManifest(job.docsKey)
  return manifest ?? (await refuseDocs(job, deps))
}

/** @throws {Refusal} `NO_DOCS`, `SET_DAMAGED`. Also the queue's error when the spool is not available. */
export async function refuseDocs(job: JobSnapshot, { queue, sets }: Pick<AppDeps, 'sets' | 'queue'>): Promise<never> {
  await queue.read(job.view.job_id)
  await refuseIfDamaged(job, sets)
  throw noDocs(job)
}

/** @throws {Refusal} `SET_DAMAGED` if the set was found damaged and has not been generated again. */
export async function refuseIfDamaged({ docsKey, view }: JobSnapshot, sets: AppDeps['sets']): Promise<void> {
  if (docsKey === null || (await sets.isSetAside?.(docsKey)) !== true) return
  const links = [{ href: jobHref(view.job_id), title: 'Open the job to retry it' }]
  throw new Refusal('SET_DAMAGED', `The document set ${docsKey} is damaged.`).withPage({ suggestions: [], links })
}

function noDocs({ view }: JobSnapshot): Refusal {
  const page = jobHref(view.job_id)
  const refuse = (why: string, hint: string, title: string): Refusal =>
    new Refusal('NO_DOCS', why, hint).withPage({ suggestions: [], links: [{ href: page, title }] })
  switch (view.status) {
    case 'queued':
    case 'processing':
      return refuse('The documents are not ready yet.', `${page} shows the progress.`, 'Show the progress')
    case 'failed':
      return refuse('There are no documents: the job failed.', `${page} shows the reason.`, 'Show the reason')
    case 'completed':
      return refuse(
        'The documents have expired.',
        `Retry the job at ${page}, or submit it again.`,
        'Open the job to retry it',
      )
  }
}
