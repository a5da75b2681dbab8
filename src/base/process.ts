/**
 * Processes of this machine, identified by process id and start time, because ids are reused. Without /proc (not Linux), start
 * times are '' and only the id is compared.
 */

import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { isErrno } from './errors.ts'

interface ProcessStat {
  pid: number
  state: string
  group: number
  session: number
  /** Ticks since boot. */
  start: string
}

/**
 * Parses `/proc/<pid>/stat`. The process name in it may contain spaces and parentheses, so fields are counted from the last `)`.
 */
function readStat(pid: number | 'self'): ProcessStat | undefined {
  const text = readProc(`/proc/${pid}/stat`)
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ')
  if (fields === undefined || fields.length < 20) return undefined
  const [state = '', , group, session] = fields
  return {
    pid: Number.parseInt(text ?? '', 10),
    state,
    group: Number(group),
    session: Number(session),
    start: fields[19] ?? '',
  }
}

/** Reads synchronously, because /proc never waits for a disk. @returns `undefined` if the file cannot be read. */
function readProc(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

const isGone = (stat: ProcessStat): boolean => stat.state === 'Z' || stat.state === 'X'

/** The start time of a process in ticks since boot; '' if it has exited or is unknown. */
export function readStart(pid: number): string {
  return readStat(pid)?.start ?? ''
}

let ownStart: string | undefined

export function readOwnStart(): string {
  ownStart ??= readStart(process.pid)
  return ownStart
}

/** The start time of this process, even if /proc lists it under another id. */
export const readSelfStart = (): string => readStat('self')?.start ?? ''

/**
 * Whether /proc belongs to the pid namespace of this process. If it does not, an id means another process there. True without /proc.
 */
export function isProcOwn(): boolean {
  const status = readProc('/proc/self/status')
  if (status === undefined) return readBootId() === ''
  const [, ids] = /^NSpid:\s*(.*)$/m.exec(status) ?? /^Pid:\s*(.*)$/m.exec(status) ?? []
  return ids === String(process.pid)
}

/** The id of the current boot; '' if unknown. */
export const readBootId = (): string => readProc('/proc/sys/kernel/random/boot_id')?.trim() ?? ''

/** The pid namespace; processes with the same value see each other's ids. */
export const readPidNamespace = (): string => readNamespace('pid')

/** The time namespace; processes with the same value see the same start times. */
export const readTimeNamespace = (): string => readNamespace('time')

function readNamespace(kind: string): string {
  try {
    return readlinkSync(`/proc/self/ns/${kind}`)
  } catch {
    return ''
  }
}

/** Whether the process with this id and start time is running; zombies do not count. */
export function isProcessAlive(pid: number, start: string): boolean {
  const stat = readStat(pid)
  if (stat !== undefined) return !isGone(stat) && (start === '' || stat.start === start)
  if (readOwnStart() !== '') return false
  return signal(pid, 0)
}

/** The ids of the running processes of a process group. */
export function listGroup(group: number): number[] {
  if (readOwnStart() === '') return signal(-group, 0) ? [group] : []
  return readProcesses()
    .filter((stat) => stat.group === group && !isGone(stat))
    .map((stat) => stat.pid)
}

function readProcesses(): ProcessStat[] {
  return readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name))
    .map((name) => readStat(Number(name)))
    .filter((stat) => stat !== undefined)
}

/** Resident memory of a process group in bytes; shared pages count for each process. */
export function readGroupMemory(group: number): number {
  let bytes = 0
  for (const pid of listGroup(group)) {
    const status = readProc(`/proc/${pid}/status`)
    bytes += Number(/^VmRSS:\s+([0-9]+) kB$/m.exec(status ?? '')?.[1] ?? 0) * 1_024
  }
  return bytes
}

/** Send a signal. @returns false if there is no such process or group, or it belongs to another user. */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, name)
    return true
  } catch (error) {
    if (isErrno(error, 'ESRCH', 'EPERM')) return false
    throw error
  }
}

/**
 * Kill all processes of a group and wait until they have exited.
 *
 * @param withinMs - The maximum time to wait; a process that is stuck in the kernel may survive it.
 * @returns Whether the group is empty.
 */
export async function killGroup(group: number, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs
  for (let pauseMs = 2; listGroup(group).length > 0; pauseMs = Math.min(50, pauseMs * 2)) {
    signal(-group, 'SIGKILL')
    if (performance.now() > end) return false
    await delay(pauseMs)
  }
  return true
}

/**
 * Kill the remaining processes of a group that a dead supervisor has started.
 *
 * The leader must be the original process, or have exited while its session remains. A group of other processes that reuses
 * the id is left alone.
 *
 * @param leaderStart - The start time of the leader.
 * @returns Whether the group is empty.
 */
export async function killOrphans(leader: number, leaderStart: string, withinMs: number): Promise<boolean> {
  if (readOwnStart() === '') return await killGroup(leader, withinMs)
  const members = readProcesses().filter((stat) => stat.group === leader && !isGone(stat))
  const isOurs =
    readStart(leader) === leaderStart ||
    (readStart(leader) === '' && members.every((member) => member.session === leader))
  return members.length === 0 || (isOurs && (await killGroup(leader, withinMs)))
}

/** Whether a worker runs on this machine and in this pid namespace. */
export function isOfThisMachine(worker: { bootId: string; pidNamespace: string }): boolean {
  return worker.bootId === readBootId() && worker.pidNamespace === readPidNamespace()
}
