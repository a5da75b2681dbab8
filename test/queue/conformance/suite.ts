/**
 * What every storage of the queue must keep to, and the queue's own logic above it. A new storage passes all of this, or
 * the promises in `queue/backend.ts` are not what they say.
 */
import { describe } from 'node:test'
import { testDocuments } from './documents.ts'
import { testFollows } from './follows.ts'
import type { OpenBackend } from './harness.ts'
import { testIndexes } from './indexes.ts'
import { testModel } from './model.ts'
import { testMoves } from './moves.ts'
import { testQueueing } from './queueing.ts'
import { testRecords } from './records.ts'
import { testRepair } from './repair.ts'

/** @param lives - How many random lives of the queue to try. */
export function conformance(name: string, open: OpenBackend, { lives }: { lives: number }): void {
  describe(`${name}: records`, () => testRecords(open))
  describe(`${name}: the queue`, () => testQueueing(open))
  describe(`${name}: indexes, events and the frame`, () => testIndexes(open))
  describe(`${name}: documents of a repository`, () => testDocuments(open))
  describe(`${name}: followed repositories`, () => testFollows(open))
  describe(`${name}: moves`, () => testMoves(open))
  describe(`${name}: repair`, () => testRepair(open))
  describe(`${name}: random lives`, () => testModel(open, lives))
}
