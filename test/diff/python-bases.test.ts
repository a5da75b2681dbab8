import assert from 'node:assert/strict'
import { test } from 'node:test'
import { standardBasesOf } from '#diff/python-bases.ts'

test('classes of the standard library of Python have all their bases', () => {
  assert.deepEqual(standardBasesOf('BrokenPipeError'), [
    'ConnectionError',
    'OSError',
    'Exception',
    'EnvironmentError',
    'IOError',
    'BaseException',
  ])
  assert.deepEqual(standardBasesOf('IntFlag'), ['int', 'Flag', 'Enum'])
  assert.ok(standardBasesOf('OSError').includes('IOError'))
  assert.ok(standardBasesOf('IOError').includes('OSError'))
  assert.ok(standardBasesOf('StopIteration').includes('Exception'))
  assert.deepEqual(standardBasesOf('constructor'), [])
})
