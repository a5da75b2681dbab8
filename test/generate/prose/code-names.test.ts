import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hasWord } from '#generate/prose/code-names.ts'

test('a word is found on its own, wherever it is', () => {
  const isPart = (character: string): boolean => /[\p{L}\p{N}_$]/u.test(character)
  const isThere = (text: string, word: string): boolean =>
    Array.from(text, (_, at) => at).some(
      (at) =>
        text.startsWith(word, at) &&
        !(isPart(word.charAt(0)) && isPart(text.charAt(at - 1))) &&
        !(isPart(word.slice(-1)) && isPart(text.charAt(at + word.length))),
    )
  const letters = fc.constantFrom('a', 'b', 'A', '0', '_', '$', 'é', '界', '.', ' ', '-')
  const textOf = (minLength: number, maxLength: number) => fc.string({ unit: letters, minLength, maxLength })
  fc.assert(
    fc.property(textOf(0, 30), textOf(1, 4), (text, word) => assert.equal(hasWord(text, word), isThere(text, word))),
    { numRuns: 2_000 },
  )
})

test('a longer word is skipped as a whole', () => {
  class Counted extends String {
    searches = 0
    override indexOf(word: string, from?: number): number {
      this.searches += 1
      return super.indexOf(word, from)
    }
  }
  const text = new Counted(`${'a'.repeat(10_000)} ${'a'.repeat(10_000)}`)
  assert.equal(hasWord(text as unknown as string, 'aa'), false)
  assert.ok(text.searches <= 3, `${text.searches}`)
})
