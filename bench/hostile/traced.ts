/** A supervisor under strace: which files it and its workers open and change, outside of the spool and the program. */

import { execFileSync } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Program, startDocspool } from '../programs.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** Read by every program of the system. */
const OF_SYSTEM = ['/usr', '/lib', '/lib64', '/proc', '/sys', '/dev/null', '/dev/urandom', '/dev/random']
const CALLS = [
  ...['open', 'openat', 'openat2', 'creat', 'mkdir', 'mkdirat', 'rmdir', 'unlink', 'unlinkat', 'truncate', 'mknodat'],
  ...['rename', 'renameat', 'renameat2', 'link', 'linkat', 'symlink', 'symlinkat', 'chmod', 'fchmodat'],
]

export interface TracedSupervisor {
  program: Program
  /** Files that were opened or changed since the last call, beside those that an earlier one has named. */
  takeOutside(): string[]
}

/** @param file - Where strace writes, below the folder that is deleted in the end. */
export async function startTraced(
  spoolDir: string,
  env: Record<string, string>,
  file: string,
): Promise<TracedSupervisor> {
  const hasStrace = canTrace()
  const strace = ['strace', '-D', '-f', '--seccomp-bpf', '-qq', '-y', '-s', '4096', '-e', 'signal=none']
  const before = hasStrace ? [...strace, '-e', `trace=${CALLS.join(',')}`, '-o', file] : []
  const isReady = (line: string): string | undefined => (line.includes('jobs are confined') ? line : undefined)
  const program = await startDocspool(['supervise'], { ...env, DOCSPOOL_SPOOL_DIR: spoolDir }, isReady, before)
  const inside = [
    spoolDir,
    ROOT,
    realpathSync(path.join(ROOT, 'node_modules')),
    path.dirname(process.execPath),
    ...OF_SYSTEM,
  ]
  const known = new Set<string>()
  let at = 0
  return {
    program,
    takeOutside() {
      if (!hasStrace) return []
      const text = readFrom(file, at)
      at += Buffer.byteLength(text)
      const found = [...new Set(text.split('\n').flatMap(filesOf))]
        .filter((name) => !inside.some((folder) => name === folder || name.startsWith(`${folder.replace(/\/$/, '')}/`)))
        .filter((name) => !known.has(name))
      for (const name of found) known.add(name)
      return found
    },
  }
}

function canTrace(): boolean {
  try {
    execFileSync('strace', ['-f', '--seccomp-bpf', '-e', 'trace=openat', '-o', '/dev/null', 'true'])
    return true
  } catch {
    return false
  }
}

function readFrom(file: string, at: number): string {
  const buffer = Buffer.alloc(Math.max(0, statSync(file).size - at))
  const handle = openSync(file, 'r')
  readSync(handle, buffer, 0, buffer.length, at)
  closeSync(handle)
  // The last line may be half there.
  return buffer.toString('latin1', 0, buffer.lastIndexOf('\n') + 1)
}

/** Of a call that succeeded: the file that was opened, links followed, or the names that were changed. */
function filesOf(line: string): string[] {
  if (!/ = \d+/.test(line)) return []
  const opened = /^\d+ +(?:open|openat|openat2|creat)\(.* = \d+<([^>]*)>$/.exec(line)?.[1]
  if (opened !== undefined) return [opened]
  return [...line.matchAll(/"(\/[^"]*)"/g)].map(([, name = '']) => path.normalize(name))
}

/** Highest resident memory of each worker that runs, MB, by process id. */
export function readWorkers(spoolDir: string): Map<number, number> {
  const found = new Map<number, number>()
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
      if (!words.includes('worker') || !readFileSync(`/proc/${pid}/environ`, 'utf8').includes(spoolDir)) continue
      const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
      found.set(Number(pid), Number(peak ?? 0) / 1_024)
    } catch {
      // It has ended.
    }
  }
  return found
}
