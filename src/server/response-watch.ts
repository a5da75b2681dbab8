/** Observes the connections of requests: how responses are sent, and how many are pipelined. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Sent } from '#http/request-log.ts'

/** Maximum number of pipelined requests on one connection. Browsers wait for each response. */
const MAX_PIPELINED = 64

/** Closes connections with too many pipelined requests, which would all be processed at once. */
export function createPipelineLimit() {
  const unanswered = new WeakMap<Socket, number>()
  return ({ socket }: IncomingMessage, response: ServerResponse): boolean => {
    const now = (unanswered.get(socket) ?? 0) + 1
    unanswered.set(socket, now)
    response.once('close', () => unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1))
    if (now > MAX_PIPELINED) socket.destroy()
    return !socket.destroyed
  }
}

/** Measures how responses are sent, by the bytes on their connections. Pipelined responses may be counted together. */
export function createResponseWatch() {
  const before = new WeakMap<ServerResponse, number>()
  return {
    begin(request: IncomingMessage, response: ServerResponse): void {
      before.set(response, request.socket.bytesWritten)
    },
    sent(bindings: unknown): Promise<Sent> {
      const { incoming, outgoing } = bindings as { incoming: IncomingMessage; outgoing: ServerResponse }
      const { socket } = incoming
      return new Promise((resolve) => {
        const settle = (): void =>
          resolve({ bytes: socket.bytesWritten - (before.get(outgoing) ?? 0), isCut: !outgoing.writableFinished })
        if (outgoing.closed) settle()
        else outgoing.once('close', settle)
      })
    },
  }
}
