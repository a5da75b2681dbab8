/**
 * The hidden command `docspool look`: a child process of a supervisor that asks hosts for the refs of some repositories, as
 * `git ls-remote` does, and exits. It also parses the answers, so that a crash affects only one batch of checks.
 */

import { folderNotAllowed } from '#base/bad-repository-url.ts'
import { linkFormOf } from '#base/code-host-links.ts'
import { type Config, readConfig } from '#base/config.ts'
import { AppError, toErrorRecord } from '#base/errors.ts'
import { toCredentials } from '#base/git-tokens.ts'
import { inspectFolder } from '#base/local-folder.ts'
import { push } from '#base/multimap.ts'
import { parseRepository } from '#base/repository.ts'
import { listRefs } from '#generate/clone/clone.ts'
import { chooseRefs, rangesToCount } from './choose-refs.ts'
import { LookBatch, type LookReport } from './look-messages.ts'

/** Time limit for the refs of one repository. */
const TIMEOUT_MS = 25_000
/** Number of hosts that are asked concurrently; each is asked about one repository at a time. */
const MAX_HOSTS = 4
/** The process exits if it has received no batch within this time. */
const BATCH_WITHIN_MS = 30_000

type BatchedLook = LookBatch['looks'][number]

/** Receive a batch, process it and report each result. @returns The exit code. */
export async function look(): Promise<number> {
  process.umask(0o077)
  const { settings, looks } = await receiveBatch()
  const config = readConfig(settings)
  process.once('disconnect', () => process.exit(1))
  const byHost = new Map<string, BatchedLook[]>()
  for (const each of looks) {
    const host = URL.canParse(each.repoUrl) ? new URL(each.repoUrl).host : ''
    push(byHost, host, each)
  }
  const queues = [...byHost.values()]
  async function work(): Promise<void> {
    for (let queue = queues.shift(); queue !== undefined; queue = queues.shift()) {
      for (const each of queue) await send(await lookAt(each, config))
    }
  }
  await Promise.all(Array.from({ length: MAX_HOSTS }, work))
  return 0
}

async function lookAt(given: BatchedLook, config: Config): Promise<LookReport> {
  const { id, repoUrl, selection, documented, counted } = given
  try {
    const repository = parseRepository(repoUrl, config)
    const { folder } = repository
    if (folder !== null && (await inspectFolder(folder, config.localRepos)) === 'outside') throw folderNotAllowed()
    const token = config.gitTokens.for(repository)
    const refs = await listRefs({
      repository,
      credentials: token === undefined ? undefined : toCredentials(token, linkFormOf(repository, config.sourceLinks)),
      ssh: config.ssh,
      timeoutMs: Math.min(TIMEOUT_MS, config.cloneTimeoutMs),
      allowPrivateNetworks: config.allowPrivateNetworks,
      signal: new AbortController().signal,
      chooseRanges: (refs) => rangesToCount(documented, chooseRefs(refs, selection), counted),
    })
    return { is: 'seen', id, refs: chooseRefs(refs, selection), counted: refs.counted }
  } catch (error) {
    return failedReport(id, error)
  }
}

export function failedReport(id: string, error: unknown): LookReport {
  if (!(error instanceof AppError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { is: 'failed', id, error: toErrorRecord(error), stack }
  }
  const { retryAfterSeconds } = error
  return { is: 'failed', id, error: error.toJSON(), ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) }
}

function receiveBatch(): Promise<LookBatch> {
  return new Promise((resolve, reject) => {
    const refuse = (): void => reject(new Error('Expected a batch from a supervisor.'))
    const timer = setTimeout(refuse, BATCH_WITHIN_MS)
    if (process.channel === undefined) refuse()
    process.once('message', (message) => {
      clearTimeout(timer)
      const parsed = LookBatch.safeParse(message)
      if (parsed.success) resolve(parsed.data)
      else refuse()
    })
  })
}

function send(report: LookReport): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) return resolve()
    process.send(report, undefined, undefined, () => resolve())
  })
}
