/** Listens at a configured address, and closes a server. */

import type { Server as HttpServer } from 'node:http'
import { createServer, type Server } from 'node:net'
import type { Config } from '#base/config.ts'
import { AppError, isErrno } from '#base/errors.ts'

/** Thrown when the server cannot listen at the configured address. */
export class CannotListen extends AppError {
  readonly code: 'PORT_IN_USE' | 'PORT_NOT_ALLOWED' | 'ADDRESS_NOT_AVAILABLE'
  declare readonly hint: string

  constructor(code: CannotListen['code'], message: string, hint: string, cause: unknown) {
    super(message, { hint, cause })
    this.code = code
  }
}

/**
 * Listen at an address.
 *
 * @param prefix - The prefix of the settings with the address, for error messages.
 * @returns The port, also if the system chose it.
 * @throws {CannotListen}
 */
export function listen(
  server: Server,
  { host, port }: Pick<Config, 'host' | 'port'>,
  prefix = 'DOCSPOOL_',
): Promise<number> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error): void => reject(toListenError(error, host, port, prefix))
    server.once('error', onError)
    server.listen(port, host, () => {
      server.off('error', onError)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

/** Check that a server can listen at the configured address. @throws {CannotListen} */
export async function tryAddress(address: Pick<Config, 'host' | 'port'>): Promise<void> {
  const server = createServer()
  await listen(server, address)
  await new Promise((resolve) => server.close(resolve))
}

function toListenError(error: Error, host: string, port: number, prefix: string): Error {
  if (isErrno(error, 'EADDRINUSE')) {
    const hint = `Stop the other program, or set ${prefix}PORT to another port (0 picks a free one).`
    return new CannotListen('PORT_IN_USE', `Port ${port} of ${host} is in use.`, hint, error)
  }
  if (isErrno(error, 'EACCES')) {
    const hint = `Set ${prefix}PORT to a port above 1023.`
    return new CannotListen('PORT_NOT_ALLOWED', `Permission denied for port ${port}.`, hint, error)
  }
  if (isErrno(error, 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN')) {
    const hint = `Try again if the network is still starting, or set ${prefix}HOST to an address of this machine, such as 127.0.0.1 or 0.0.0.0.`
    const is = error.code === 'EADDRNOTAVAIL' ? 'is not an address of this machine now' : 'cannot be resolved now'
    return new CannotListen('ADDRESS_NOT_AVAILABLE', `${host} ${is}.`, hint, error)
  }
  return error
}

/** How often a closing server closes connections that have become idle. */
const IDLE_CHECK_MS = 50

/** Stop listening; resolves when the last connection has ended. */
export async function closeServer(server: HttpServer): Promise<void> {
  // A keep-alive connection becomes idle after its response and would keep the server open.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS)
  await new Promise((resolve) => server.close(resolve))
  clearInterval(idle)
}
