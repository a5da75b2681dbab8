/** Keeps one child program running: starts it, starts it again when it dies, ends it with its parent. */

import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Log } from '#base/log.ts'

/** Exit code of a program that cannot work as configured; starting it again would not help. */
export const EXIT_UNUSABLE = 78

/** A program that ran this long had started well; its death is answered at once. */
const WELL_AFTER_MS = 2_000
const MAX_PAUSE_MS = 2_000

export interface KeptProgram {
  /** Resolves when it has ended for good: after `stop`, or with `EXIT_UNUSABLE`. */
  readonly ended: Promise<number>
  /** Process id of the running instance, for people who want to look. */
  pid(): number | undefined
  /** Ask it to end in an orderly way; again: end it now. */
  stop(): void
}

export interface KeepOptions {
  /** Command of docspool: `serve`, `supervise`. */
  command: string
  env: Record<string, string | undefined>
  log: Log
  /** Every message the program sends. */
  onMessage(message: unknown): void
}

/**
 * Start a docspool command and keep it running. It is tied to this process by its channel: when this process is
 * killed, the channel closes and the program ends in an orderly way.
 */
export function keepRunning(options: KeepOptions): KeptProgram {
  const { command, log } = options
  let child: ChildProcess | undefined
  let timer: NodeJS.Timeout | undefined
  let stops = 0
  let pauseMs = 0
  let settle: (code: number) => void = () => undefined
  const ended = new Promise<number>((resolve) => {
    settle = resolve
  })

  function start(): void {
    const startedAt = Date.now()
    const started = spawn(process.execPath, [entry, command], {
      env: options.env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // Its own group: a Ctrl-C at the terminal reaches this process alone, which then stops its programs in order.
      detached: true,
    })
    child = started
    started.on('message', options.onMessage)
    started.once('error', (error) => log.error({ program: command, error: error.message }, 'could not be started'))
    started.once('close', (code, signal) => {
      child = undefined
      if (stops > 0 || code === EXIT_UNUSABLE) return settle(code ?? 1)
      pauseMs = Date.now() - startedAt > WELL_AFTER_MS ? 0 : Math.min(MAX_PAUSE_MS, Math.max(100, pauseMs * 2))
      log.warn({ program: command, code, signal, again_in_ms: pauseMs }, 'ended; starting it again')
      timer = setTimeout(start, pauseMs)
    })
  }

  start()
  return {
    ended,
    pid: () => child?.pid,
    stop() {
      stops += 1
      clearTimeout(timer)
      if (child === undefined) return settle(0)
      child.kill('SIGTERM')
    },
  }
}

/** The file that starts docspool from any folder. */
export const entry = fileURLToPath(new URL('docspool.mjs', import.meta.url))
