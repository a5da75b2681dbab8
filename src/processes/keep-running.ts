/** Keeps one child program running: starts it, starts it again when it dies or hangs, ends it with its parent. */

import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Log } from '#base/log.ts'
import { FromKept, type ToKept } from './keeper.ts'

/** Exit code of a program that cannot work as configured; starting it again would not help. */
export const EXIT_UNUSABLE = 78

/** A program that ran this long had started well; its death is answered at once. */
const WELL_AFTER_MS = 2_000
const MAX_PAUSE_MS = 2_000
const PING_MS = 10_000
/** A program that has left so many pings in a row without an answer hangs. Counted, since this process may have slept. */
const MAX_UNANSWERED = 2
/** How long a program that was told to end now may take: longer than the supervisor gives to what cannot be recorded. */
const KILL_AFTER_MS = 5_000

export interface KeptProgram {
  /** Resolves when it has ended for good: after `drain`, or with `EXIT_UNUSABLE`. */
  readonly ended: Promise<number>
  /** Whether it runs and has answered the last ping, or waits. */
  isWell(): boolean
  /** Whether it is started again and again until the spool is back: then it is not to blame, and a restart of all helps nobody. */
  isWaiting(): boolean
  /** Ask it to end in an orderly way. Asking again changes nothing. */
  drain(): void
  /** Have it end at once, and end it if it does not. */
  endNow(): void
}

export interface KeepOptions {
  /** Command of docspool: `serve`, `supervise`. */
  command: string
  env: Record<string, string | undefined>
  log: Log
  /** The server listens at this address. */
  onReady?(url: string): void
  /** How often it is asked for a sign of life; 10,000 unless told. */
  pingMs?: number | undefined
}

/**
 * Start a docspool command and keep it running. It is tied to this process by its channel: when this process is
 * killed, the channel closes and the program ends in an orderly way.
 */
export function keepRunning(options: KeepOptions): KeptProgram {
  const { command, log, pingMs = PING_MS } = options
  let child: ChildProcess | undefined
  let timer: NodeJS.Timeout | undefined
  let isStopping = false
  let pauseMs = 0
  /** Pings since its last answer; `undefined` before the first one. */
  let unanswered: number | undefined
  /** What it said last. */
  let hasNoSpool = false
  /** It ended for want of the spool, and has not listened since. */
  let isWaiting = false
  let settle: (code: number) => void = () => undefined
  const ended = new Promise<number>((resolve) => {
    settle = resolve
  })
  const pinging = setInterval(ping, pingMs)
  void ended.then(() => clearInterval(pinging))

  function start(): void {
    const startedAt = Date.now()
    const started = spawn(process.execPath, [entry, command], {
      env: options.env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // Its own group: a Ctrl-C at the terminal reaches this process alone, which then stops its programs in order.
      detached: true,
    })
    child = started
    started.on('message', (message) => {
      const { data } = FromKept.safeParse(message)
      unanswered = 0
      hasNoSpool = data === 'no spool'
      if (typeof data !== 'object') return
      isWaiting = false
      options.onReady?.(data.ready)
    })
    started.once('error', (error) => log.error({ program: command, error: error.message }, 'could not be started'))
    started.once('close', (code, signal) => {
      child = undefined
      unanswered = undefined
      isWaiting = hasNoSpool
      hasNoSpool = false
      clearTimeout(timer)
      if (isStopping || code === EXIT_UNUSABLE) {
        settle(code ?? 1)
        return
      }
      pauseMs = Date.now() - startedAt > WELL_AFTER_MS ? 0 : Math.min(MAX_PAUSE_MS, Math.max(100, pauseMs * 2))
      log.warn({ program: command, code, signal, again_in_ms: pauseMs }, 'ended; starting it again')
      timer = setTimeout(start, pauseMs)
    })
    tell('ping')
  }

  function tell(message: ToKept): void {
    if (child?.connected) child.send(message, () => undefined)
  }

  /** What it does while it starts or ends may take any time; before its first answer, and once it was asked to end, nobody counts. */
  function ping(): void {
    if (unanswered !== undefined && !isStopping && unanswered++ >= MAX_UNANSWERED) {
      log.error({ program: command }, 'gives no sign of life; ending it')
      child?.kill('SIGKILL')
      return
    }
    tell('ping')
  }

  function drain(): void {
    if (isStopping) return
    isStopping = true
    clearTimeout(timer)
    if (child === undefined) settle(0)
    else child.kill('SIGTERM')
  }

  start()
  return {
    ended,
    isWell: () => (unanswered === undefined ? isWaiting : unanswered <= 1),
    isWaiting: () => isWaiting,
    drain,
    endNow() {
      drain()
      tell('end now')
      timer = setTimeout(() => child?.kill('SIGKILL'), KILL_AFTER_MS)
      timer.unref()
    },
  }
}

/** The file that starts docspool from any folder. */
export const entry = path.join(fileURLToPath(new URL('..', import.meta.url)), 'docspool.mjs')
