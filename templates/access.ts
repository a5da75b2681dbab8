/** What pages show where the service has a token. */

export interface PageAccess {
  /** The reader has logged in. */
  isIn: boolean
  /** Reading needs the token, too. */
  forReading: boolean
}

/** For a shell that has the token in its environment. */
export const COMMAND_TOKEN = '-H "Authorization: Bearer $DOCSPOOL_TOKEN"'

/** `curl`, with the token where it is needed. */
export function curlTo(does: 'read' | 'write', access: PageAccess | undefined): string {
  return access !== undefined && (does === 'write' || access.forReading) ? `curl ${COMMAND_TOKEN}` : 'curl'
}
