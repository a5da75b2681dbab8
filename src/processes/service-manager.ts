/**
 * Tells the service manager that started this program how it is (sd_notify(3)): ready, well, stopping. Node has no datagram
 * sockets of Unix, so systemd's own `systemd-notify` sends what is told; decision 27 says why.
 */

import { execFile } from 'node:child_process'
import { takeServiceManager } from '#base/config.ts'
import { isErrno } from '#base/errors.ts'
import type { Log } from '#base/log.ts'

export interface ServiceManager {
  /** How often a program that is kept has to be asked for a sign of life, so that it is started again within the watchdog's time. */
  readonly pingMs: number | undefined
  /**
   * Say that this program does its work; from now on the watchdog is told that it is well whenever that is so.
   *
   * @param what - That is served, for people who ask for the status.
   * @param isWell - Asked six times within the watchdog's time. Only `true` counts.
   */
  tellReady(what: string, isWell: () => Promise<boolean>): void
  /** Say that this program ends, and that it may take this long and what handing back takes. */
  tellStopping(drainMs: number): void
}

/** Longer than jobs take to be handed back and everything to be closed. */
const AFTER_DRAIN_MS = 25_000
const SEND_MS = 10_000

/** @returns `undefined` where none asks to be told. The environment of this process loses the variables. */
export function connectToServiceManager(log: Log): ServiceManager | undefined {
  const { NOTIFY_SOCKET: socket = '', WATCHDOG_USEC, WATCHDOG_PID = String(process.pid) } = takeServiceManager()
  if (socket === '') return undefined
  const watchdogMs = WATCHDOG_PID === String(process.pid) ? Number(WATCHDOG_USEC ?? 0) / 1_000 : 0
  const everyMs = watchdogMs > 0 ? watchdogMs / 6 : undefined
  let state: 'starting' | 'ready' | 'stopping' = 'starting'
  let sending = Promise.resolve()
  let isTold = false

  /** One after the other: they take effect in the order in which they arrive. */
  function tell(...lines: string[]): void {
    sending = sending.then(() => send(socket, lines)).catch(complain)
  }

  function complain(error: unknown): void {
    if (!isTold) log.warn({ error: reasonOf(error) }, 'the service manager cannot be told how this program is')
    isTold = true
  }

  return {
    pingMs: everyMs === undefined ? undefined : Math.min(10_000, everyMs / 2),
    tellReady(what, isWell) {
      if (state !== 'starting') return
      state = 'ready'
      tell('READY=1', `STATUS=Serving ${what}`)
      if (everyMs === undefined) return
      setInterval(async () => {
        if (state === 'stopping' || (await isWell())) tell('WATCHDOG=1')
        else log.error('not well; the watchdog is not told')
      }, everyMs).unref()
    },
    tellStopping(drainMs) {
      if (state === 'stopping') return
      state = 'stopping'
      const status = `STATUS=Stopping; jobs that run have ${drainMs / 1_000} s`
      tell('STOPPING=1', status, `EXTEND_TIMEOUT_USEC=${(drainMs + AFTER_DRAIN_MS) * 1_000}`)
    },
  }
}

const reasonOf = (error: unknown): string =>
  isErrno(error, 'ENOENT') ? 'NOTIFY_SOCKET is set, and there is no systemd-notify' : String(error)

/** Resolves when the service manager has read it, which it has to while the sender lives: it asks the kernel whose it is. */
function send(socket: string, lines: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = { env: { PATH: PATH_OF_SYSTEM, NOTIFY_SOCKET: socket }, timeout: SEND_MS }
    execFile('systemd-notify', lines, options, (error) => (error === null ? resolve() : reject(error)))
  })
}

const PATH_OF_SYSTEM = '/usr/local/bin:/usr/bin:/bin'
