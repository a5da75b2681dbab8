import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judge } from '../../../bench/traces/judge.ts'
import type { Recording } from '../../../bench/traces/recording.ts'
import { component, file } from '../../generate/pages/sample.ts'

const code = file(
  'app.py',
  'class App:\n  def __init__(self):\n    pass\n  def run(self):\n    pass\n\ndef help():\n  pass\n',
)
const parts = [
  component(code, 'App', { kind: 'class', startLine: 1, endLine: 5 }),
  component(code, 'App.__init__', { kind: 'method', startLine: 2, endLine: 3 }),
  component(code, 'App.run', { kind: 'method', startLine: 4, endLine: 5 }),
  component(code, 'help', { startLine: 7, endLine: 8 }),
  component(code, 'Empty', { kind: 'class', startLine: 9, endLine: 9 }),
]
/** `run` calls `help` by a lambda and makes an `App`; a function made in `help` calls `run`. */
const recording: Recording = {
  tests: 3,
  functions: [
    ['app.py', 2, 'App.__init__'],
    ['app.py', 4, 'App.run'],
    ['app.py', 5, 'App.run.<locals>.<lambda>'],
    ['app.py', 7, 'help'],
    ['app.py', 8, 'help.<locals>.inner'],
    ['tests/test_app.py', 1, 'test_run'],
  ],
  calls: [
    [2, 3],
    [1, 0],
    [4, 1],
  ],
  passes: [3, 2, 2, 1, 1, 3],
}
const id = (name: string): string => `app.py#${name}`
const verdict = judge(
  parts,
  (path) => !path.startsWith('tests/'),
  [
    { from: id('App.run'), to: id('help') },
    { from: id('App.run'), to: id('App') },
    { from: id('help'), to: id('App.run') },
    { from: id('help'), to: id('Empty') },
  ],
  recording,
)

test('an arrow is seen when its call ran, a lambda counts for what is around it, an inner function does not', () => {
  assert.deepEqual(
    verdict.seen.map(({ to }) => to),
    [id('help'), id('App')],
  )
  assert.deepEqual(verdict.unseen, [{ from: id('help'), to: id('App.run') }])
})

test('a class without a constructor cannot be seen, and the busiest are of the code alone', () => {
  assert.equal(verdict.arrows, 3)
  assert.deepEqual(verdict.busiest, [id('App'), id('App.run'), id('help')])
  assert.deepEqual(verdict.named, [id('App'), id('App.run'), id('help')])
})
