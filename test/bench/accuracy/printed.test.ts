/** The lines that the programs of compilers print, as a verdict. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verdictOf } from '#bench/accuracy/printed.ts'

const verdict = (...lines: string[]): ReturnType<typeof verdictOf> =>
  verdictOf(
    lines.map((line) => line.replaceAll(' | ', '\t')),
    '/root',
    'judge',
  )

test('paths lose the folder, and every sort of line is understood', () => {
  const { files, definitions, fileEdges, symbolEdges, overrides } = verdict(
    'judged | /root/a',
    'judged | /root/b',
    'define | /root/a | 3 | K.m',
    'import | /root/a | /root/b | required',
    'use | /root/a | K.m | /root/b | g | 7 | required | calls',
    'override | /root/a | K.m | /root/b | L.m | allowed',
    'unknown | /root/a | K.m | x',
  )
  assert.deepEqual([...files], ['a', 'b'])
  assert.deepEqual(definitions, [{ file: 'a', line: 3, name: 'K.m' }])
  assert.deepEqual(fileEdges?.required, [{ from: 'a', to: 'b' }])
  assert.deepEqual(symbolEdges?.required, [{ from: { file: 'a', name: 'K.m' }, to: { file: 'b', name: 'g', line: 7 } }])
  assert.deepEqual(symbolEdges?.unknown, [{ from: { file: 'a', name: 'K.m' }, name: 'x' }])
  assert.deepEqual(overrides?.allowed, [{ from: { file: 'a', name: 'K.m' }, to: { file: 'b', name: 'L.m' } }])
})

test('a file that failed is not judged, one with errors for recall only', () => {
  const { files, symbolEdges, note } = verdict(
    'judged | /root/a',
    'judged | /root/b',
    'judged | /root/c',
    'failed | /root/a | why',
    'error | /root/b | why',
  )
  assert.deepEqual([...files], ['b', 'c'])
  assert.deepEqual([...(symbolEdges?.judged ?? [])], ['c'])
  assert.equal(note, 'judge; 2 files judged, 1 of them with errors, for recall only')
})

test('without a line of overrides none are compared', () => {
  assert.equal(verdict('judged | /root/a').overrides, undefined)
})
