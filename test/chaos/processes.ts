/**
 * The processes of the machines, found by the folder in their environment: that holds for orphans as well, whose parent is
 * gone. Linux only.
 */

import { readdir, readFile } from 'node:fs/promises'
import type { Machine } from './world.ts'

export type Kind = 'server' | 'supervisor' | 'worker'

export interface Found {
  pid: number
  kind: Kind
  /** The name of its machine. */
  machine: string
}

const KINDS: Record<string, Kind> = { serve: 'server', supervise: 'supervisor', worker: 'worker' }

export async function findProcesses(machines: readonly Machine[]): Promise<Found[]> {
  const marks = new Map(machines.map(({ name, spoolDir }) => [`DOCSPOOL_SPOOL_DIR=${spoolDir}`, name]))
  const found: Found[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    // Gone meanwhile, or another user's.
    const environment = await readFile(`/proc/${name}/environ`, 'utf8').catch(() => '')
    const machine = environment.split('\0').flatMap((line) => marks.get(line) ?? [])[0]
    if (machine === undefined) continue
    const words = (await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')).split('\0')
    const kind = words.map((word) => KINDS[word]).find((one) => one !== undefined)
    if (kind !== undefined) found.push({ pid: Number(name), kind, machine })
  }
  return found
}

/** @returns false when there is no such process. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name)
    return true
  } catch {
    return false
  }
}
