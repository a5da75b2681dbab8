import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Evidence, type Findings, judge } from './judge.ts'
import type { Promised } from './ledger.ts'
import { createHistory, type History, type Revision } from './witness.ts'

const T1 = '2026-01-01T00:00:00.000Z'
const T2 = '2026-01-01T00:01:00.000Z'

type Step = [status: Revision['status'], epoch: number, submittedAt?: string, more?: Partial<Revision>]

function historyOf(...steps: (Step | undefined)[]): History {
  const history = createHistory('a')
  steps.forEach((step, index) => {
    if (step === undefined) return
    const [status, epoch, submittedAt = T1, more = {}] = step
    const submitted = status === 'removed' ? {} : { submitted_at: submittedAt }
    history.onDisk.add(index + 1)
    history.revisions.set(index + 1, { job_id: 'a', status, rev: index + 1, epoch, ...submitted, ...more })
  })
  return history
}

function findingsOf(history: History | undefined, more: Partial<Evidence> & { promised?: Promised[] } = {}): Findings {
  const { promised = [], ledger = { promised, submissions: [] }, starts = new Map() } = more
  return judge({ histories: new Map(history === undefined ? [] : [['a', history]]), ledger, starts })
}

/** The names of what was found. */
const namesOf = (findings: Findings): string[] =>
  Object.entries(findings).flatMap(([name, what]) => (what.length > 0 ? [name] : []))

const good = (): History =>
  historyOf(['queued', 0], ['processing', 1], ['queued', 1], ['processing', 2], ['completed', 2])
/** A claim that was asked for another run while it ran. */
const asked: Step = ['processing', 1, T1, { again: { submitted_at: T2 } }]
const submit = (rev: number): Promised => ({ jobId: 'a', what: 'submit', rev, askedAt: 0 })
const removal: Promised = { jobId: 'a', what: 'delete', rev: 0, askedAt: 100 }

describe('the judge of chaos finds nothing in', () => {
  const lives: [title: string, history: History][] = [
    ['a job that was taken over and completed', good()],
    ['a job that was cancelled while it waited', historyOf(['queued', 0], ['failed', 0])],
    ['a job that was queued anew', historyOf(['queued', 0], ['failed', 0], ['queued', 0, T2], ['failed', 0, T2])],
    [
      'a job that was removed and came back',
      historyOf(['queued', 0], ['failed', 0], ['removed', 0], ['queued', 0], ['failed', 0]),
    ],
  ]
  for (const [title, history] of lives) {
    it(title, () => assert.deepEqual(namesOf(findingsOf(history, { promised: [submit(1)] })), []))
  }

  it('an end that somebody is told of', () => {
    const end = { completed_at: T2 }
    const history = historyOf(['queued', 0], ['processing', 1], ['completed', 1, T1, end], ['completed', 1, T1, end])
    assert.deepEqual(namesOf(findingsOf(history)), [])
  })

  it('what another machine takes over, and gives up', () => {
    const history = historyOf(['queued', 0], ['processing', 1], ['queued', 1], ['processing', 2], ['failed', 2])
    history.writtenBy = new Map(['a', 'b', 'c', 'b', 'c'].map((by, at) => [at + 1, by]))
    assert.deepEqual(namesOf(findingsOf(history)), [])
  })

  it('revisions that were pruned', () => {
    const history = historyOf(
      ...Array.from({ length: 40 }, (_, index): Step | undefined => (index < 8 ? undefined : ['queued', 0])),
      ['failed', 0],
    )
    assert.deepEqual(namesOf(findingsOf(history)), [])
  })

  it('a removal after which somebody submitted', () => {
    const ledger = { promised: [removal], submissions: [{ jobId: 'a', endedAt: 101 }] }
    assert.deepEqual(namesOf(findingsOf(good(), { ledger })), [])
  })
})

describe('the judge of chaos finds', () => {
  const cases: [title: string, expected: (keyof Findings)[], findings: () => Findings][] = [
    ['a job without a record', ['lost'], () => findingsOf(undefined, { promised: [submit(1)] })],
    ['a record that went back', ['lost'], () => findingsOf(good(), { promised: [submit(6)] })],
    [
      'a record that was there and is gone',
      ['lost'],
      () => findingsOf({ ...good(), onDisk: new Set() }, { promised: [submit(1)] }),
    ],
    ['a job that waits', ['stuck'], () => findingsOf(historyOf(['queued', 0]))],
    ['a job that runs', ['stuck'], () => findingsOf(historyOf(['queued', 0], ['processing', 1]))],
    [
      'two ends of one submission',
      ['double', 'illegal'],
      () => findingsOf(historyOf(['queued', 0], ['processing', 1], ['completed', 1], ['failed', 1])),
    ],
    [
      'two ends with a claim in between',
      ['double', 'illegal'],
      () => findingsOf(historyOf(['queued', 0], ['failed', 0], ['queued', 0], ['failed', 0])),
    ],
    [
      'an epoch that was claimed twice',
      ['duplicate', 'illegal'],
      () => findingsOf(historyOf(['queued', 0], ['processing', 1], ['queued', 1], ['processing', 1], ['completed', 1])),
    ],
    ['two processes for one epoch', ['duplicate'], () => findingsOf({ ...good(), spawned: new Map([[1, [10, 11]]]) })],
    [
      'an epoch that two supervisors started',
      ['duplicate'],
      () => findingsOf(good(), { starts: new Map([['a 1', 2]]) }),
    ],
    [
      'an epoch that two workers claimed',
      ['duplicate', 'illegal'],
      () =>
        findingsOf(
          historyOf(['queued', 0], ['processing', 1], ['processing', 1, T1, { worker: 'b' }], ['completed', 1]),
        ),
    ],
    [
      'another run that was asked for and did not follow',
      ['illegal'],
      () => findingsOf(historyOf(['queued', 0], ['processing', 1], asked, ['completed', 1])),
    ],
    [
      'an end by another machine than the one that had the claim',
      ['stale'],
      () => {
        const history = good()
        history.writtenBy = new Map(['a', 'b', 'b', 'c', 'b'].map((by, at) => [at + 1, by]))
        return findingsOf(history)
      },
    ],
    [
      'two ends at different times',
      ['double', 'illegal'],
      () =>
        findingsOf(
          historyOf(
            ['queued', 0],
            ['processing', 1],
            ['completed', 1, T1, { completed_at: T1 }],
            ['completed', 1, T1, { completed_at: T2 }],
          ),
        ),
    ],
    ['an end without a claim', ['illegal'], () => findingsOf(historyOf(['queued', 0], ['completed', 0]))],
    [
      'an epoch that was left out',
      ['illegal'],
      () => findingsOf(historyOf(['queued', 0], ['processing', 2], ['failed', 2])),
    ],
    ['a missing revision', ['gaps'], () => findingsOf(historyOf(['queued', 0], undefined, ['completed', 1]))],
    ['a revision that changed', ['spoiled'], () => findingsOf({ ...good(), spoiled: ['r1 has changed'] })],
    ['a job that is there after its removal', ['undeleted'], () => findingsOf(good(), { promised: [removal] })],
  ]
  for (const [title, expected, findings] of cases) {
    it(title, () => assert.deepEqual(namesOf(findings()).sort(), expected.toSorted()))
  }
})
