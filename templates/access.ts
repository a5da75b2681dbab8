/** Access control as pages show it, and commands with the token. */

export interface PageAccess {
  /** The reader has logged in. */
  isIn: boolean
  /** Reading needs the token, too. */
  forReading: boolean
}

/** For a shell with the token in its environment. */
export const COMMAND_TOKEN = '-H "Authorization: Bearer $DOCSPOOL_TOKEN"'

/** `curl`, with the token if it is required. */
export function curlTo(does: 'read' | 'write', access: PageAccess | undefined): string {
  return access !== undefined && (does === 'write' || access.forReading) ? `curl ${COMMAND_TOKEN}` : 'curl'
}
