/**
 * Runs a command in a child process, so that a shutdown request can stop it even while it computes without returning to its
 * event loop. Unfinished files of a killed command are removed.
 */

import { spawn } from 'node:child_process'
import { remove } from 'fs-extra/esm'
import { z } from 'zod'
import { childEnvironment } from '#base/config.ts'
import { ENTRY_SCRIPT } from '#base/entry-script.ts'
import { Aborted } from '#base/errors.ts'
import { collectorOptions, LIMIT_ARENAS } from './memory-options.ts'
import { type Shutdown, untilAborted } from './shutdown-signals.ts'

/** Time from the shutdown request to SIGKILL. A command that notices the request exits much sooner. */
const KILL_AFTER_MS = 3_000

/** A message from the child: the path of a file or folder to remove if the child is killed. */
const Unfinished = z.object({ unfinished: z.string() })

/** Whether this process has an IPC channel to its parent, as children of `runInChild` and of `up` have. */
export const isChildProcess = (): boolean => process.connected !== undefined

/** Tell the parent to remove a file or folder if this process is killed. Does nothing in a process without an IPC channel. */
export function removeIfKilled(unfinished: string): void {
  if (process.connected)
    process.send?.({ unfinished } satisfies z.infer<typeof Unfinished>, undefined, undefined, () => undefined)
}

/**
 * Run a command in a child process with the same standard output and error. When this process is killed, the child shuts down.
 *
 * @param args - The command-line arguments, without the program's name.
 * @returns The exit code.
 * @throws {Aborted} A shutdown was requested before the command was complete.
 */
export async function runInChild(args: string[], shutdown: Shutdown): Promise<number> {
  const unfinished: string[] = []
  const child = spawn(process.execPath, [...process.execArgv, ...collectorOptions(), ENTRY_SCRIPT, ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...LIMIT_ARENAS, ...childEnvironment({}) },
  })
  child.on('message', (message) => {
    const { data } = Unfinished.safeParse(message)
    if (data !== undefined) unfinished.push(data.unfinished)
  })
  const ended = new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve([code, signal]))
  })
  void untilAborted(shutdown.drain).then(() => {
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS)
    void untilAborted(shutdown.now).then(() => child.kill('SIGKILL'))
    child.once('close', () => clearTimeout(timer))
  })
  const [code, signal] = await ended
  if (code !== null && code !== 0 && shutdown.drain.aborted) throw new Aborted('Stopped before it was complete.')
  if (code !== null) return code
  await Promise.all(unfinished.map((file) => remove(file)))
  if (shutdown.drain.aborted) throw new Aborted('Stopped before it was complete.')
  throw new Error(`The command was killed by ${signal}.`)
}
