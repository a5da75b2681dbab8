import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkMemory, TooLittleMemory } from '#generate/memory-needed.ts'
import { file, sample } from './pages/sample.ts'

const MB = 1_048_576

/** What is said of two million characters of code beside a picture. */
function saidWith(limitBytes: number | undefined): string[] {
  const files = [file('a.ts', 'const a = 1\n'.repeat(166_667)), file('b.png', null)]
  const said: string[] = []
  checkMemory(sample(files).inventory, limitBytes, (text) => said.push(text))
  return said
}

test('a job that may have enough memory hears nothing of it, and one without a limit neither', () => {
  assert.deepEqual([saidWith(300 * MB), saidWith(undefined)], [[], []])
})

test('a job that probably has too little is told so', () => {
  assert.deepEqual(saidWith(250 * MB), ['166668 lines of code need about 264 MB of memory; a job may have 250 MB.'])
})

test('a job that has too little in any case fails before the work, with what would help', () => {
  assert.throws(
    () => saidWith(200 * MB),
    (error) =>
      error instanceof TooLittleMemory &&
      error.code === 'OUT_OF_MEMORY' &&
      error.message === '166668 lines of code need at least 207 MB of memory, and a job may have 200 MB.',
  )
})
