/** Puts a reply on the wire: whole, in pieces, broken off, or not at all. */

import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { completionOf, eventsOf, type Said } from './protocol.ts'
import { bodyOf, type Refusal } from './refusals.ts'

export interface Envelope {
  id: string
  model: string
  isStream: boolean
  breaksOff?: 'connection' | 'silence'
  /** Between the pieces of a stream. */
  pieceMs?: number
  /** Called with each piece when it is handed over. */
  onPiece?(piece: string): void
}

export function sendRefusal(response: ServerResponse, refusal: Refusal): void {
  response.writeHead(refusal.status, { 'content-type': 'application/json', ...refusal.headers })
  response.end(bodyOf(refusal))
}

export function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

/** Returns when the last byte was handed over or the client is gone; with `silence`, the response stays open. */
export async function sendAnswer(response: ServerResponse, said: Said, envelope: Envelope): Promise<void> {
  const { id, model, isStream, breaksOff, pieceMs = 0, onPiece = () => undefined } = envelope
  const pieces = isStream ? [...eventsOf(id, model, said)] : [completionOf(id, model, said)]
  response.writeHead(200, {
    ...(isStream
      ? { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' }
      : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(pieces.join('')) }),
  })
  for (const piece of breaksOff ? firstHalf(pieces) : pieces) {
    if (pieceMs > 0) await wait(pieceMs)
    if (response.destroyed) return
    onPiece(piece)
    // Of a client that left, `close` comes and `drain` does not.
    if (response.write(piece)) continue
    const settled = new AbortController()
    const { signal } = settled
    await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })])
    settled.abort()
  }
  if (breaksOff === 'connection')
    await new Promise<void>((resolve) => response.write('', () => resolve(void response.destroy())))
  else if (breaksOff === undefined) response.end()
}

function firstHalf(pieces: readonly string[]): string[] {
  const [first = ''] = pieces
  return pieces.length > 1 ? pieces.slice(0, Math.ceil(pieces.length / 2)) : [first.slice(0, first.length / 2)]
}
