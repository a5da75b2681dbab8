import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Aborted } from '#base/errors.ts'
import { OutOfTime } from '#base/interruptible.ts'
import { type IncidentOptions, Incidents } from '#generate/incidents.ts'

function setUp(options: IncidentOptions = {}) {
  const [logged, troubles]: [string[], { error: unknown; file: string }[]] = [[], []]
  const incidents = new Incidents({
    areFatal: false,
    fileMs: 100,
    log: (text) => logged.push(text),
    trouble: (error, { file }) => troubles.push({ error, file }),
    ...options,
  })
  return { incidents, logged, troubles }
}

const about = { stage: 'analyse', fileOf: (path: string) => path }

test('an error costs its file alone; it is named, shown, and logged once with its stack', () => {
  const { incidents, logged, troubles } = setUp()
  const done: string[] = []
  const work = (path: string): void => {
    if (path === 'b.ts') throw new TypeError('x is not a function')
    done.push(path)
  }
  for (let time = 0; time < 2; time++) incidents.each(['a.ts', 'b.ts', 'c.ts'], about, work)
  assert.deepEqual(done, ['a.ts', 'c.ts', 'a.ts', 'c.ts'])
  assert.deepEqual(incidents.list, [
    { stage: 'analyse', file: 'b.ts', reason: 'error', message: 'TypeError: x is not a function' },
  ])
  assert.deepEqual([logged.length, troubles.length, incidents.count, [...incidents.files]], [1, 1, 1, ['b.ts']])
  assert.match(logged[0] ?? '', /^b\.ts \(analyse\): .*x is not a function/)
  assert.match(String((troubles[0]?.error as Error | undefined)?.stack), /incidents\.test\.ts/)
})

test('where errors are fatal one of our own is thrown, but no lack of stack and no lateness', () => {
  const { incidents } = setUp({ areFatal: true })
  const deep = (): number => 1 + deep()
  incidents.each(['deep.ts'], about, deep)
  incidents.each(['late.ts'], about, () => {
    for (;;);
  })
  assert.deepEqual(
    incidents.list.map(({ file, reason }) => [file, reason]),
    [
      ['deep.ts', 'nesting'],
      ['late.ts', 'deadline'],
    ],
  )
  assert.equal(incidents.lateCount, 1)
  assert.throws(() => incidents.add('analyse', 'a.ts', new TypeError('ours')), /ours/)
  assert.equal(incidents.files.has('a.ts'), true)
})

test('errors are fatal by default where tests run', () => {
  assert.throws(() => new Incidents().add('analyse', 'a.ts', new TypeError('ours')), /ours/)
})

test('an abort is nobody’s incident', () => {
  const { incidents } = setUp()
  assert.throws(
    () =>
      incidents.attempt('analyse', 'a.ts', () => {
        throw new Aborted('x')
      }),
    Aborted,
  )
  assert.equal(incidents.count, 0)
})

test('messages are one short line without paths of the machine and without controls', () => {
  const { incidents, logged } = setUp()
  const message = `open '/home/me/spool/x.ts'\nfile:///srv/a.ts:3 \u202e${'y'.repeat(1_000)}`
  incidents.add('pages', 'a/b.ts', new Error(message))
  const [incident] = incidents.list
  assert.doesNotMatch(incident?.message ?? '', /home|srv|\n|\u202e/)
  assert.ok((incident?.message.length ?? 0) <= 200)
  assert.doesNotMatch(logged.join(), /home|srv/)
})

test('what is listed and logged has a bound, what is counted has none', () => {
  const { incidents, logged, troubles } = setUp()
  for (let index = 0; index < 1_000; index++) incidents.add('analyse', `${index}.ts`, new Error('x'))
  assert.deepEqual([incidents.list.length, logged.length, troubles.length, incidents.count], [100, 20, 20, 1_000])
  assert.equal(incidents.files.size, 1_000)
})

test('a late file is named beside others', () => {
  const { incidents } = setUp()
  incidents.add('analyse', 'b.ts', new OutOfTime(5_000))
  incidents.add('analyse', 'a.ts', new OutOfTime(5_000))
  assert.deepEqual(
    incidents.list.map(({ file, message }) => [file, message]),
    [
      ['a.ts', 'OutOfTime: It took longer than 5 s.'],
      ['b.ts', 'OutOfTime: It took longer than 5 s.'],
    ],
  )
})
