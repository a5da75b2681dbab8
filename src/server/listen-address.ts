/** Addresses that a server listens on, and how to reach them. */

import { isIP } from 'node:net'

/** The address at which this machine reaches the server; a loopback address if the server listens on all addresses. */
export const reachable = (host: string): string => (host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host)

/** The host in the form of URLs: with brackets around IPv6 addresses. */
export const inUrl = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host)

/** True if only this machine can reach the address. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){1,3}$/.test(host)
