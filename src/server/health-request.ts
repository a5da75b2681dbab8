/** Asks a server over HTTP whether it still answers. */

const ANSWER_MS = 10_000

/** True when anything at all is answered: a server that refuses is no server that hangs. @param url - Without a slash at the end. */
export const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/healthz`, { signal: AbortSignal.timeout(ANSWER_MS), redirect: 'manual' }).then(
    async (response) => {
      await response.body?.cancel()
      return true
    },
    () => false,
  )
