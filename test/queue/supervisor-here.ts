/** A supervisor in the process of the test, for tests that give it a runner of their own. */
import type { TestContext } from 'node:test'
import type { Run } from '#queue/runner.ts'
import { type SuperviseOptions, supervise } from '#queue/supervisor.ts'
import { atEnd, type Fixture, silent } from './support.ts'

/** It ends with the test. */
export function startSupervisor(
  t: TestContext,
  { spoolDir, clock }: Fixture,
  run: Run,
  options: Partial<SuperviseOptions> = {},
) {
  const drain = new AbortController()
  const now = new AbortController()
  const ended = supervise({
    spoolDir,
    run,
    concurrency: 1,
    isPassing: () => false,
    graceMs: 5_000,
    log: silent,
    signal: drain.signal,
    hardSignal: now.signal,
    clock,
    ...options,
  })
  atEnd(t, async () => {
    drain.abort()
    now.abort()
    await ended
  })
  return { drain, now, ended }
}
