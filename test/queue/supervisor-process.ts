/** A supervisor as a process: `supervisor-process.ts SPOOL JOURNAL CONCURRENCY GRACE_MS LEASE_MS`. Says `ready` when it works. */
import { Writable } from 'node:stream'
import pino from 'pino'
import { createChildRun } from '#queue/job-process.ts'
import { supervise } from '#queue/supervisor.ts'

const [spoolDir = '', journal = '', concurrency, graceMs, leaseMs] = process.argv.slice(2)
const drain = new AbortController()
const now = new AbortController()
process.on('SIGTERM', () => {
  if (drain.signal.aborted) now.abort()
  drain.abort()
})
const out = new Writable({
  write(line, _encoding, done) {
    process.stdout.write(line, done)
  },
})
const child = new URL('stand-in.mjs', import.meta.url).pathname
await supervise({
  spoolDir,
  run: createChildRun({
    command: process.execPath,
    args: [child],
    env: { JOURNAL: journal },
    deadlineMs: 120_000,
    memoryBytes: 1e9,
    graceMs: 500,
  }),
  concurrency: Number(concurrency),
  isPassing: () => false,
  graceMs: Number(graceMs),
  leaseMs: Number(leaseMs),
  log: pino({ level: 'info', base: null }, out),
  signal: drain.signal,
  hardSignal: now.signal,
})
