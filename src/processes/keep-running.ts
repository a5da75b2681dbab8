/** Supervises one child process: starts it, restarts it when it dies or hangs, and stops it together with its parent. */

import { type ChildProcess, spawn } from 'node:child_process'
import { ENTRY_SCRIPT } from '#base/entry-script.ts'
import type { Log } from '#base/log.ts'
import { FromKept, type ToKept } from './keeper-channel.ts'

/** Exit code of a program that cannot run with this configuration. It is not restarted. */
export const EXIT_UNUSABLE = 78

/** A program that ran longer than this is restarted without delay. */
const STABLE_AFTER_MS = 2_000
const MIN_PAUSE_MS = 100
const MAX_PAUSE_MS = 2_000
const PING_MS = 10_000
/**
 * A program that leaves this many pings unanswered is killed. A count, not a time, because this process may have been suspended.
 */
const MAX_UNANSWERED = 2
/** Time from `endNow` to SIGKILL. Must exceed the time that the supervisor waits when it cannot record results. */
const KILL_AFTER_MS = 5_000

/**
 * Time to exit after the drain period (DOCSPOOL_DRAIN_S). A program that takes longer is considered hung. Handing jobs back takes
 * 18 s at most; service managers kill everything after 25 s.
 */
export const EXIT_GRACE_MS = 22_000

export interface MonitoredProgram {
  /** Resolves with the exit code after `drain`, or with `EXIT_UNUSABLE`. */
  readonly ended: Promise<number>
  /** Whether the program answers pings or is waiting for the spool. */
  isHealthy(): boolean
  /** Whether the program is being restarted until the spool is available. Restarting all programs would not help then. */
  isWaiting(): boolean
  /** Ask the program to shut down gracefully, and kill it if it has not exited after `stopMs`. Further calls do nothing. */
  drain(): void
  /** Tell the program to exit at once, and kill it if it does not. */
  endNow(): void
}

export interface KeepOptions {
  /** A docspool command, such as `serve` or `supervise`. */
  command: string
  env: Record<string, string | undefined>
  log: Log
  /** Called with the URL of the server when it listens. */
  onReady?(url: string): void
  /** From `drain` to SIGKILL. */
  stopMs: number
  /** Interval between pings; 10,000 by default. */
  pingMs?: number | undefined
}

/**
 * Start a docspool command and keep it running. When this process is killed, the IPC channel closes and the program shuts
 * down gracefully.
 */
export function keepRunning(options: KeepOptions): MonitoredProgram {
  const { command, log, stopMs, pingMs = PING_MS } = options
  let child: ChildProcess | undefined
  let restartTimer: NodeJS.Timeout | undefined
  let isStopping = false
  let pauseMs = 0
  /** Pings since the program's last answer; not counted (`undefined`) before its first answer, and 0 until it is ready. */
  let unanswered: number | undefined
  let isReady = false
  /** Whether the program's last message was `no spool`. */
  let hasNoSpool = false
  /** Whether the program exited because the spool was not available, and has not been ready since. */
  let isWaiting = false
  let settle: (code: number) => void = () => undefined
  const ended = new Promise<number>((resolve) => {
    settle = resolve
  })
  const pinging = setInterval(ping, pingMs)
  void ended.then(() => clearInterval(pinging))

  function start(): void {
    const startedAt = Date.now()
    const started = spawnProgram()
    if (started === undefined) {
      restart(startedAt, {})
      return
    }
    child = started
    started.on('message', (message) => {
      const { data } = FromKept.safeParse(message)
      unanswered = 0
      hasNoSpool = data === 'no spool'
      if (data !== 'ready' && typeof data !== 'object') return
      isReady = true
      isWaiting = false
      if (data === 'ready') return
      options.onReady?.(data.ready)
    })
    started.once('error', reportFailedStart)
    started.once('close', (code, signal) => {
      child = undefined
      unanswered = undefined
      isReady = false
      isWaiting = hasNoSpool
      hasNoSpool = false
      if (isStopping || code === EXIT_UNUSABLE) settle(code ?? 1)
      else restart(startedAt, { code, signal })
    })
    tell('ping')
  }

  /** @returns `undefined` after an error for which Node throws instead of emitting an event, such as ENOMEM. */
  function spawnProgram(): ChildProcess | undefined {
    try {
      return spawn(process.execPath, [ENTRY_SCRIPT, command], {
        env: options.env,
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        // A process group of its own: Ctrl-C reaches only this process, which then stops its programs in order.
        detached: true,
      })
    } catch (error) {
      reportFailedStart(error as Error)
      return undefined
    }
  }

  function reportFailedStart({ message }: Error): void {
    log.error({ program: command, error: message }, 'could not be started')
  }

  function restart(startedAt: number, exit: { code?: number | null; signal?: NodeJS.Signals | null }): void {
    const isStable = Date.now() - startedAt > STABLE_AFTER_MS
    pauseMs = isStable ? 0 : Math.min(MAX_PAUSE_MS, Math.max(MIN_PAUSE_MS, pauseMs * 2))
    log.warn({ program: command, ...exit, restart_in_ms: pauseMs }, 'exited; restarting')
    restartTimer = setTimeout(start, pauseMs)
  }

  function tell(message: ToKept): void {
    if (child?.connected) child.send(message, () => undefined)
  }

  /** Starting and stopping may take any amount of time, so pings are counted only once it is ready and before `drain`. */
  function ping(): void {
    if (isReady && unanswered !== undefined && !isStopping && unanswered++ >= MAX_UNANSWERED) {
      log.error({ program: command }, 'does not respond; killing it')
      child?.kill('SIGKILL')
      return
    }
    tell('ping')
  }

  function drain(): void {
    if (isStopping) return
    isStopping = true
    clearTimeout(restartTimer)
    if (child === undefined) {
      settle(0)
      return
    }
    child.kill('SIGTERM')
    killAfter(stopMs)
  }

  function killAfter(ms: number): void {
    const timer = setTimeout(() => {
      log.error({ program: command }, 'does not exit; killing it')
      child?.kill('SIGKILL')
    }, ms).unref()
    void ended.then(() => clearTimeout(timer))
  }

  start()
  return {
    ended,
    isHealthy: () => (unanswered === undefined ? isWaiting : unanswered < MAX_UNANSWERED),
    isWaiting: () => isWaiting,
    drain,
    endNow() {
      drain()
      tell('end now')
      killAfter(KILL_AFTER_MS)
    },
  }
}
