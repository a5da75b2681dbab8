/**
 * Keeps the git tokens of jobs (`X-Git-Token`) in memory and passes them to supervisors of the same spool (`git-token-socket.ts`).
 * Tokens are never written to disk; when this process exits, they are lost.
 */

import { createHmac } from 'node:crypto'
import path from 'node:path'
import { forLog, type Log } from '#base/log.ts'
import type { TokenKeeper } from '#http/deps.ts'
import { toSpoolError } from '#queue/to-spool-error.ts'
import { readKey } from './git-token-key.ts'
import {
  openTokenSocket,
  TOKENS_FOLDER,
  type TokenRequest,
  type TokenResponse,
  type TokenSocket,
} from './git-token-socket.ts'

export interface GitTokenKeeper extends TokenKeeper {
  close(): Promise<void>
}

export interface KeeperDeps {
  /** Whether the job is queued or running, so that its token is still needed. */
  isUnfinished(jobId: string): Promise<boolean>
  /** Creates the folder, unless the spool is unavailable. */
  prepare(): Promise<unknown>
  log: Log
  maxTokens?: number
}

/** How often to remove tokens of finished jobs that their worker did not drop. */
const SWEEP_MS = 60_000
/** Maximum number of tokens; with 2,000 characters each, 20 MB. */
const MAX_TOKENS = 10_000
/** One client may hold at most 1/`CLIENT_SHARES` of them. */
const CLIENT_SHARES = 10

interface KeptToken {
  token: string
  /** The client that sent the token first; it counts for this client's share. */
  client: string | undefined
  /** Increases with each submission, so that an earlier run cannot drop the token of a later one. */
  version: number
  /** `settle` has not been called yet. */
  isPending: boolean
  isDropped: boolean
  /** The previous entry, which is restored if this one is not used. */
  before: KeptToken | undefined
}

/**
 * Create a keeper. The folder, the key and the socket are created when the first token arrives.
 *
 * @param spoolDir - Absolute.
 */
export function createGitTokenKeeper(
  spoolDir: string,
  { isUnfinished, prepare, log, maxTokens = MAX_TOKENS }: KeeperDeps,
): GitTokenKeeper {
  const folder = path.join(spoolDir, TOKENS_FOLDER)
  /** The newest entry of each job. */
  const kept = new Map<string, KeptToken>()
  let version = 0
  let key: Promise<Buffer> | undefined
  let opening: Promise<TokenSocket> | undefined
  let isSweeping = false
  const timer = setInterval(() => void sweep(), SWEEP_MS).unref()

  async function sweep(): Promise<void> {
    if (isSweeping) return
    isSweeping = true
    for (const [jobId, entry] of [...kept]) {
      // A token stays while the state of its job cannot be read.
      const isNeeded = entry.isPending || (await isUnfinished(jobId).catch(() => true))
      if (!isNeeded && kept.get(jobId) === entry) kept.delete(jobId)
    }
    isSweeping = false
  }

  function drop(jobId: string, isMeant: (entry: KeptToken) => boolean): void {
    const newest = kept.get(jobId)
    for (let entry = newest; entry !== undefined; entry = entry.before) if (isMeant(entry)) entry.isDropped = true
    let remaining = newest
    while (remaining?.isDropped) remaining = remaining.before
    if (remaining === undefined) kept.delete(jobId)
    else kept.set(jobId, remaining)
  }

  function isFull(client: string | undefined): boolean {
    if (kept.size >= maxTokens) return true
    if (client === undefined) return false
    let own = 0
    for (const entry of kept.values()) if (entry.client === client) own++
    return own >= Math.ceil(maxTokens / CLIENT_SHARES)
  }

  /** Forget a different token of a finished job, so that a new one can replace it. */
  async function forgetIfFinished(jobId: string, token: string): Promise<void> {
    const entry = kept.get(jobId)
    if (entry === undefined || entry.token === token || entry.isPending || (await isUnfinished(jobId))) return
    if (kept.get(jobId) === entry && !entry.isPending) kept.delete(jobId)
  }

  function answer(question: TokenRequest): TokenResponse {
    if ('take' in question) {
      const entry = kept.get(question.take)
      return entry === undefined ? {} : { token: entry.token, version: entry.version }
    }
    drop(question.drop, (entry) => entry.version === question.version)
    return {}
  }

  async function openSocket(): Promise<void> {
    opening ??= prepare().then(() =>
      openTokenSocket(folder, answer, (error) => log.warn(forLog(error), 'the socket for git tokens failed')),
    )
    try {
      await opening
    } catch (error) {
      opening = undefined
      log.error(forLog(error), 'the socket for git tokens cannot be created')
      throw toSpoolError(error)
    }
  }

  return {
    async secretFor(address, token) {
      key ??= prepare().then(() => readKey(folder))
      try {
        return createHmac('sha256', await key)
          .update(`${address}\0${token}`)
          .digest('hex')
          .slice(0, 32)
      } catch (error) {
        key = undefined
        throw toSpoolError(error)
      }
    },
    async keep(jobId, token, client) {
      await openSocket()
      await forgetIfFinished(jobId, token)
      const before = kept.get(jobId)
      if (before !== undefined && before.token !== token) return 'token in use'
      if (before === undefined && isFull(client)) return 'too many'
      const entry: KeptToken = {
        token,
        client: before === undefined ? client : before.client,
        version: ++version,
        isPending: true,
        isDropped: false,
        before,
      }
      kept.set(jobId, entry)
      return {
        settle(isUsed) {
          entry.isPending = false
          if (isUsed) entry.before = undefined
          else drop(jobId, (each) => each === entry)
        },
      }
    },
    async close() {
      clearInterval(timer)
      kept.clear()
      const socket = await opening?.catch(() => undefined)
      await socket?.close()
    },
  }
}
