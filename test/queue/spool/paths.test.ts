/** Paths stay below the spool whatever the id, and names can be taken apart again. */
import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { BadJobId } from '#queue/errors.ts'
import {
  entryName,
  isJobId,
  parseDelayedName,
  parseEntryName,
  parsePlaceName,
  parseRepoName,
  parseRevisionName,
  parseWorkName,
  placeName,
  revisionName,
} from '#queue/spool/file-names.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'

const paths = new SpoolPaths('/spool')
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 100 }),
  fc.constantFrom(
    '.',
    '..',
    '../../etc/passwd',
    'a/b',
    'a\\b',
    '.hidden',
    'a\0b',
    'a\nb',
    '',
    '\ud800',
    'é'.repeat(101),
  ),
  fc.stringMatching(/^[A-Za-z0-9~@._-]{1,60}$/),
)
const id = text.filter(isJobId)
const time = fc.integer({ min: 0, max: 9_999_999_999_999 })

test('no id leads out of the folder it belongs in', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 1e6 }), (jobId, epoch) => {
      const builders: [string, () => string][] = [
        [`/spool/jobs/`, () => paths.job(jobId)],
        ['/spool/work/', () => paths.workDir(jobId, epoch)],
        ['/spool/ready/', () => paths.readyEntry({ jobId, priority: 1, submittedMs: 1 })],
        ['/spool/ended/', () => paths.endedEntry('failed', { jobId, submittedMs: 1 })],
        ['/spool/repos/', () => paths.repoEntry('https://a/b', jobId)],
      ]
      for (const [below, build] of builders) {
        if (!isJobId(jobId)) {
          assert.throws(build, BadJobId)
          continue
        }
        const built = build()
        assert.equal(path.normalize(built), built)
        assert.ok(built.startsWith(below))
        assert.ok(Buffer.byteLength(path.basename(built)) <= 255)
        assert.ok(path.basename(built).endsWith(jobId) || path.basename(built) === `${jobId}.${epoch}`)
      }
    }),
  )
})

test('ids that are paths, hidden, empty, too long or unprintable are refused', () => {
  for (const bad of [
    '',
    '.',
    '..',
    '.a',
    'a/b',
    'a\\b',
    'a\0',
    'a\n',
    '\u202ea',
    '\ud800',
    'x'.repeat(201),
    'é'.repeat(101),
  ]) {
    assert.equal(isJobId(bad), false, JSON.stringify(bad))
  }
  for (const good of ['pallets--flask', 'gitlab.com--g--r@0123456789ab~a1b2c3', 'x'.repeat(200)])
    assert.ok(isJobId(good))
})

test('the names of entries, places, notes and work folders give back what they were made of', () => {
  fc.assert(
    fc.property(id, fc.integer({ min: 0, max: 9 }), time, time, (jobId, priority, submittedMs, notBefore) => {
      const entry = { jobId, priority, submittedMs }
      assert.deepEqual(parseEntryName(entryName(entry)), entry)
      assert.deepEqual(parseDelayedName(path.basename(paths.delayedEntry(entry, notBefore))), { entry, notBefore })
      assert.deepEqual(parsePlaceName(placeName(entry)), { jobId, submittedMs })
      assert.equal(parseRepoName(path.basename(paths.repoEntry('https://a/b', jobId))), jobId)
      assert.deepEqual(parseWorkName(path.basename(paths.workDir(jobId, 7))), { jobId, epoch: 7 })
    }),
  )
})

test('different jobs and epochs have different work folders', () => {
  fc.assert(
    fc.property(id, id, fc.nat(99), fc.nat(99), (a, b, x, y) => {
      if (a !== b || x !== y) assert.notEqual(paths.workDir(a, x), paths.workDir(b, y))
    }),
  )
})

test('entries sort by priority, then by time', () => {
  const names = [
    entryName({ jobId: 'c', priority: 5, submittedMs: 20 }),
    entryName({ jobId: 'b', priority: 5, submittedMs: 3 }),
  ]
  names.push(entryName({ jobId: 'a', priority: 0, submittedMs: 99 }))
  assert.deepEqual(
    names.sort().map((name) => parseEntryName(name)?.jobId),
    ['a', 'b', 'c'],
  )
})

test('only the one name of a revision is a revision', () => {
  assert.equal(parseRevisionName(revisionName(7)), 7)
  assert.equal(parseRevisionName(revisionName(1_234_567)), 1_234_567)
  for (const name of ['r7.json', 'r0000007.json', 'r000000.json', 'r000007.json.lock', 'job.json', 'R000007.json']) {
    assert.equal(parseRevisionName(name), undefined, name)
  }
})
