/**
 * Adds git tokens to jobs. The tokens are fetched from the servers of the spool, which hold them in memory (see
 * `git-token-keeper.ts`), or from a database.
 */

import { constants } from 'node:fs'
import { open, readdir, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'
import { forLog, type Log } from '#base/log.ts'
import { secretOfJob } from '#base/private-jobs.ts'
import type { SealedTokens } from '#cluster/git-tokens.ts'
import type { Run } from '#queue/runner.ts'
import { SOCKET_SUFFIX, socketPath, TOKENS_FOLDER, type TokenRequest, TokenResponse } from '#server/git-token-socket.ts'

/** A server that does not answer within this time is skipped. */
const TIMEOUT_MS = 5_000
/** A longer answer is not read: a token has at most a few hundred characters. */
const MAX_ANSWER_CHARS = 65_536

export interface TokenSource {
  /** @returns The token of a job; `undefined` if it has none. */
  take(jobId: string): Promise<HeldToken | undefined>
}

interface HeldToken {
  token: string
  /** Tell the source that the token is no longer needed. Never throws. */
  drop(): void
}

/**
 * Adds git tokens to jobs. A token is dropped after the clone: at the first report of a later stage, or when the run succeeds.
 * If the run fails during the clone, the token is kept for a retry.
 *
 * @param mayHave - Whether a job may have a token; by default, private jobs.
 */
export function withGitTokens(
  run: Run,
  source: TokenSource,
  mayHave = (jobId: string): boolean => secretOfJob(jobId) !== undefined,
): Run {
  return async (job, context) => {
    const held = mayHave(job.jobId) ? await source.take(job.jobId) : undefined
    if (held === undefined) return await run(job, context)
    let isDropped = false
    const drop = (): void => {
      if (isDropped) return
      isDropped = true
      held.drop()
    }
    const result = await run(
      { ...job, gitToken: held.token },
      {
        ...context,
        report(progress) {
          if (progress.stage !== 'clone') drop()
          context.report(progress)
        },
      },
    )
    drop()
    return result
  }
}

/** The tokens that the servers of a spool hold. */
export function tokensOfServers(spoolDir: string): TokenSource {
  const folder = path.join(spoolDir, TOKENS_FOLDER)
  return {
    async take(jobId) {
      const names = await readdir(folder).catch(() => [])
      for (const socket of names.filter((name) => name.endsWith(SOCKET_SUFFIX))) {
        const { token, version } = (await ask(folder, socket, { take: jobId })) ?? {}
        if (token === undefined || version === undefined) continue
        return { token, drop: () => void ask(folder, socket, { drop: jobId, version }) }
      }
      return undefined
    },
  }
}

/** The tokens that servers have sealed in a database. */
export const tokensOfDatabase = ({ take, drop }: Pick<SealedTokens, 'take' | 'drop'>, log: Log): TokenSource => ({
  async take(jobId) {
    const held = await take(jobId)
    if (held === undefined) return undefined
    const { token, version } = held
    // If the removal fails, the token is removed when the job has finished.
    const warn = (error: unknown): void => log.warn({ ...forLog(error), job_id: jobId }, 'a git token was not removed')
    return { token, drop: () => void drop(jobId, version).catch(warn) }
  },
})

/** @returns `undefined` without a valid answer. Removes the socket of a server that has exited. */
async function ask(folder: string, socket: string, question: TokenRequest) {
  try {
    const text = await converse(folder, socket, `${JSON.stringify(question)}\n`)
    return TokenResponse.safeParse(JSON.parse(text)).data
  } catch (error) {
    if (isErrno(error, 'ECONNREFUSED')) await rm(path.join(folder, socket), { force: true }).catch(() => undefined)
    return undefined
  }
}

async function converse(folder: string, socket: string, line: string): Promise<string> {
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY)
  try {
    return await new Promise((resolve, reject) => {
      let text = ''
      const connection = connect(socketPath(folder, handle, socket))
      connection.setTimeout(TIMEOUT_MS, () => connection.destroy(new Error('no answer in time')))
      connection.setEncoding('utf8')
      connection.on('connect', () => connection.write(line))
      connection.on('data', (chunk) => {
        text += String(chunk)
        if (text.length > MAX_ANSWER_CHARS) connection.destroy(new Error('the answer is too long'))
      })
      connection.on('end', () => resolve(text))
      connection.on('error', reject)
    })
  } finally {
    await handle.close()
  }
}
