/** Names of journals: they say whose one is, so that those of the dead can be told. */

import { createHash, randomBytes } from 'node:crypto'
import { readBootId, readOwnStart, readPidNamespace } from '#queue/process.ts'

/** The process that appends to a journal. */
export interface JournalOwner {
  /** 8 hex digits that stand for the boot of the machine, and for what process ids count in. */
  boot: string
  namespace: string
  pid: number
  start: string
}

const Name = /^([0-9a-f]{8})-([0-9a-f]{8})-([0-9]{1,10})-([0-9]{1,20})-[0-9a-f]{8}$/

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8)

let own: JournalOwner | undefined

/** This process. */
export function readOwner(): JournalOwner {
  own ??= {
    boot: digest(readBootId()),
    namespace: digest(readPidNamespace()),
    pid: process.pid,
    start: readOwnStart() || '0',
  }
  return own
}

/** A name for a new journal of this process. */
export function newJournalName(): string {
  const { boot, namespace, pid, start } = readOwner()
  return [boot, namespace, pid, start, randomBytes(4).toString('hex')].join('-')
}

export function parseJournalName(name: string): JournalOwner | undefined {
  const [, boot, namespace, pid, start] = Name.exec(name) ?? []
  if (boot === undefined || namespace === undefined) return undefined
  return { boot, namespace, pid: Number(pid), start: start ?? '' }
}
