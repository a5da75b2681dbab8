/**
 * Counts the commits between two commits of a host without receiving them: requests a pack of only the commits, without trees
 * and files (`filter tree:0`), and reads only the pack's header, which contains the number of its objects.
 *
 * @see gitprotocol-pack(5), gitformat-pack(5)
 */

import { Readable } from 'node:stream'
import { packet } from './advertisement.ts'
import type { Upstream } from './upstream.ts'

/** Commits that `to` has and `from` does not have. */
export interface CommitRange {
  /** Full commit ids; `to` is the target of a branch. */
  from: string
  to: string
}

/** The header of a pack: `PACK`, the version and the number of objects. */
const HEADER_BYTES = 12
/** Limit on the bytes before the pack. */
const MAX_BYTES = 4_096

/**
 * @param capabilities - Of the host.
 * @returns `undefined` if the host cannot send commits alone, does not know `from`, or answers something else.
 * @throws {AppError} The errors of the upstream.
 */
export async function countCommits(
  upstream: Pick<Upstream, 'requestPack'>,
  capabilities: readonly string[],
  { from, to }: CommitRange,
): Promise<number | undefined> {
  if (!capabilities.includes('filter')) return undefined
  const lines = [packet(`want ${to} filter no-progress\n`), packet('filter tree:0\n'), '0000', packet(`have ${from}\n`)]
  const body = Buffer.from(`${lines.join('')}${packet('done\n')}`)
  const answer = await upstream.requestPack(Readable.from([body]), {
    'content-type': 'application/x-git-upload-pack-request',
    accept: 'application/x-git-upload-pack-result',
    'content-length': String(body.length),
  })
  let read = Buffer.alloc(0)
  for await (const chunk of answer) {
    read = Buffer.concat([read, chunk.subarray(0, MAX_BYTES)])
    const count = parseAnswer(read, from)
    if (count !== 'unfinished') return count
    if (read.length > MAX_BYTES) return undefined
  }
  return undefined
}

/** `ACK <from>` means that the host knows the commit; a pack after `NAK` would contain the whole history. */
function parseAnswer(answer: Buffer, from: string): number | undefined | 'unfinished' {
  const first = packet(`ACK ${from}\n`)
  const [start, header] = [answer.toString('latin1', 0, first.length), answer.subarray(first.length)]
  if (!first.startsWith(start)) return undefined
  if (header.length < HEADER_BYTES) return 'unfinished'
  return header.toString('latin1', 0, 4) === 'PACK' ? header.readUInt32BE(8) : undefined
}
