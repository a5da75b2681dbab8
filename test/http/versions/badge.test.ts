import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ageText } from '#http/versions/badge.ts'

test('ages are given in days, then months, then years', () => {
  for (const [days, text] of [
    [0, 'today'],
    [1, 'yesterday'],
    [59, '59 days ago'],
    [60, '2 months ago'],
    [715, '23 months ago'],
    [716, '2 years ago'],
    [731, '2 years ago'],
    [1_096, '3 years ago'],
  ] as const)
    assert.equal(ageText(days), text)
})
