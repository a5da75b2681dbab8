/**
 * Texts that are told apart by all of their digest and not by its beginning, as a stranger can make them: found once by
 * trying some ten million.
 */
import { createHash } from 'node:crypto'

/** The text of a commit without files. */
const commitOf = (nonce: number): string =>
  [
    'tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904',
    'author A <a@example.org> 1700000000 +0000',
    'committer A <a@example.org> 1700000000 +0000',
    '',
    `${nonce}\n`,
  ].join('\n')

/** As git computes it. */
export const commitIdOf = (text: string): string =>
  createHash('sha1')
    .update(`commit ${Buffer.byteLength(text)}\0`)
    .update(text)
    .digest('hex')

/** Two commits whose ids begin with the same twelve digits. */
export const COMMITS: readonly [string, string] = [commitOf(16_846_713), commitOf(38_122_056)]

/** Two notes that had the same ten digits in the ids of version 0.6. */
export const NOTES: readonly [string, string] = ['Notes 611003', 'Notes 1235916']
