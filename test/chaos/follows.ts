/**
 * Followed repositories under chaos: they are followed, let go and followed again, pushed to, and webhooks tell of the pushes.
 * What was acknowledged must hold: a follow is there, with one entry in the schedule; its next look is never later than its
 * interval; the last push that was told is submitted; and no push is submitted twice.
 */

import { createHmac } from 'node:crypto'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { followIdOf } from '#queue/follows/follow-record.ts'
import { git, makeRepository } from '../support/repositories.ts'
import { countSubmissions } from './judge.ts'
import type { Random } from './random.ts'
import type { Witness } from './witness.ts'
import type { World } from './world.ts'

export const HOOK_SECRET = 'a-secret-of-the-forge'

export interface FollowFindings {
  /** Acknowledged and not there, let go and there, or a push that was told and never submitted. */
  lost: string[]
  /** Two entries in the schedule, or more submissions than pushes. */
  doubled: string[]
  /** The next look is later than the interval after the last one, or there is none. */
  late: string[]
}

export interface FollowBooks {
  followed: number
  pushes: number
  told: number
  looks: number
}

export interface FollowLoad {
  /** No more pushes; a last one to each, told, and time until it is submitted. */
  end(signal: AbortSignal): Promise<void>
  /** @param witness - That has seen the records of all jobs. */
  judge(witness: Witness): Promise<{ findings: FollowFindings; books: FollowBooks }>
}

export interface FollowLoadOptions {
  origins: readonly string[]
  listLooks: World['listLooks']
  /** Of the git server, and the folder that it serves. */
  gitUrl: string
  root: string
  random: Random
}

interface Repository {
  url: string
  folder: string
  /** Of `main`, in order. */
  commits: string[]
  /** What the last acknowledged request asked for; `undefined` while that is not known. */
  isFollowed: boolean | undefined
  /** How often it may have been followed anew, which submits the commit once more. */
  begun: number
}

/** As `GET /api/follows` shows it. */
interface Shown {
  repo_url: string
  looked_at: string | null
  error: object | null
  next_look_at: string | null
  refs: { ref: string; commit: string; job_id: string; submitted_at: string }[]
}

const COUNT = 5
const EVERY_MS = 15 * 60_000
/** A look that died with its supervisor is made again after two minutes. */
const SETTLE_MS = 420_000
const TIMEOUT_MS = 5_000
/** A server that was stopped answers what it was asked when it goes on. */
const LATE_MS = 10_000

export async function startFollows(options: FollowLoadOptions): Promise<FollowLoad> {
  const { origins, listLooks, gitUrl, root, random } = options
  const repositories: Repository[] = []
  const late = new Set<string>()
  const looked = new Set<string>()
  const over = new AbortController()
  let told = 0
  for (let number = 0; number < COUNT; number++) {
    const name = `followed-${number}`
    const { folder, commits } = await makeRepository(path.join(root, 'test', `${name}.git`), { 'a.py': 'x = 0\n' })
    repositories.push({ url: `${gitUrl}/test/${name}`, folder, commits, isFollowed: false, begun: 0 })
  }

  const addressOf = ({ url }: Repository): string => `/api/follows/${encodeURIComponent(url)}`
  const ask = (method: string, address: string, body?: string, headers: Record<string, string> = {}) =>
    fetch(random.pick(origins) + address, {
      ...{ method, headers: { 'content-type': 'application/json', ...headers } },
      ...(body !== undefined && { body }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
      .then(async (answer) => ({ status: answer.status, body: await answer.text() }))
      .catch(() => ({ status: 0, body: '' }))

  async function follow(repository: Repository): Promise<void> {
    const body = JSON.stringify({ branches: [], tags: [], every: '15m' })
    const { status } = await ask('PUT', addressOf(repository), body)
    repository.isFollowed = status === 200 || status === 201 ? true : undefined
    if (status !== 200) repository.begun += 1
    if (status === 0) await pause(LATE_MS)
  }

  async function letGo(repository: Repository): Promise<void> {
    const { status } = await ask('DELETE', addressOf(repository))
    repository.isFollowed = status === 204 || status === 404 ? false : undefined
    if (status === 0) await pause(LATE_MS)
  }

  /** A commit, and a webhook for it, sent until it is acknowledged. */
  async function push(repository: Repository): Promise<void> {
    const number = repository.commits.length
    const text = `x = ${number}\n`
    const head = `commit refs/heads/main\ncommitter A <a@example.org> ${1_700_000_000 + number} +0000\ndata 1\nx\n`
    const file = `from refs/heads/main^0\nM 100644 inline a.py\ndata ${text.length}\n${text}\n`
    await git(repository.folder, ['fast-import', '--quiet'], head + file)
    const commit = (await git(repository.folder, ['rev-parse', 'refs/heads/main'])).trim()
    repository.commits.push(commit)
    const body = JSON.stringify({
      ref: 'refs/heads/main',
      after: commit,
      repository: { clone_url: `${repository.url}.git` },
    })
    const signature = createHmac('sha256', HOOK_SECRET).update(body).digest('hex')
    for (let tries = 0; tries < 10; tries++) {
      const { status } = await ask('POST', '/hooks', body, { 'x-gitea-event': 'push', 'x-gitea-signature': signature })
      if (status === 202) told += 1
      if (status === 200 || status === 202) return
      await pause(500)
    }
  }

  async function list(): Promise<Shown[] | undefined> {
    const { status, body } = await ask('GET', '/api/follows')
    return status === 200 ? (JSON.parse(body) as { follows: Shown[] }).follows : undefined
  }

  async function look(): Promise<void> {
    for (const shown of (await list()) ?? []) {
      if (shown.looked_at !== null) looked.add(`${shown.repo_url} ${shown.looked_at}`)
      noteLate(shown)
    }
  }

  /** A look that fails is made again within the interval, and a tenth of it. */
  function noteLate({ repo_url, looked_at, next_look_at, error }: Shown): void {
    if (looked_at === null || next_look_at === null) return
    const fromMs = error === null ? Date.parse(looked_at) : Date.now() + EVERY_MS / 10
    const delayMs = Date.parse(next_look_at) - fromMs
    if (delayMs > EVERY_MS + LATE_MS)
      late.add(`${repo_url}: the next look is ${Math.round(delayMs / 1_000)} s after the last`)
  }

  const actions = { push, follow, letGo, look }
  async function loop(): Promise<void> {
    for (const repository of repositories) await follow(repository)
    while (!over.signal.aborted) {
      await pause(random.between(200, 1_500), undefined, { signal: over.signal }).catch(() => undefined)
      const action = random.weighted({ push: 8, follow: 3, letGo: 1, look: 3 })
      await actions[action](random.pick(repositories))
    }
  }
  const running = loop()

  return {
    async end(signal) {
      over.abort()
      await running
      for (const repository of repositories) {
        while (repository.isFollowed !== true && !signal.aborted) await follow(repository)
        await push(repository)
      }
      const begin = performance.now()
      while (performance.now() - begin < SETTLE_MS && !signal.aborted) {
        const shown = await list()
        if (shown !== undefined && repositories.every((one) => isSubmitted(one, shown))) return
        await pause(500, undefined, { signal })
      }
    },

    async judge(witness) {
      const shown = (await list()) ?? []
      const entries = await listLooks()
      const findings: FollowFindings = { lost: [], doubled: [], late: [...late] }
      for (const repository of repositories) {
        const { url, commits, begun } = repository
        const own = shown.find(({ repo_url }) => repo_url === url)
        const due = entries.filter((id) => id === followIdOf(url))
        if (own === undefined) findings.lost.push(`${url}: not followed any more`)
        else if (!isSubmitted(repository, shown)) findings.lost.push(`${url}: the last push was not submitted`)
        if (due.length > 1) findings.doubled.push(`${url}: ${due.length} entries in the schedule`)
        if (due.length === 0) findings.late.push(`${url}: no entry in the schedule`)
        if (own?.next_look_at == null) findings.late.push(`${url}: no next look`)
        const history = witness.histories.get(own?.refs[0]?.job_id ?? '')
        const submissions = history === undefined ? 0 : countSubmissions(history)
        if (submissions > commits.length - 1 + begun)
          findings.doubled.push(
            `${url}: ${submissions} submissions of ${commits.length} commits, followed ${begun} times`,
          )
      }
      const others = shown.filter(({ repo_url }) => !repositories.some(({ url }) => url === repo_url))
      findings.lost.push(...others.map(({ repo_url }) => `${repo_url}: nobody asked for it`))
      for (const one of shown) noteLate(one)
      const pushes = repositories.reduce((sum, { commits }) => sum + commits.length - 1, 0)
      return { findings, books: { followed: shown.length, pushes, told, looks: looked.size } }
    },
  }
}

const isSubmitted = ({ url, commits }: Repository, shown: readonly Shown[]): boolean =>
  shown.find(({ repo_url }) => repo_url === url)?.refs[0]?.commit === commits.at(-1)
