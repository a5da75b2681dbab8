/** Who made a request, as limits and tasks see it. */

export interface Caller {
  /** Aborted when the client disconnects. */
  signal: AbortSignal
  /** `undefined` for callers without a limit of their own. */
  client: string | undefined
}
