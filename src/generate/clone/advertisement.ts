/**
 * Reads and writes a host's list of refs, the answer to `info/refs` (git protocol version 0). Pure.
 *
 * @see gitprotocol-pack(5), gitprotocol-http(5), gitprotocol-capabilities(5)
 */

import { hostMessage } from '#egress/explain-failure.ts'
import { NotARepository } from './errors.ts'

export interface Ref {
  /** `HEAD`, `refs/heads/main`, `refs/tags/v1`. */
  name: string
  /** Full id of its target: a commit, or the tag object of an annotated tag. */
  id: string
  /** The id of the object that an annotated tag points to, or `null`. */
  peeled: string | null
}

export interface Advertisement {
  /** The refs in the host's order; empty for a repository without commits. */
  refs: Ref[]
  /** Capabilities of the host: `shallow`, `allow-reachable-sha1-in-want`, `symref=HEAD:refs/heads/main`, … */
  capabilities: string[]
  /** The branch of HEAD, `refs/heads/main`; `null` when the host does not say. */
  head: string | null
}

const SERVICE = '# service=git-upload-pack'
const NO_REFS = 'capabilities^{}'

/**
 * Parse the body of a response.
 *
 * @param toShow - Filters the host's whole message before it is cut and shown.
 * @throws {NotARepository} It is not a list of refs.
 */
export function parseAdvertisement(body: Buffer, toShow = (text: string): string => text): Advertisement {
  const refs: Ref[] = []
  let capabilities: string[] | undefined
  let isService = false
  for (const line of readLines(body)) {
    if (line.startsWith('ERR ')) throw new NotARepository(`The host refused: ${hostMessage(toShow(line.slice(4)))}`)
    if (line === SERVICE) isService = true
    if (line === '' || line.startsWith('#') || line.startsWith('shallow ')) continue
    const nul = line.indexOf('\0')
    const text = nul === -1 ? line : line.slice(0, nul)
    capabilities ??=
      nul === -1
        ? []
        : line
            .slice(nul + 1)
            .split(' ')
            .filter((word) => word !== '')
    const id = text.slice(0, 40)
    const name = text.slice(41)
    if (!/^[0-9a-f]{40}$/.test(id) || text[40] !== ' ' || name === '') throw notGit('a line without a ref')
    if (name === NO_REFS) continue
    const last = refs.at(-1)
    if (last !== undefined && name === `${last.name}^{}`) last.peeled = id
    else refs.push({ name, id, peeled: null })
  }
  if (capabilities === undefined && !isService) throw notGit('nothing')
  const symref = capabilities?.find((word) => word.startsWith('symref=HEAD:'))
  return { refs, capabilities: capabilities ?? [], head: symref?.slice('symref=HEAD:'.length) ?? null }
}

/** Formats a list of exactly these refs. */
export function formatAdvertisement(refs: readonly Ref[], capabilities: readonly string[]): Buffer {
  const words = capabilities.filter((word) => !word.startsWith('symref=')).join(' ')
  const lines = refs.map(({ id, name }, index) => `${id} ${name}${index === 0 ? `\0${words}` : ''}\n`)
  return Buffer.from(`${packet(`${SERVICE}\n`)}0000${lines.map(packet).join('')}0000`)
}

/** A pkt-line. */
export const packet = (text: string): string => (Buffer.byteLength(text) + 4).toString(16).padStart(4, '0') + text

/**
 * Reads the lengths of the packets in a body that is still arriving, up to the first flush packet.
 *
 * @param start - The end of the packets that were read before.
 * @returns `end` is the start of the next packet, which may not have arrived; the list is complete when `isFlushed`.
 * @throws {NotARepository} The body does not consist of pkt-lines.
 */
export function readPackets(body: Buffer, start: number): { end: number; isFlushed: boolean } {
  let at = start
  while (at + 4 <= body.length) {
    const length = packetLength(body, at)
    if (length === 0) return { end: at + 4, isFlushed: true }
    if (length < 4) throw notGit('a broken line')
    at += length
  }
  return { end: at, isFlushed: false }
}

/** The length at the start of a pkt-line: four hex digits that count themselves; 0 for a flush packet, -1 for anything else. */
function packetLength(body: Buffer, at: number): number {
  const digits = body.toString('latin1', at, at + 4)
  return /^[0-9a-f]{4}$/i.test(digits) ? Number.parseInt(digits, 16) : -1
}

/** The payload of each pkt-line, without its line break; a flush packet is an empty string. */
function* readLines(body: Buffer): Generator<string> {
  let at = 0
  while (at < body.length) {
    const length = packetLength(body, at)
    if (length === 0) {
      at += 4
      yield ''
      continue
    }
    if (length < 4 || at + length > body.length) throw notGit('a broken line')
    yield body.toString('utf8', at + 4, at + length).replace(/\n$/, '')
    at += length
  }
}

function notGit(found: string): NotARepository {
  return new NotARepository(`Expected a list of git refs (SHA-1) from the host, found ${found}.`)
}
