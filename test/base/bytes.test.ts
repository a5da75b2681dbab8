import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ByteReader, ByteWriter } from '#base/bytes.ts'

test('numbers of any size and sign are read as they were written', () => {
  const numbers = [0, 1, 127, 128, 16_383, 16_384, 2 ** 31 - 1, 2 ** 32 - 1, 2 ** 33]
  const signed = [0, -1, 1, 63, -64, 64, -65, 2 ** 31, -(2 ** 31)]
  const writer = new ByteWriter()
  for (const one of numbers) writer.number(one)
  for (const one of signed) writer.signed(one)
  const reader = new ByteReader(Buffer.from(writer.done()))
  assert.deepEqual(
    [...numbers.map(() => reader.number()), ...signed.map(() => reader.signed())],
    [...numbers, ...signed],
  )
  assert.ok(reader.isDone())
})

test('numbers of 32 bits are little-endian, and bytes longer than the first buffer are kept', () => {
  const writer = new ByteWriter()
  writer.uint32(0xfedcba98)
  writer.bytes(new Uint8Array(10_000).fill(7))
  assert.equal(writer.length, 10_004)
  assert.deepEqual([...writer.done().subarray(0, 6)], [0x98, 0xba, 0xdc, 0xfe, 7, 7])
  assert.equal(writer.done().at(-1), 7)
})
