/** The server's application on a spool, asked without a network. */
import path from 'node:path'
import { createApp } from '#http/app.ts'
import type { Queue } from '#queue/open-queue.ts'
import { createGitTokenKeeper } from '#server/git-token-keeper.ts'
import { createSetStore } from '#store/sets.ts'
import { silent } from '../queue/support.ts'
import type { Submission } from './submissions.ts'

export interface Answer {
  status: number
  body: Record<string, unknown>
}

export function createServer(spoolDir: string, queue: Queue) {
  const keeper = createGitTokenKeeper(spoolDir, {
    isUnfinished: async () => true,
    prepare: async () => undefined,
    log: silent,
  })
  const app = createApp({
    queue,
    sets: createSetStore(path.join(spoolDir, 'docs')),
    assets: { read: () => undefined, version: () => '' },
    policy: {
      allowedHosts: ['*', 'github.com', 'git.example.org'],
      allowPrivateNetworks: false,
      localRepos: ['/srv/repositories'],
    },
    callbackPolicy: { callbackHosts: ['*'], allowPrivateNetworks: false },
    tokenKeeper: keeper,
    // As up to 0.6; without it, notes of strangers make jobs of their own.
    areNotesShared: true,
    log: silent,
    clock: Date.now,
    mainModel: 'offline',
    signal: new AbortController().signal,
  })

  async function ask(to: string, init: RequestInit = {}): Promise<Answer> {
    const answer = await app.request(to, init)
    const text = await answer.text()
    return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : { text } }
  }

  async function post({ body, headers = {} }: Pick<Submission, 'body' | 'headers'>): Promise<Answer> {
    const type = { 'Content-Type': 'application/json', Accept: 'application/json' }
    return await ask('/api/jobs', { method: 'POST', headers: { ...type, ...headers }, body: JSON.stringify(body) })
  }

  return {
    ask,
    post,
    /** @returns The job, which must have been accepted. */
    async submit(submission: Submission): Promise<{ job_id: string; outcome: string }> {
      const { status, body } = await post(submission)
      if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
      return { job_id: String(body.job_id), outcome: String(body.outcome) }
    },
    /** The Markdown of the overview. */
    async overview(jobId: string): Promise<Answer> {
      return await ask(`/static-docs/${jobId}/?format=md`)
    },
    close: () => keeper.close(),
  }
}
