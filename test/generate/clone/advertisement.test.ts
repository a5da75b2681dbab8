import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { AppError } from '#base/errors.ts'
import { formatAdvertisement, parseAdvertisement } from '#generate/clone/advertisement.ts'
import { withCode } from './attempt.ts'

const id = (digit: string): string => digit.repeat(40)
const packet = (text: string): string => (Buffer.byteLength(text) + 4).toString(16).padStart(4, '0') + text
const body = (...lines: string[]): Buffer =>
  Buffer.from(`${packet('# service=git-upload-pack\n')}0000${lines.map(packet).join('')}0000`)

test('refs, what tags are of, capabilities and the branch of HEAD are read', () => {
  const list = parseAdvertisement(
    body(
      `${id('a')} HEAD\0multi_ack symref=HEAD:refs/heads/main shallow\n`,
      `${id('a')} refs/heads/main\n`,
      `${id('b')} refs/tags/v1\n`,
      `${id('c')} refs/tags/v1^{}\n`,
      `shallow ${id('d')}\n`,
    ),
  )
  assert.deepEqual(list.refs, [
    { name: 'HEAD', id: id('a'), peeled: null },
    { name: 'refs/heads/main', id: id('a'), peeled: null },
    { name: 'refs/tags/v1', id: id('b'), peeled: id('c') },
  ])
  assert.equal(list.head, 'refs/heads/main')
  assert.ok(list.capabilities.includes('shallow'))
})

test('a repository without commits has no refs, as old and new hosts say it', () => {
  assert.deepEqual(parseAdvertisement(body(`${id('0')} capabilities^{}\0shallow\n`)).refs, [])
  assert.deepEqual(parseAdvertisement(body()).refs, [])
})

test('what is written is read again', () => {
  const refs = [
    { name: 'refs/docspool/0', id: id('1'), peeled: null },
    { name: 'refs/docspool/1', id: id('2'), peeled: null },
  ]
  const written = parseAdvertisement(formatAdvertisement(refs, ['shallow', 'symref=HEAD:refs/heads/main']))
  assert.deepEqual(written, { refs, capabilities: ['shallow'], head: null })
})

test('the words of a host that refuses are shown without control characters', () => {
  assert.throws(
    () => parseAdvertisement(body('ERR access\u001b[31m denied\r\n')),
    (error: Error) => withCode('NOT_A_REPOSITORY')(error) && /access \[31m denied$/.test(error.message),
  )
})

test('anything else is no repository', () => {
  for (const text of [
    '',
    '<html>',
    '0000',
    'zzzz',
    '0003',
    'ffff',
    packet(`${'a'.repeat(64)} HEAD\0object-format=sha256\n`),
    packet(`${id('a')}HEAD\n`),
    packet(`${id('a')} \n`),
  ]) {
    assert.throws(() => parseAdvertisement(Buffer.from(text)), withCode('NOT_A_REPOSITORY'), JSON.stringify(text))
  }
})

test('no bytes make it fail in another way', () => {
  const piece = fc.oneof(
    fc.constant(body(`${id('a')} HEAD\0x\n`)),
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
    fc.string({ maxLength: 40 }).map((text) => Buffer.from(packet(text))),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      try {
        const { refs } = parseAdvertisement(Buffer.concat(pieces))
        assert.ok(refs.every((ref) => /^[0-9a-f]{40}$/.test(ref.id) && ref.name !== ''))
      } catch (error) {
        assert.ok(error instanceof AppError)
      }
    }),
  )
})
