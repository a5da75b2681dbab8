/** Tools that document repositories. */

import { z } from 'zod'
import { Job } from './find-set.ts'
import { readJson } from './service.ts'
import { defineTool } from './tool.ts'

const JobAnswer = Job.omit({ options: true })

export const documentRepository = defineTool({
  name: 'document_repository',
  title: 'Document a repository',
  description:
    'Documents a repository, which takes seconds to minutes; job_status reports when it is done. If the service has a token, this needs it.',
  isWriting: true,
  isForJobs: true,
  input: z.object({
    repo_url: z
      .string()
      .min(1)
      .max(2_000)
      .describe('`https://github.com/owner/name`, or another host that the service allows.'),
    revision: z
      .string()
      .min(1)
      .max(2_000)
      .optional()
      .describe('Branch, tag or commit id; by default the default branch.'),
    force: z.boolean().default(false).describe('Skips the cache and the cooldown.'),
  }),
  output: JobAnswer.extend({ outcome: z.string().describe('created, joined, cached or cooldown.') }),
  async run({ repo_url, revision, force }, { service, signal }) {
    const body = JSON.stringify({ repo_url, ...(revision !== undefined && { commit_id: revision }), force })
    const request = { method: 'POST' as const, headers: { 'content-type': 'application/json' }, body, signal }
    const answer = JobAnswer.extend({ outcome: z.string() })
    return { structured: await readJson(service, '/api/jobs', answer, request) }
  },
})

export const jobStatus = defineTool({
  name: 'job_status',
  title: 'State of a job',
  description: 'Reports the progress of documenting a repository; with `wait`, waits for the end.',
  isForJobs: true,
  input: z.object({
    job_id: z.string().min(1).max(240).describe('From document_repository or list_repositories.'),
    wait: z.int().min(0).max(55).default(0).describe('Seconds to wait for the end of the job.'),
  }),
  output: JobAnswer,
  async run({ job_id, wait }, { service, signal }) {
    const path = `/api/job/${encodeURIComponent(job_id)}${wait === 0 ? '' : `?wait=${wait}`}`
    return { structured: await readJson(service, path, JobAnswer, { signal }) }
  },
})
