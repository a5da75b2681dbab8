/**
 * Stops docspool in the ways in which it is stopped in life, each while a job runs, and says what became of the job. The
 * programs, signals, terminals and namespaces are real.
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createLog } from '#base/log.ts'
import type { JobView } from '#queue/contract.ts'
import { openQueue } from '#queue/open-queue.ts'
import { post } from './client.ts'
import { program, until } from './docspool.ts'
import { startGitHttp } from './git-http.ts'
import { makeRepository } from './repositories.ts'

/** A way to start docspool, and to ask it once to end. */
export interface Way {
  name: string
  /** @param up - The command that starts docspool, without blanks in its words. */
  command(up: string[]): string[]
  /** @param pids - The program that was started, and all below it, parents first. */
  stop(child: ChildProcess, pids: number[]): void
}

const root = fileURLToPath(new URL('../../', import.meta.url))
const terminal = (command: string): string[] => ['script', '-qefc', command, '/dev/null']
const pressCtrlC = (child: ChildProcess): unknown => child.stdin?.write('\x03')
const namespace = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc']
/** What `docker run --init` puts before the program: it passes signals on, and waits for it. */
const INIT = 'trap "kill -TERM \\$up" TERM; "$@" & up=$!; while kill -0 $up 2>/dev/null; do wait $up; done'

export const WAYS: readonly Way[] = [
  { name: 'SIGTERM', command: (up) => up, stop: (child) => child.kill('SIGTERM') },
  { name: 'Ctrl-C', command: (up) => terminal(up.join(' ')), stop: pressCtrlC },
  // npm has the signal from the terminal as well, and passes it on.
  { name: 'Ctrl-C, started by npm', command: () => terminal(`npm --prefix ${root} start`), stop: pressCtrlC },
  {
    name: 'a terminal that is closed',
    command: (up) => terminal(up.join(' ')),
    stop: (child) => child.kill('SIGKILL'),
  },
  // It signals its child, and then its group.
  { name: 'timeout', command: (up) => ['timeout', '600', ...up], stop: (child) => child.kill('SIGTERM') },
  {
    name: 'every process at once, as systemd does with KillMode=control-group and SendSIGHUP=yes',
    command: (up) => up,
    stop(_, pids) {
      for (const name of ['SIGTERM', 'SIGCONT', 'SIGHUP'] as const) for (const pid of pids) process.kill(pid, name)
    },
  },
  {
    name: 'docker stop, as process 1',
    command: (up) => [...namespace, ...up],
    stop: (_, [, first = 0]) => process.kill(first, 'SIGTERM'),
  },
  {
    name: 'docker stop, with --init',
    command: (up) => [...namespace, 'bash', '-c', INIT, 'init', ...up],
    stop: (_, [, first = 0]) => process.kill(first, 'SIGTERM'),
  },
]

export interface StopOptions {
  /** What the job needs after the request to end; it never ends by itself when this is not given. */
  jobMs?: number
  env?: Record<string, string>
  /** Ask once more, this long after the first time. */
  againMs?: number
}

export interface Stopped {
  /** From the request to end to the end of the last process. */
  ms: number
  /** Of whatever was started. */
  code: number | null
  /** As the spool has it afterwards. */
  job: JobView
  /** How often a worker took it. */
  starts: number
  output: string
}

/** Start, submit, wait until the job is in the middle of its clone, ask to end, and wait until nothing runs any more. */
export async function stopDuringJob(way: Way, { jobMs, env = {}, againMs }: StopOptions): Promise<Stopped> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-stop-'))
  const spoolDir = path.join(folder, 'spool')
  const git = await startGitHttp(path.join(folder, 'git'))
  let child: ChildProcess | undefined
  let pids: number[] = []
  try {
    await makeRepository(path.join(folder, 'git/test/small.git'), { 'a.py': 'x = 1\n' })
    let release: () => void = () => undefined
    git.faults = {
      held: new Promise((resolve) => {
        release = resolve
      }),
    }
    const [file = '', ...args] = way.command([process.execPath, program, 'up'])
    const started = spawn(file, args, {
      env: {
        ...process.env,
        ...{ DOCSPOOL_PORT: '0', DOCSPOOL_SPOOL_DIR: spoolDir, DOCSPOOL_LOG_LEVEL: 'info' },
        ...{ DOCSPOOL_ALLOW_PRIVATE_NETWORKS: 'true', DOCSPOOL_ALLOWED_HOSTS: `127.0.0.1:${git.port}`, ...env },
      },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    })
    child = started
    const closed = once(started, 'close')
    let output = ''
    for (const stream of [started.stdout, started.stderr]) stream.on('data', (chunk) => (output += chunk))
    const origin = await until(() => {
      if (started.exitCode !== null) throw new Error(`docspool ended with ${started.exitCode}:\n${output}`)
      return /listens on (http:\/\/[0-9.]+:\d+)/.exec(output)?.[1]
    })
    const { body } = await post(origin, { repo_url: `${git.url}/test/small` })
    await until(() => git.requests.length > 0 || undefined)
    pids = await listTree(started.pid ?? 0)

    const askedAt = performance.now()
    way.stop(started, pids)
    if (againMs !== undefined) {
      await pause(againMs)
      way.stop(started, pids)
    }
    if (jobMs !== undefined) void pause(jobMs).then(release)
    await closed
    await until(async () => (await areGone(pids)) || undefined)
    const ms = performance.now() - askedAt

    const settings = { queueSize: 1, cacheExpiryMs: 1, retryCooldownMs: 1, revalidateMs: 1 }
    const queue = await openQueue(spoolDir, settings, { log: createLog('test', 'silent'), clock: Date.now })
    const job = (await queue.read(body.job_id))?.view
    await queue.close()
    if (job === undefined) throw new Error(`the job is gone:\n${output}`)
    return { ms, code: started.exitCode, job, starts: output.split('a job starts').length - 1, output }
  } finally {
    for (const pid of [child?.pid ?? 0, ...pids]) if (pid > 1) kill(pid)
    await git.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended, as it should.
  }
}

/** A process and all below it, parents first. */
async function listTree(top: number): Promise<number[]> {
  const parents = new Map<number, number>()
  for (const name of await readdir('/proc')) {
    const stat = /^\d+$/.test(name) ? await readStat(name) : undefined
    if (stat !== undefined) parents.set(Number(name), Number(stat[1]))
  }
  const tree = [top]
  for (const at of tree) for (const [pid, parent] of parents) if (parent === at) tree.push(pid)
  return tree
}

async function areGone(pids: number[]): Promise<boolean> {
  const stats = await Promise.all(pids.map(readStat))
  return stats.every((stat) => stat === undefined || stat[0] === 'Z')
}

/** State and parent, from proc_pid_stat(5). */
async function readStat(pid: number | string): Promise<string[] | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')
}
