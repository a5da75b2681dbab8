/** File names that identify the process that created the file, so that files of dead processes can be recognised. */

import { isProcessAlive, isProcOwn, readBootId, readPidNamespace, readSelfStart, readTimeNamespace } from './process.ts'
import { sha256Of } from './sha256.ts'

export interface Owner {
  /** A digest of the boot id, 8 hex digits. */
  boot: string
  /** A digest of the pid and time namespaces, 8 hex digits. */
  namespace: string
  pid: number
  /** The start time of the process in ticks since boot. */
  start: string
}

const OWNER_NAME = /^([0-9a-f]{8})-([0-9a-f]{8})-([0-9]{1,10})-([0-9]{1,20})$/

const digest = (text: string): string => sha256Of(text).slice(0, 8)

let own: Owner | undefined

/** This process. */
export function readOwner(): Owner {
  own ??= {
    boot: digest(readBootId()),
    namespace: digest(readPidNamespace() + readTimeNamespace()),
    pid: process.pid,
    start: readSelfStart() || '0',
  }
  return own
}

/** This process as part of a file name: `5f0c2b1a-9d3e7c44-4711-123456`. */
export function ownerName(): string {
  const { boot, namespace, pid, start } = readOwner()
  return [boot, namespace, pid, start].join('-')
}

export function parseOwner(name: string): Owner | undefined {
  const [, boot, namespace, pid, start] = OWNER_NAME.exec(name) ?? []
  if (boot === undefined || namespace === undefined) return undefined
  return { boot, namespace, pid: Number(pid), start: start ?? '' }
}

/**
 * Whether a process has exited; `undefined` if it may be running in another container, or if /proc belongs to another namespace.
 */
export function isOwnerGone({ boot, namespace, pid, start }: Owner): boolean | undefined {
  const here = readOwner()
  if (boot !== here.boot) return true
  return namespace === here.namespace && isProcOwn() ? !isProcessAlive(pid, start) : undefined
}
