/**
 * The processes that work with one spool, found by their environment: that holds for orphans as well, whose parent is
 * gone. Linux only.
 */

import { readdir, readFile } from 'node:fs/promises'

export type Kind = 'server' | 'supervisor' | 'worker'

export interface Found {
  pid: number
  kind: Kind
}

const KINDS: Record<string, Kind> = { serve: 'server', supervise: 'supervisor', worker: 'worker' }

/** @param spoolDir - As it stands in `DOCSPOOL_SPOOL_DIR` of the processes. */
export async function findProcesses(spoolDir: string): Promise<Found[]> {
  const mark = `DOCSPOOL_SPOOL_DIR=${spoolDir}`
  const found: Found[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    // Gone meanwhile, or another user's.
    const environment = await readFile(`/proc/${name}/environ`, 'utf8').catch(() => '')
    if (!environment.split('\0').includes(mark)) continue
    const words = (await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')).split('\0')
    const kind = words.map((word) => KINDS[word]).find((one) => one !== undefined)
    if (kind !== undefined) found.push({ pid: Number(name), kind })
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
