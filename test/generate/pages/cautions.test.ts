import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cautions, sendsElsewhere } from '#generate/pages/cautions.ts'

test('a warning may begin with what is true of the type nevertheless', () => {
  const doc = 'Loaded as a service.\n\nWhile this class is public, it should not be used directly. To begin, see Orbit.'
  assert.equal(sendsElsewhere(doc), true)
  assert.deepEqual(cautions(doc), ['While this class is public, it should not be used directly.'])
  assert.equal(sendsElsewhere('While this is open, plans should not change.'), false)
})

test('a warning may be labelled', () => {
  for (const doc of [
    'WARNING: This class is not thread-safe.',
    'Warning: This class is not thread-safe.',
    'Note: this is deprecated.',
    '> **Warning:** This class is not thread-safe.',
    '**Warning**: This class is not thread-safe.',
    '> [!WARNING]\n> This class is not thread-safe.',
  ])
    assert.equal(cautions(`Plans orbits.\n\n${doc}`).length, 1, doc)
  assert.deepEqual(cautions('> [!WARNING]\n> It is experimental.'), ['It is experimental.'])
  assert.deepEqual(cautions('Plans orbits.\n\nOrbit: this is deprecated.'), [])
})

test('the thread that calls something is not another user', () => {
  for (const [place, isSent] of [
    ['the main thread', false],
    ['a worker thread.', false],
    ['the loader', true],
  ] as const)
    assert.equal(sendsElsewhere(`Plans.\n\nThis function must only be called from ${place}.`), isSent, place)
})

test('what prefers another definition by its name sends users there', () => {
  assert.equal(sendsElsewhere('Counts proxies.\n\nPREFER [ClientIPFromXFF] with explicit prefixes.'), true)
  assert.equal(sendsElsewhere('Counts proxies.\n\nPrefer `true` for plans.'), false)
})

test('when it throws is told, as it may be all that sets it apart', () => {
  for (const [doc, told] of [
    ['Runs it. Exception will be thrown if the request does not succeed.', 1],
    ['Runs it. An error is raised when the plan is empty.', 1],
    ['Runs it. An exception says why.', 0],
  ] as const)
    assert.equal(cautions(doc).length, told, doc)
})
