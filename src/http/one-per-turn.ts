/**
 * Lets those who wait go on one by one, each in another turn of the event loop, so that their synchronous work does not add up
 * to one long block.
 *
 * @param nextTurn - Calls its argument in the next turn; a timer by default.
 */
export function createOnePerTurn(nextTurn: (next: () => void) => void = setTimeout): () => Promise<void> {
  const waiting: Array<() => void> = []
  let done = 0

  function next(): void {
    const first = waiting[done]
    done += 1
    if (done === waiting.length) [waiting.length, done] = [0, 0]
    else nextTurn(next)
    first?.()
  }

  return () =>
    new Promise((begin) => {
      if (waiting.length === 0) nextTurn(next)
      waiting.push(begin)
    })
}
