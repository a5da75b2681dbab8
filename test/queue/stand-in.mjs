/**
 * Stands in for the worker: a process that does what the id of its job says. It appends a line for its start and its end
 * to the file JOURNAL, so that a test can see what ran, when and as which process.
 */
import { spawn } from 'node:child_process'
import { appendFileSync, existsSync, writeSync } from 'node:fs'

const result = { docsKey: 'k1', resolvedCommit: 'a'.repeat(40), summary: 'Documented.' }

process.once('message', (first) => {
  if (first.type !== 'wait') return perform(first)
  appendFileSync(`${process.env.JOURNAL}.waiting`, `${process.pid}\n`)
  // What is loaded keeps the process from hearing of its job.
  if (process.env.LOADING === '1') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
  process.once('message', (next) => (process.env.DEAF === '1' ? process.exit(1) : perform(next)))
})

function perform({ job }) {
  const note = (what) =>
    appendFileSync(process.env.JOURNAL, `${what} ${job.jobId} ${job.epoch} ${process.pid} ${Date.now()}\n`)
  const done = () =>
    process.send({ type: 'done', result }, () => {
      note('END')
      process.disconnect()
    })
  note('START')
  process.send({ type: 'taken' })
  process.send({ type: 'progress', stage: 'clone', percent: 40, text: 'Halfway' })
  const acts = {
    quick: done,
    slow: () => setTimeout(done, 60_000),
    /** Ends well when a file named after it lies beside the journal. */
    held: () => {
      const timer = setInterval(() => {
        if (!existsSync(`${process.env.JOURNAL}.${job.jobId}`)) return
        clearInterval(timer)
        done()
      }, 20)
    },
    /** Ends well at once, but only from its second claim on. */
    second: () => (job.epoch > 1 ? done() : setTimeout(done, 60_000)),
    fail: () =>
      process.send({ type: 'failed', error: { code: 'CLONE_FAILED', message: 'No such repository.', hint: 'Look.' } }),
    crash: () => process.kill(process.pid, 'SIGSEGV'),
    exit: () => {
      console.error('the last words')
      process.exit(3)
    },
    heap: () => {
      const all = []
      for (;;) all.push(new Array(1e6).fill({}))
    },
    memory: () => {
      globalThis.kept = Buffer.alloc(300 * 1_048_576, 1)
      setTimeout(done, 60_000)
    },
    stubborn: () => {
      process.on('SIGTERM', () => undefined)
      setTimeout(done, 60_000)
    },
    /** Hears nothing but signals. */
    busy: () => {
      for (;;);
    },
    /** Ends by itself when it is asked to. */
    polite: () => {
      setTimeout(done, 60_000)
      process.on('SIGTERM', () => undefined)
      process.on('message', ({ type }) => {
        note(type)
        if (type === 'stop') process.exit(0)
      })
    },
    /** Tells that it lives, for ever. */
    alive: () => setInterval(() => process.send({ type: 'alive' }), 100),
    /** Leaves a process behind that holds stderr open. */
    litter: () => {
      const { pid } = spawn('sleep', ['60'], { stdio: ['ignore', 'ignore', 'inherit'] })
      note(`LITTER-${pid}`)
      done()
    },
    nonsense: () => {
      // The descriptor of the channel.
      writeSync(3, 'not JSON\n')
      process.send({ type: 'whatever' })
      process.send({ type: 'done', result: {} })
      process.send({ type: 'progress', stage: 'x'.repeat(4e5), percent: 1e9, text: 'y'.repeat(4e5) })
      done()
    },
    long: () => {
      process.send({ type: 'log', level: 'info', text: 'x'.repeat(2e6) })
      setTimeout(done, 60_000)
    },
  }
  acts[job.jobId.split('--')[1].split('-')[0]]()
}
