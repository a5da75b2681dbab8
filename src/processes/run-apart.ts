/**
 * Runs a command in a child process: a request to shut down ends it although it computes and never returns to its event loop,
 * and what it left half-written is removed.
 */

import { spawn } from 'node:child_process'
import { remove } from 'fs-extra/esm'
import { z } from 'zod'
import { Aborted } from '#base/errors.ts'
import { ENTRY_SCRIPT } from './keep-running.ts'
import { fired, type Shutdown } from './shutdown-signals.ts'

/** From the request to SIGKILL. A command that notices the request ends well before. */
const KILL_AFTER_MS = 3_000

/** What the child says: a file or folder to remove when it was killed. */
const Unfinished = z.object({ unfinished: z.string() })

/** Whether this process is the child. */
export const isApart = (): boolean => process.connected !== undefined

/** Name a file or folder that must not outlive this process when it is killed. Does nothing in a process without parent. */
export function removeIfKilled(unfinished: string): void {
  if (process.connected)
    process.send?.({ unfinished } satisfies z.infer<typeof Unfinished>, undefined, undefined, () => undefined)
}

/**
 * Run the command in a child with the same output. When this process is killed, the child is asked to end.
 *
 * @param args - Of the command line, without the program's name.
 * @returns The exit code.
 * @throws {Aborted} It did not end by itself and was killed.
 */
export async function runApart(args: string[], shutdown: Shutdown): Promise<number> {
  const unfinished: string[] = []
  const child = spawn(process.execPath, [...process.execArgv, ENTRY_SCRIPT, ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  child.on('message', (message) => {
    const { data } = Unfinished.safeParse(message)
    if (data !== undefined) unfinished.push(data.unfinished)
  })
  const ended = new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve([code, signal]))
  })
  void fired(shutdown.drain).then(() => {
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS)
    void fired(shutdown.now).then(() => child.kill('SIGKILL'))
    child.once('close', () => clearTimeout(timer))
  })
  const [code, signal] = await ended
  if (code !== null) return code
  await Promise.all(unfinished.map((one) => remove(one)))
  if (shutdown.drain.aborted) throw new Aborted('Ended before it was complete.')
  throw new Error(`It was ended by ${signal}.`)
}
