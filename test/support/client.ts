/** What tests ask a running docspool over HTTP. */

import type { JobView, Outcome } from '#queue/contract.ts'
import { until } from './docspool.ts'

export async function post(
  origin: string,
  fields: { repo_url: string; commit_id?: string; force?: boolean },
): Promise<{ status: number; body: JobView & { outcome: Outcome; code?: string } }> {
  const response = await fetch(`${origin}/api/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(fields),
  })
  return { status: response.status, body: (await response.json()) as JobView & { outcome: Outcome; code?: string } }
}

export async function readJob(origin: string, jobId: string): Promise<JobView | undefined> {
  const response = await fetch(`${origin}/api/job/${jobId}`).catch(() => undefined)
  return response?.ok ? ((await response.json()) as JobView) : undefined
}

/** Wait until the job is as wanted. */
export function waitFor(
  origin: string,
  jobId: string,
  wanted: (job: JobView) => boolean,
  limitMs?: number,
): Promise<JobView> {
  return until(async () => {
    const job = await readJob(origin, jobId)
    return job !== undefined && wanted(job) ? job : undefined
  }, limitMs)
}

export const hasEnded = (job: JobView): boolean => job.status === 'completed' || job.status === 'failed'

/** Submit and wait for the end. */
export async function documentRepository(origin: string, fields: Parameters<typeof post>[1]): Promise<JobView> {
  const { status, body } = await post(origin, fields)
  if (status >= 400) throw new Error(`refused: ${JSON.stringify(body)}`)
  return waitFor(origin, body.job_id, hasEnded)
}

/** Every file of a set as it is on the wire, by name: pages as Markdown and as HTML, and the data. */
export async function readSet(origin: string, docsPath: string): Promise<Map<string, string>> {
  const base = new URL(docsPath, origin)
  const metadata = (await (await fetch(new URL('metadata.json', base))).json()) as { files_generated: string[] }
  const set = new Map<string, string>()
  for (const name of metadata.files_generated) {
    const source = await fetch(new URL(name, base), {
      headers: { accept: 'text/markdown, application/json, text/plain' },
    })
    if (!source.ok) throw new Error(`${name} answers ${source.status}`)
    set.set(name, await source.text())
    if (!name.endsWith('.md')) continue
    const page = await fetch(new URL(name, base), { headers: { accept: 'text/html' } })
    // When the job ended is on the page and not in the set.
    const html = (await page.text()).replace(/(?<=Documented )<time [^>]*>[^<]*<\/time>/, '')
    set.set(`${name} as HTML`, html)
  }
  return set
}
