/** However docspool is asked to end, it is asked once: what runs gets its time, and the job is done once. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { lacking, missingTool } from '../support/skips.ts'
import { type StopOptions, stopDuringJob, WAYS, type Way } from '../support/stopping.ts'

/** Longer than a signal has to come after the first to mean now, and than a stop without a job takes. */
const JOB_MS = 2_000
const MAX_OTHERS_MS = 9_000

function skipOf({ name }: Way): string | false {
  if (/terminal|Ctrl-C/.test(name)) return missingTool('script')
  if (!/docker/.test(name)) return false
  const isThere = spawnSync('unshare', ['--pid', '--fork', '--mount-proc', 'true']).status === 0
  return missingTool('unshare') || (!isThere && lacking('pid namespaces'))
}

for (const way of WAYS) {
  test(`a job may finish after ${way.name}`, { skip: skipOf(way) }, async () => {
    const { ms, job, starts, output } = await stopDuringJob(way, { jobMs: JOB_MS })
    assert.deepEqual([job.status, job.epoch], ['completed', 1], output)
    assert.ok(ms >= JOB_MS, `it took ${ms} ms`)
    // Nobody reads what is printed to a terminal that is closed.
    if (!way.name.includes('closed')) assert.equal(starts, 1, output)
  })
}

const [term, ctrlC] = WAYS as [Way, Way]

for (const [title, way, options] of [
  ['the time given', term, {}],
  ['half a second after a signal that came twice', ctrlC, { againMs: 300 }],
] as const) {
  test(`a job that needs longer goes back to the queue after ${title}`, { skip: skipOf(way) }, async () => {
    const settings: StopOptions = { env: { DOCSPOOL_DRAIN_S: '3' }, ...options }
    const { ms, job, output } = await stopDuringJob(way, settings)
    assert.deepEqual([job.status, job.epoch, job.attempt], ['queued', 1, 0], output)
    assert.ok(ms >= 3_000 && ms < 3_000 + MAX_OTHERS_MS, `it took ${ms} ms`)
  })
}

test('up asks each of its programs once', { skip: missingTool('strace') }, async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-kills-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const trace = path.join(folder, 'trace')
  const flags = ['--seccomp-bpf', '--follow-forks', '--trace=kill', '--signal=none', '--output', trace]
  const way: Way = {
    ...term,
    command: (up) => ['strace', ...flags, ...up],
    stop: (_, [, first = 0]) => process.kill(first, 'SIGTERM'),
  }
  const { job } = await stopDuringJob(way, { jobMs: JOB_MS })
  assert.deepEqual([job.status, job.epoch], ['completed', 1])
  const kills = (await readFile(trace, 'utf8')).match(/kill\((\d+), SIGTERM\)/g) ?? []
  assert.equal(kills.length, 2, kills.join())
  assert.equal(new Set(kills).size, 2)
})

test('a second Ctrl-C ends it now, and the job goes back to the queue', { skip: skipOf(ctrlC) }, async () => {
  const { ms, job, output } = await stopDuringJob(ctrlC, { againMs: 1_500 })
  assert.equal(job.status, 'queued', output)
  assert.ok(ms < 15_000, `it took ${ms} ms`)
  assert.match(output, /Running jobs have 20 s to finish.*Ctrl-C again to stop at once\./)
})
