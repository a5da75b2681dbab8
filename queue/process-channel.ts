/**
 * The supervisor's end of the channel to a child process: a line of JSON for each message, as Node's children expect it
 * on the file descriptor that `NODE_CHANNEL_FD` names. Node's own end (`stdio: 'ipc'`) has no limits, and throws where
 * it cannot be caught when a line is not JSON; a child that runs hostile code could crash its supervisor with either.
 *
 * Not here: what the messages mean (`job-process-messages.ts`), and the child's end (`supervisor-channel.ts`).
 */

import type { ChildProcess } from 'node:child_process'
import type { Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { parseIfJson } from '#base/parse-json.ts'

/** Limit on a message from the child. */
const MAX_MESSAGE_BYTES = 1_048_576
/**
 * Maximum number of messages read from the child per second; the others wait in the child. A long one counts once for each
 * `PART_BYTES`.
 */
const MAX_MESSAGES = 1_000
const PART_BYTES = 4_096
const WINDOW_MS = 1_000
/** Nothing more is read from a child that has not yet read this much of what was sent to it. */
const MAX_UNREAD_BYTES = 1_048_576
const NEWLINE = 0x0a

/** When an incomplete line has this many pieces, they are joined, because each piece takes more memory than its bytes. */
const MAX_PIECES = 1_000

/** The child must be started with this environment variable, and with `'pipe'` as its fourth stream. */
export const CHANNEL_ENV = { NODE_CHANNEL_FD: '3' }

export interface ChannelListener {
  /** @param message - Not validated; `undefined` for a line that is not JSON. */
  onMessage(message: unknown): void
  /**
   * Called when the channel is closed because of an error other than the exit of the child.
   *
   * @param error - `MessageTooLong`, or an error that `onMessage` threw.
   */
  onFault(error: unknown): void
}

export class ProcessChannel {
  readonly #socket: Socket
  #listener: ChannelListener | undefined

  /** @param child - Started with `CHANNEL_ENV`, and a pipe as its fourth stream. */
  constructor(child: ChildProcess) {
    this.#socket = child.stdio[3] as Socket
    // Reading and writing fail when the child has exited, which its `exit` reports.
    this.#socket.on('error', () => undefined)
  }

  /** Replace the listener. Messages that arrive before the first listener wait for it. */
  listen(listener: ChannelListener): void {
    const isFirst = this.#listener === undefined
    this.#listener = listener
    if (isFirst) void this.#read()
  }

  /** Send a message. Does nothing when the channel is closed. */
  send(message: object): void {
    if (this.#socket.writable) this.#socket.write(`${JSON.stringify(message)}\n`)
  }

  /** Close the channel; the child then knows that its supervisor is gone. */
  close(): void {
    this.#socket.destroy()
  }

  async #read(): Promise<void> {
    try {
      for await (const message of paced(linesOf(this.#socket), this.#socket)) {
        if (!this.#deliver(message)) return
      }
    } catch (error) {
      if (error instanceof MessageTooLong) this.#listener?.onFault(error)
    } finally {
      this.close()
    }
  }

  /** @returns false when the listener threw. Nothing it throws gets into `#read`, which ignores errors of the socket. */
  #deliver(message: unknown): boolean {
    const listener = this.#listener
    try {
      listener?.onMessage(message)
      return true
    } catch (error) {
      listener?.onFault(error)
      return false
    }
  }
}

/** A message from the child exceeds the limit. */
export class MessageTooLong extends Error {}

/** The lines of a stream. @throws {MessageTooLong} */
async function* linesOf(socket: Socket): AsyncGenerator<string> {
  let parts: Buffer[] = []
  let bytes = 0
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    let from = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      parts.push(chunk.subarray(from, end))
      yield Buffer.concat(parts).toString()
      parts = []
      bytes = 0
      from = end + 1
    }
    parts.push(chunk.subarray(from))
    bytes += chunk.length - from
    if (parts.length > MAX_PIECES) parts = [Buffer.concat(parts)]
    if (bytes > MAX_MESSAGE_BYTES) {
      throw new MessageTooLong(`A message is longer than ${MAX_MESSAGE_BYTES / 1_048_576} MB.`)
    }
  }
}

/** The messages of the lines, at most `MAX_MESSAGES` in a second, and none while the child does not read. */
async function* paced(lines: AsyncIterable<string>, socket: Socket): AsyncGenerator<unknown> {
  let since = performance.now()
  let count = 0
  for await (const line of lines) {
    const now = performance.now()
    if (now - since >= WINDOW_MS) {
      since = now
      count = 0
    }
    count += Math.max(1, Math.ceil(line.length / PART_BYTES))
    if (count > MAX_MESSAGES) await pause(since + WINDOW_MS - now)
    while (socket.writableLength > MAX_UNREAD_BYTES && !socket.destroyed) await pause(WINDOW_MS)
    if (socket.destroyed) return
    yield parseIfJson(line)
  }
}
