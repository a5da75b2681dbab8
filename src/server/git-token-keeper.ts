/**
 * Keeps the git tokens of jobs (`X-Git-Token`) in memory and passes them to supervisors of the same spool over a Unix socket
 * that only this user can open. Tokens are never written to disk; when this process exits, they are lost.
 *
 * The supervisor's side is `git-token-source.ts`. Each request and each response is a line of JSON:
 * `{"take": JOB_ID}` → `{"token": TOKEN, "version": N}` or `{}`; `{"drop": JOB_ID, "version": N}` → `{}`.
 */

import { createHmac, randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, link, open, readFile, rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import path from 'node:path'
import { z } from 'zod'
import { isErrno } from '#base/errors.ts'
import { temporaryName, writeNewFile } from '#base/files.ts'
import { forLog, type Log } from '#base/log.ts'
import type { TokenKeeper } from '#http/deps.ts'
import { toSpoolError } from '#queue/errors.ts'

export interface GitTokenKeeper extends TokenKeeper {
  close(): Promise<void>
}

export interface KeeperDeps {
  /** Whether the job is queued or running, so that its token is still needed. */
  isUnfinished(jobId: string): Promise<boolean>
  /** Creates the folder, unless the spool is unavailable. */
  prepare(): Promise<unknown>
  log: Log
  mostTokens?: number
}

/** A folder of the spool for sockets, and for the key from which secrets of private jobs are derived. */
export const TOKENS_FOLDER = 'tokens'
export const SOCKET_SUFFIX = '.sock'
const MAX_ADDRESS_BYTES = 100
const KEY_FILE = 'key'
const KEY_BYTES = 32
/** How often tokens of finished jobs are removed whose worker did not drop them. */
const SWEEP_MS = 60_000
/** Maximum number of tokens; with 2,000 characters each, 20 MB. */
const MAX_TOKENS = 10_000
/** Each client may keep at most this fraction (one tenth) of them. */
const SHARES = 10
/** Longer than any request. */
const MAX_LINE = 1_000

const Question = z.union([z.strictObject({ take: z.string() }), z.strictObject({ drop: z.string(), version: z.int() })])

/** A request and its response, for both sides. */
export type Question = z.infer<typeof Question>
export const Answer = z.object({ token: z.string().optional(), version: z.int().optional() })

interface Held {
  token: string
  /** The client that sent the token first; it counts for this client's share. */
  client: string | undefined
  /** Increases with each submission, so that an earlier run cannot drop the token of a later one. */
  version: number
  /** `settle` has not been called yet. */
  isPending: boolean
  isDropped: boolean
  /** The previous entry, which is restored if this one is not used. */
  before: Held | undefined
}

/**
 * Create a keeper. The folder, the key and the socket are created when the first token arrives.
 *
 * @param spoolDir - Absolute.
 */
export function createGitTokenKeeper(
  spoolDir: string,
  { isUnfinished, prepare, log, mostTokens = MAX_TOKENS }: KeeperDeps,
): GitTokenKeeper {
  const folder = path.join(spoolDir, TOKENS_FOLDER)
  const held = new Map<string, Held>()
  let version = 0
  let key: Promise<Buffer> | undefined
  let listening: Promise<Listening> | undefined
  const sweep = setInterval(() => void forgetEnded(), SWEEP_MS).unref()

  async function forgetEnded(): Promise<void> {
    for (const [jobId, seen] of [...held]) {
      const isOpen = seen.isPending || (await isUnfinished(jobId).catch(() => true))
      if (!isOpen && held.get(jobId) === seen) held.delete(jobId)
    }
  }

  function drop(jobId: string, dropped: (each: Held) => boolean): void {
    let rest = held.get(jobId)
    for (let each = rest; each !== undefined; each = each.before) if (dropped(each)) each.isDropped = true
    while (rest?.isDropped) rest = rest.before
    if (rest === undefined) held.delete(jobId)
    else held.set(jobId, rest)
  }

  function isFull(client: string | undefined): boolean {
    if (held.size >= mostTokens) return true
    if (client === undefined) return false
    let own = 0
    for (const each of held.values()) if (each.client === client) own++
    return own >= Math.ceil(mostTokens / SHARES)
  }

  /** A new token replaces another one if the job has finished. */
  async function forgetIfEnded(jobId: string, token: string): Promise<void> {
    const found = held.get(jobId)
    if (found === undefined || found.token === token || found.isPending || (await isUnfinished(jobId))) return
    if (held.get(jobId) === found && !found.isPending) held.delete(jobId)
  }

  function answer(line: string): object {
    const question = Question.parse(JSON.parse(line))
    if ('take' in question) {
      const { token, version: found } = held.get(question.take) ?? {}
      return { token, version: found }
    }
    drop(question.drop, (each) => each.version === question.version)
    return {}
  }

  async function ready(): Promise<void> {
    listening ??= prepare().then(() => listen(folder, answer))
    try {
      await listening
    } catch (error) {
      listening = undefined
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
      await ready()
      await forgetIfEnded(jobId, token)
      const before = held.get(jobId)
      if (before !== undefined && before.token !== token) return 'another is held'
      if (before === undefined && isFull(client)) return 'too many'
      const kept: Held = {
        token,
        client: before === undefined ? client : before.client,
        version: ++version,
        isPending: true,
        isDropped: false,
        before,
      }
      held.set(jobId, kept)
      return {
        settle(isUsed) {
          kept.isPending = false
          if (isUsed) kept.before = undefined
          else drop(jobId, (each) => each === kept)
        },
      }
    },
    async close() {
      clearInterval(sweep)
      held.clear()
      const opened = await listening?.catch(() => undefined)
      await opened?.close()
    },
  }
}

/** The key is shared by all servers of a spool, so that a token always results in the same job id. */
async function readKey(folder: string): Promise<Buffer> {
  const file = path.join(folder, KEY_FILE)
  for (;;) {
    const found = await readFile(file, { flag: constants.O_RDONLY | constants.O_NOFOLLOW }).catch(unlessMissing)
    if (found?.length === KEY_BYTES) return found
    if (found !== undefined) await rm(file, { force: true })
    const temporary = path.join(folder, temporaryName())
    await writeNewFile(temporary, randomBytes(KEY_BYTES))
    // Atomic: the first server to link its key wins.
    await link(temporary, file).catch(unlessExists)
    await rm(temporary, { force: true })
  }
}

interface Listening {
  close(): Promise<void>
}

async function listen(folder: string, answer: (line: string) => object): Promise<Listening> {
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    serve(socket, answer)
  })
  const file = `${process.pid}-${randomBytes(8).toString('hex')}${SOCKET_SUFFIX}`
  try {
    await listenAt(server, socketPath(folder, handle, file))
  } catch (error) {
    await handle.close()
    throw error
  }
  // The socket alone must not keep the process running.
  server.unref()
  return {
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
      await rm(path.join(folder, file), { force: true })
      await handle.close()
    },
  }
}

/** The path of a socket, or a shorter one by the descriptor of its folder: the limit is 107 bytes on Linux, 103 on other systems. */
export function socketPath(folder: string, handle: FileHandle, file: string): string {
  const direct = path.join(folder, file)
  return Buffer.byteLength(direct) <= MAX_ADDRESS_BYTES ? direct : `/proc/self/fd/${handle.fd}/${file}`
}

function listenAt(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, resolve)
  })
}

function serve(socket: Socket, answer: (line: string) => object): void {
  let text = ''
  socket.setEncoding('utf8')
  socket.on('data', (chunk) => {
    text += String(chunk)
    const end = text.indexOf('\n')
    if (end === -1 && text.length <= MAX_LINE) return
    try {
      socket.end(`${JSON.stringify(answer(text.slice(0, end)))}\n`)
    } catch {
      socket.destroy()
    }
  })
}

function unlessExists(error: unknown): void {
  if (!isErrno(error, 'EEXIST')) throw error
}

function unlessMissing(error: unknown): undefined {
  if (!isErrno(error, 'ENOENT')) throw error
}
