/** The caller of a request, for limits and for tasks that wait. */

export interface Caller {
  /** Aborted when the client disconnects. */
  signal: AbortSignal
  /** `undefined` for callers without an individual limit. */
  client: string | undefined
}
