/**
 * Lets waiting callers continue one by one, each in its own turn of the event loop, so that their synchronous work does not add
 * up to one long block.
 *
 * @param nextTurn - Calls its argument in the next turn; a timer by default.
 */
export function createOnePerTurn(nextTurn: (next: () => void) => void = setTimeout): () => Promise<void> {
  let waiting: Array<() => void> = []
  let done = 0

  function next(): void {
    const first = waiting[done]
    done += 1
    // Drop callers that have continued, even if there are always others waiting.
    if (done * 2 >= waiting.length) [waiting, done] = [waiting.slice(done), 0]
    if (waiting.length > 0) nextTurn(next)
    first?.()
  }

  return () =>
    new Promise((begin) => {
      if (waiting.length === 0) nextTurn(next)
      waiting.push(begin)
    })
}
