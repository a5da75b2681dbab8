import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failureOf, noteFailure } from '#generate/analyse/read-failure.ts'
import { Incidents } from '#generate/incidents.ts'

function recorded(error: unknown): string[] {
  const incidents = new Incidents()
  const found: string[] = []
  incidents.add = (_stage, _file, { name, message }: Error) => void found.push(name, message)
  noteFailure(incidents, 'a.py', failureOf(error))
  return found
}

test('the incident has the name and the whole message of the error', () => {
  assert.deepEqual(recorded(new RangeError('too deep')), ['RangeError', 'too deep'])
  assert.deepEqual(recorded(new Error('two\nlines')), ['Error', 'two\nlines'])
  const coded = new TypeError('bad thing')
  coded.stack = (coded.stack ?? '').replace('TypeError', 'TypeError [ERR_INVALID_ARG_TYPE]')
  assert.deepEqual(recorded(coded), ['TypeError', 'bad thing'])
})
