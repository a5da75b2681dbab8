/** A client of docspool's own HTTP interface, for the commands that submit a repository and wait for its documents. */

import { setTimeout as pause } from 'node:timers/promises'
import type { JobView, Outcome } from '#queue/contract.ts'
import { ReportedError } from '#queue/errors.ts'
import type { JobOptions } from '#queue/options.ts'

/** A docspool that is asked. */
export interface Service {
  origin: string
  /** Where it has one. */
  token: string | undefined
}

export type SubmittedJob = JobView & { outcome: Outcome }

/** How often a job is asked for while it runs. */
const POLL_MS = 200

/**
 * @throws {ReportedError} The server refuses; code, message and hint are its own.
 */
export async function submit(
  service: Service,
  body: { repo_url: string; force?: boolean; options?: JobOptions },
): Promise<SubmittedJob> {
  const response = await fetch(`${service.origin}/api/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headersFor(service) },
    body: JSON.stringify(body),
  })
  return (await answer(response)) as SubmittedJob
}

/**
 * Ask for a job until it ended. A server that is away for a moment (it restarts) is asked again.
 *
 * @param onChange - Called with every answer.
 */
export async function follow(
  service: Service,
  jobId: string,
  signal: AbortSignal,
  onChange: (job: JobView) => void,
): Promise<JobView> {
  for (;;) {
    signal.throwIfAborted()
    const job = await ask(service, jobId)
    if (job !== undefined) {
      onChange(job)
      if (job.status === 'completed' || job.status === 'failed') return job
    }
    await pause(POLL_MS, undefined, { signal })
  }
}

async function ask(service: Service, jobId: string): Promise<JobView | undefined> {
  let response: Response
  try {
    response = await fetch(`${service.origin}/api/job/${encodeURIComponent(jobId)}`, { headers: headersFor(service) })
  } catch {
    // Nothing listens: the server is being started again.
    return undefined
  }
  return response.status >= 500 ? undefined : ((await answer(response)) as JobView)
}

/** For a question of which the answer is data. */
export const headersFor = ({ token }: Pick<Service, 'token'>): Record<string, string> => ({
  accept: 'application/json',
  ...(token !== undefined && { authorization: `Bearer ${token}` }),
})

async function answer(response: Response): Promise<unknown> {
  const body: unknown = await response.json()
  if (response.ok) return body
  const { code, detail, hint } = body as { code?: string; detail?: string; hint?: string }
  throw new ReportedError({
    code: code ?? `HTTP_${response.status}`,
    message: detail ?? `The server answered ${response.status}.`,
    hint: hint ?? null,
  })
}
