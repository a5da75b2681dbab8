import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { PackedText } from '#base/packed-text.ts'
import type { BasePart } from '#store/base-set.ts'
import { packBeside } from '#store/pack-beside.ts'

test('a page that is compressed and hashed already is neither compressed nor hashed again', async () => {
  const [before, after] = ['a', 'b'].map((letter) => letter.repeat(40)) as [string, string]
  const pageOf = (commit: string): string =>
    Array.from(
      { length: 200 },
      (_, line) => `<a href="https://git.invalid/blob/${commit}/x#L${line}">${line}</a>\n`,
    ).join('')
  const nearest: BasePart = {
    ...{ stored: { at: 0, length: 1_000 }, commit: before, depth: 0 },
    read: async () => Buffer.from(pageOf(before)),
  }
  const { gzip, bytes } = PackedText.of(pageOf(after))
  const page = new PackedText({ gzip, bytes, sha256: 'known' })
  const packed = await packBeside(page, { nearest, root: nearest }, after)
  assert.deepEqual([packed?.bytes, packed?.sha256, packed?.stored.delta?.sha256], [bytes, 'known', 'known'])
  const text = await packBeside(pageOf(after), { nearest, root: nearest }, after)
  const sha256 = createHash('sha256').update(pageOf(after)).digest('hex')
  assert.deepEqual({ ...text, sha256: 'known' }.delta, packed?.delta)
  assert.deepEqual([text?.bytes, text?.sha256], [bytes, sha256])
})
