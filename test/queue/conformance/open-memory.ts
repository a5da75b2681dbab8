/** The storage in memory, for the suite. */
import type { OpenBackend } from './harness.ts'
import { createMemoryBackend } from './memory-backend.ts'
import { createState } from './memory-state.ts'

export const openMemory: OpenBackend = async (_t, clock) => {
  const state = createState()
  const one = createMemoryBackend(state, clock)
  return {
    one,
    two: createMemoryBackend(state, clock),
    async employ() {
      const { worker } = await one.workers.register()
      return {
        worker,
        async kill() {
          const employed = state.workers.get(worker)
          if (employed !== undefined) employed.isAlive = false
        },
      }
    },
  }
}
