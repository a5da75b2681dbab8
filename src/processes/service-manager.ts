/**
 * Reports the state of this program to systemd (sd_notify(3)): ready, alive, stopping. Node has no Unix datagram sockets, so
 * `systemd-notify` sends the messages; see decision 27.
 */

import { execFile } from 'node:child_process'
import { takeServiceManager } from '#base/config.ts'
import { isErrno } from '#base/errors.ts'
import type { Log } from '#base/log.ts'

export interface ServiceManager {
  /**
   * Interval of pings to child programs, so that a hung one is restarted before the watchdog fires; `undefined` for the default.
   */
  readonly pingMs: number | undefined
  /**
   * Report that the program is ready and, from now on, notify the watchdog while `isHealthy` resolves to true.
   *
   * @param what - What is served, for the status line.
   * @param isHealthy - Called six times per watchdog interval.
   */
  tellReady(what: string, isHealthy: () => Promise<boolean>): void
  /** Report that the program is stopping, and extend the stop timeout accordingly. */
  tellStopping(drainMs: number): void
}

/** Extra stop time after draining; longer than it takes to return jobs to the queue and close everything. */
const AFTER_DRAIN_MS = 25_000
const SEND_TIMEOUT_MS = 10_000

/** Removes systemd's variables from the environment. @returns `undefined` when no service manager has asked for messages. */
export function connectToServiceManager(log: Log): ServiceManager | undefined {
  const { NOTIFY_SOCKET: socket = '', WATCHDOG_USEC, WATCHDOG_PID = String(process.pid) } = takeServiceManager()
  if (socket === '') return undefined
  const watchdogMs = WATCHDOG_PID === String(process.pid) ? Number(WATCHDOG_USEC ?? 0) / 1_000 : 0
  const everyMs = watchdogMs > 0 ? watchdogMs / 6 : undefined
  let state: 'starting' | 'ready' | 'stopping' = 'starting'
  let sending = Promise.resolve()
  let isLogged = false

  /** Sends messages one at a time, because systemd applies them in the order of arrival. */
  function tell(...lines: string[]): void {
    sending = sending.then(() => send(socket, lines)).catch(complain)
  }

  function complain(error: unknown): void {
    if (!isLogged) log.warn({ error: reasonOf(error) }, 'cannot report to the service manager')
    isLogged = true
  }

  return {
    pingMs: everyMs === undefined ? undefined : Math.min(10_000, everyMs / 2),
    tellReady(what, isHealthy) {
      if (state !== 'starting') return
      state = 'ready'
      tell('READY=1', `STATUS=Serving ${what}`)
      if (everyMs === undefined) return
      setInterval(async () => {
        if (state === 'stopping' || (await isHealthy())) tell('WATCHDOG=1')
        else log.error('a program is not responding; the watchdog is not notified')
      }, everyMs).unref()
    },
    tellStopping(drainMs) {
      if (state === 'stopping') return
      state = 'stopping'
      const status = `STATUS=Stopping; running jobs have ${drainMs / 1_000} s to finish`
      tell('STOPPING=1', status, `EXTEND_TIMEOUT_USEC=${(drainMs + AFTER_DRAIN_MS) * 1_000}`)
    },
  }
}

const reasonOf = (error: unknown): string =>
  isErrno(error, 'ENOENT') ? 'NOTIFY_SOCKET is set, but systemd-notify is not installed' : String(error)

/** Resolves when systemd has read the message. The sender must live until then, so that systemd can identify it. */
function send(socket: string, lines: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = { env: { PATH: SYSTEM_PATH, NOTIFY_SOCKET: socket }, timeout: SEND_TIMEOUT_MS }
    execFile('systemd-notify', lines, options, (error) => (error === null ? resolve() : reject(error)))
  })
}

const SYSTEM_PATH = '/usr/local/bin:/usr/bin:/bin'
