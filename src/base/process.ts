/**
 * Processes of this machine, told apart for certain: a process id comes back, the pair with its start time does not.
 * Where there is no /proc (not Linux) start times are '' and only the id counts.
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

/** `/proc/<pid>/stat`; the name in it may hold spaces and parentheses, so fields are counted from the last one. */
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

/** Reads of /proc do not wait for a disk, so the plain synchronous call is the cheapest. */
function readProc(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

const isGone = (stat: ProcessStat): boolean => stat.state === 'Z' || stat.state === 'X'

/** Start time of a process, '' when it is gone or the system does not tell. */
export function readStart(pid: number): string {
  return readStat(pid)?.start ?? ''
}

let ownStart: string | undefined

export function readOwnStart(): string {
  ownStart ??= readStart(process.pid)
  return ownStart
}

/** Start time of this process also where /proc knows it by another id. */
export const readSelfStart = (): string => readStat('self')?.start ?? ''

/**
 * Whether ids in /proc are those that this process has and is given. They are not where /proc belongs to an outer pid
 * namespace: there the same number is another process. Without a /proc there is nothing to mistake.
 */
export function isProcOwn(): boolean {
  const status = readProc('/proc/self/status')
  if (status === undefined) return readBootId() === ''
  const [, ids] = /^NSpid:\s*(.*)$/m.exec(status) ?? /^Pid:\s*(.*)$/m.exec(status) ?? []
  return ids === String(process.pid)
}

/** Name of this boot of the machine; '' where the system does not tell. */
export const readBootId = (): string => readProc('/proc/sys/kernel/random/boot_id')?.trim() ?? ''

/** Processes with the same value see each other's ids. */
export const readPidNamespace = (): string => readNamespace('pid')

/** Processes with the same value see the same start times. */
export const readTimeNamespace = (): string => readNamespace('time')

function readNamespace(kind: string): string {
  try {
    return readlinkSync(`/proc/self/ns/${kind}`)
  } catch {
    return ''
  }
}

/** True while the very process with this id and start time runs; one that only waits to be reaped does not. */
export function isProcessAlive(pid: number, start: string): boolean {
  const stat = readStat(pid)
  if (stat !== undefined) return !isGone(stat) && (start === '' || stat.start === start)
  if (readOwnStart() !== '') return false
  return signal(pid, 0)
}

/** Members of a process group that still run. */
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

/** Resident memory of a process group, in bytes; pages that members share count for each. */
export function readGroupMemory(group: number): number {
  let bytes = 0
  for (const pid of listGroup(group)) {
    const status = readProc(`/proc/${pid}/status`)
    bytes += Number(/^VmRSS:\s+([0-9]+) kB$/m.exec(status ?? '')?.[1] ?? 0) * 1_024
  }
  return bytes
}

/** @returns false when there is no such process or group. */
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
 * End every process of a group with SIGKILL and wait until none runs.
 *
 * @param withinMs - How long to wait at most; a process that hangs in the kernel outlives it.
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
 * End what is left of a group whose leader was started by somebody else.
 *
 * The leader must still be the process that was started, or be gone while its session remains: a group of another
 * process that got the same id later is left alone.
 */
export async function killOrphans(leader: number, leaderStart: string, withinMs: number): Promise<boolean> {
  const members = readOwnStart() === '' ? [] : readProcesses().filter((stat) => stat.group === leader && !isGone(stat))
  const isOurs =
    readStart(leader) === leaderStart ||
    (readStart(leader) === '' && members.every((member) => member.session === leader))
  return members.length === 0 || (isOurs && (await killGroup(leader, withinMs)))
}

/** True for a worker whose process this one can see. */
export function isOfThisMachine(worker: { bootId: string; pidNamespace: string }): boolean {
  return worker.bootId === readBootId() && worker.pidNamespace === readPidNamespace()
}
