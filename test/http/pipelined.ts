/**
 * Many requests over one connection, each sent before the one before it is answered, their targets as they are: no client
 * library comes between that resolves dots or encodes a byte.
 */

import { connect } from 'node:net'

export interface Sent {
  method: string
  /** As it stands in the request line; latin1. */
  target: string
  body?: string
  headers?: Record<string, string>
}

/** Requests that are on their way at once. */
const WINDOW = 50

/**
 * Ask for all, one after the other on the wire.
 *
 * @param see - Told of each answer, in the order of the requests.
 */
export async function askAll(
  port: number,
  requests: readonly Sent[],
  see: (sent: Sent, status: number, text: string) => void,
): Promise<void> {
  for (let from = 0; from < requests.length; from += WINDOW) {
    await askSome(port, requests.slice(from, from + WINDOW), see)
  }
}

function askSome(port: number, requests: Sent[], see: Parameters<typeof askAll>[2]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let unread = ''
    let answered = 0
    socket.setEncoding('latin1')
    socket.on('error', reject)
    socket.on('data', (chunk: string) => {
      unread += chunk
      for (let next = take(unread); next !== undefined; next = take(unread)) {
        unread = unread.slice(next.length)
        see(requests[answered++] as Sent, next.status, next.text)
      }
      if (answered === requests.length) socket.end()
    })
    // A request that the parser refuses ends the connection: those behind it are asked for again.
    socket.on('close', () => {
      if (answered === requests.length) return resolve()
      if (answered === 0) return reject(new Error(`no answer to ${requests[0]?.method} ${requests[0]?.target}`))
      askSome(port, requests.slice(answered), see).then(resolve, reject)
    })
    socket.write(requests.map(lines).join(''), 'latin1')
  })
}

function lines({ method, target, body = '', headers = {} }: Sent): string {
  const all = {
    host: 'localhost',
    accept: 'application/json',
    ...headers,
    'content-length': String(Buffer.byteLength(body, 'latin1')),
  }
  const fields = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${target} HTTP/1.1\r\n${fields.join('')}\r\n${body}`
}

/** The first answer of a text, if it is all there. */
function take(text: string): { status: number; text: string; length: number } | undefined {
  const end = text.indexOf('\r\n\r\n')
  if (end === -1) return undefined
  const head = text.slice(0, end).toLowerCase()
  const status = Number(head.slice(9, 12))
  const start = end + 4
  if (/\r\ntransfer-encoding: chunked/.test(head)) {
    const last = text.indexOf('0\r\n\r\n', start)
    return last === -1 ? undefined : { status, text: text.slice(0, last), length: last + 5 }
  }
  const length = start + Number(/\r\ncontent-length: (\d+)/.exec(head)?.[1] ?? 0)
  return text.length < length ? undefined : { status, text: text.slice(0, length), length }
}
