import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readToml } from '#generate/formats/read-toml.ts'

test('dates and times are scalars with their text', () => {
  const dates = ['1979-05-27', '07:32:00', '1979-05-27T07:32:00Z']
  const read = readToml(`days = [${dates.join(', ')}]\nfirst = 1979-05-27\n`)
  const days = read?.entries?.get('days')?.value.items ?? []
  for (const [index, { text = '', entries, isString }] of days.entries()) {
    assert.ok(text.startsWith((dates[index] ?? '').replace('Z', '')), text)
    assert.deepEqual([entries, isString], [undefined, undefined])
  }
  assert.equal(days.length, 3)
  const first = read?.entries?.get('first')?.value
  assert.deepEqual([first?.text, first?.startLine], ['1979-05-27', 2])
})
