import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IndexedJob, IndexWriter } from '#cross-search/contract.ts'
import { createUpdate, type DocumentedJob } from '#cross-search/update.ts'

const PRIVATE = `a--one~p${'0'.repeat(32)}`

function setUp(pageSize = 2) {
  const jobs: DocumentedJob[] = []
  const state = { generation: 'first', isComplete: false, broken: new Set<string>(), puts: 0 }
  const held = new Map<string, IndexedJob>()
  const index: IndexWriter = {
    generation: async () => state.generation,
    list: async () => [...held.values()],
    async put(job) {
      state.puts += 1
      if (state.broken.has(job.key)) throw new Error('broken')
      held.set(job.repoUrl, job)
      return true
    },
    async remove(repoUrl) {
      held.delete(repoUrl)
    },
    async complete() {
      state.isComplete = true
    },
  }
  const failures: string[] = []
  const step = createUpdate({
    index,
    jobs: {
      async page(after) {
        const from = after === null ? 0 : Number(after)
        const next = from + pageSize < jobs.length ? String(from + pageSize) : null
        return { jobs: jobs.slice(from, from + pageSize), next }
      },
      ofRepository: async (repoUrl) => jobs.filter((job) => job.repoUrl === repoUrl),
      read: async (jobId) => jobs.find((job) => job.jobId === jobId),
    },
    onFailure: (repoUrl) => failures.push(repoUrl),
  })
  const add = (jobId: string, repoUrl: string, key: string | null, isSpecial = false, since = 0) =>
    jobs.push({ jobId, repoUrl, key, isSpecial, since })
  const shown = () => [...held.values()].map(({ jobId, key }) => `${jobId} ${key}`).sort()
  const settle = async () => {
    for (let times = 0; times < 8; times++) await step()
  }
  return { jobs, state, held, failures, add, shown, settle, step }
}

test('each repository is taken in once, by the job of its default branch, then the index is complete', async () => {
  const { state, add, shown, settle } = setUp()
  add('a--one@2.0', 'a/one', 'k2', true)
  add('a--one', 'a/one', 'k1')
  add('b--two@v1', 'b/two', 'k4', true)
  add('b--two@v0', 'b/two', 'k3', true)
  add('c--new', 'c/new', null)
  await settle()
  assert.deepEqual(shown(), ['a--one k1', 'b--two@v1 k4'])
  assert.equal(state.isComplete, true)
  const before = state.puts
  await settle()
  assert.equal(state.puts, before)
})

test('private jobs are never taken in', async () => {
  const { add, shown, settle } = setUp()
  add(PRIVATE, 'a/one', 'k1')
  add('b--two~n', 'b/two', 'k2')
  await settle()
  assert.deepEqual(shown(), [])
})

test('a new set replaces the one before; what was removed or made private goes', async () => {
  const { jobs, add, shown, settle } = setUp()
  for (const name of ['one', 'two', 'three', 'four', 'five']) add(`a--${name}`, `a/${name}`, `of ${name}`)
  await settle()
  Object.assign(jobs[4] ?? {}, { key: 'newer' })
  jobs.splice(1, 1)
  Object.assign(jobs[1] ?? {}, { jobId: `a--three~p${'1'.repeat(32)}` })
  await settle()
  assert.deepEqual(shown(), ['a--five newer', 'a--four of four', 'a--one of one'])
})

test('a set that cannot be taken in is told once and does not hold up others', async () => {
  const { state, failures, add, shown, settle } = setUp()
  state.broken.add('bad')
  add('a--bad', 'a/bad', 'bad')
  add('a--good', 'a/good', 'good')
  await settle()
  assert.deepEqual([shown(), failures], [['a--good good'], ['a/bad']])
})

test('an index that was made anew is filled again', async () => {
  const { state, held, add, shown, settle } = setUp()
  for (const name of ['one', 'two', 'three']) add(`a--${name}`, `a/${name}`, name)
  await settle()
  held.clear()
  Object.assign(state, { generation: 'second', isComplete: false })
  await settle()
  assert.deepEqual(shown(), ['a--one one', 'a--three three', 'a--two two'])
  assert.equal(state.isComplete, true)
})

test('a repository is as old as the first of its jobs with documents', async () => {
  const { held, add, settle } = setUp()
  add('a--one', 'a/one', 'k1', false, 30)
  add('a--one@1.0', 'a/one', 'k0', true, 10)
  await settle()
  assert.deepEqual([...held.values()], [{ repoUrl: 'a/one', jobId: 'a--one', key: 'k1', since: 10 }])
})
