/**
 * The Unix socket over which a server passes git tokens to the supervisors of its spool. Its folder has mode 0700
 * (`base/files.ts`), which keeps other users out.
 *
 * Each request and each response is a line of JSON: `{"take": JOB_ID}` → `{"token": TOKEN, "version": N}` or `{}`;
 * `{"drop": JOB_ID, "version": N}` → `{}`. The supervisor's side is `src/worker/git-token-source.ts`.
 */

import { randomBytes } from 'node:crypto'
import { constants, existsSync } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import path from 'node:path'
import { z } from 'zod'
import { parseIfJson } from '#base/parse-json.ts'

/** A folder of the spool for sockets, and for the key from which the ids of private jobs are derived. */
export const TOKENS_FOLDER = 'tokens'
export const SOCKET_SUFFIX = '.sock'
/** Below the limits for socket paths: 107 bytes on Linux, 103 on other systems. */
const MAX_ADDRESS_BYTES = 100
/** Longer than any request. */
const MAX_LINE = 1_000
/** A connection without a request is closed after this time. */
const IDLE_TIMEOUT_MS = 10_000

/** A request for the token of a job, or to forget it. */
export const TokenRequest = z.union([
  z.strictObject({ take: z.string() }),
  z.strictObject({ drop: z.string(), version: z.int() }),
])

export type TokenRequest = z.infer<typeof TokenRequest>

/** The response to a request; without a token if there is none. */
export const TokenResponse = z.object({ token: z.string().optional(), version: z.int().optional() })
export type TokenResponse = z.infer<typeof TokenResponse>

export interface TokenSocket {
  close(): Promise<void>
}

/**
 * @param folder - The folder of the socket, which exists.
 * @param onError - Called when a connection cannot be accepted, or `answer` throws.
 */
export async function openTokenSocket(
  folder: string,
  answer: (request: TokenRequest) => TokenResponse,
  onError: (error: Error) => void,
): Promise<TokenSocket> {
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    serve(socket, answer, onError)
  })
  const file = `${process.pid}-${randomBytes(8).toString('hex')}${SOCKET_SUFFIX}`
  try {
    await listenAt(server, socketPath(folder, handle, file), onError)
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

/** The path of a socket, or if that is too long, a shorter one through its folder's file descriptor. */
export function socketPath(folder: string, handle: FileHandle, file: string): string {
  const direct = path.join(folder, file)
  if (Buffer.byteLength(direct) <= MAX_ADDRESS_BYTES) return direct
  if (existsSync('/proc/self/fd')) return `/proc/self/fd/${handle.fd}/${file}`
  throw new Error(`The path of the spool is too long for a socket: ${direct}`)
}

function listenAt(server: Server, address: string, onError: (error: Error) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, () => {
      server.off('error', reject)
      // A connection that cannot be accepted, as when file descriptors run out, does not end the server.
      server.on('error', onError)
      resolve()
    })
  })
}

function serve(
  socket: Socket,
  answer: (request: TokenRequest) => TokenResponse,
  onError: (error: Error) => void,
): void {
  let text = ''
  socket.setEncoding('utf8')
  socket.setTimeout(IDLE_TIMEOUT_MS, () => socket.destroy())
  socket.on('data', (chunk) => {
    text += String(chunk)
    const end = text.indexOf('\n')
    if (end === -1 && text.length <= MAX_LINE) return
    // What follows the first request is ignored.
    socket.removeAllListeners('data').resume()
    const request = end === -1 ? undefined : readRequest(text.slice(0, end))
    if (request === undefined) {
      socket.destroy()
      return
    }
    try {
      socket.end(`${JSON.stringify(answer(request))}\n`)
    } catch (error) {
      socket.destroy()
      onError(error instanceof Error ? error : new Error(String(error)))
    }
  })
}

/** @returns `undefined` if the line is not a request. */
const readRequest = (line: string): TokenRequest | undefined => TokenRequest.safeParse(parseIfJson(line)).data
