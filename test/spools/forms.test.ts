/** What programs of a version agree on: whoever changes the form of a record meets this test before an operator meets the change. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { z } from 'zod'
import { RECORD_VERSION } from '#queue/job.ts'
import { parse, Stored } from '#queue/spool/record-file.ts'
import { RELEASED } from './released.ts'

/** Of each version, the digest of its form. */
const FORMS = new Map([
  // Programs of this version that do not know `again.force` do as if it were true, which costs time and nothing else; those that
  // do not know `waits_because` drop it, and do not say why a job waits; without `submission_key`, a repeated submission that was
  // never answered may run again; without `commit_on_ref`, it counts as not known; without `documented_at`, the last run counts as the one that made the documents;
  // without `previous_run`, those who wait for that run wait for the next one.
  [2, 'e4d8416fa4242318'],
])

/** The order of the fields of an object does not matter, nor does that of a list of their names. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.every((one) => typeof one === 'string') ? value.toSorted() : value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

test('the form of a record is the one of its version', () => {
  const schema = z.toJSONSchema(Stored, { io: 'input' })
  const form = JSON.stringify(schema, (name, value) => (name === 'description' ? undefined : sorted(value)))
  const digest = createHash('sha256').update(form).digest('hex').slice(0, 16)
  assert.equal(
    FORMS.get(RECORD_VERSION),
    digest,
    'Records have another form now. Raise RECORD_VERSION, unless every program of this version reads the new form rightly.',
  )
})

test('a spool of each release is kept', () => {
  assert.ok(RELEASED.length > 0)
})

test('records of all versions up to this one are read, and become records of this one', () => {
  const [at, text] = ['2026-01-01T00:00:00.000Z', '{"job_id":"acme--a","rev":4,"epoch":1,"status":"removed"}']
  for (let version = 1; version <= RECORD_VERSION; version++) {
    const stored = parse(JSON.stringify({ version, ...JSON.parse(text), at }))
    assert.equal(stored?.version, RECORD_VERSION)
  }
  for (const version of [0, -1, 1.5, '1', null, 2 ** 53, undefined]) {
    assert.equal(parse(JSON.stringify({ version, ...JSON.parse(text) })), undefined, String(version))
  }
  assert.throws(() => parse(JSON.stringify({ version: RECORD_VERSION + 1 })), { code: 'RECORD_TOO_NEW' })
})
