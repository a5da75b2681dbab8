/** Checks over HTTP that a server responds. */

const TIMEOUT_MS = 10_000

/** True for any HTTP status: the check detects servers that hang. @param url - Without a trailing slash. */
export const respondsToHealthCheck = (url: string): Promise<boolean> =>
  fetch(`${url}/healthz`, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'manual' }).then(
    async (response) => {
      await response.body?.cancel()
      return true
    },
    () => false,
  )
